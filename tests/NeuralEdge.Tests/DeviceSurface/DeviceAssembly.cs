using Mono.Cecil;
using NeuralEdge.Tests.Architecture;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>A desktop build of device sources.</summary>
internal sealed class DeviceAssembly
{
    private DeviceAssembly(string name, string project)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        Module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, name + ".dll"), new ReaderParameters { AssemblyResolver = resolver });
        Project = new DeviceProject(project);
        Api = DeviceApi.Of(Project);
    }

    public DeviceProject Project { get; }

    public ModuleDefinition Module { get; }

    /// <summary>What the project's packages hold.</summary>
    public DeviceApi Api { get; }

    /// <summary>The device's own types; the rest stands in for libraries that the desktop has no package of.</summary>
    public IEnumerable<TypeDefinition> OwnTypes => Module.Types.Where(Origin.IsOwn);

    /// <summary>Types under the names of device libraries.</summary>
    public IEnumerable<TypeDefinition> StandIns => Module.Types.Where(type => type.Namespace.Length > 0 && !Origin.IsOwn(type) && !Origin.IsSimulation(type));

    public static DeviceAssembly Network() => new("NeuralEdge", "shared/NeuralEdge/NeuralEdge.nfproj");

    public static DeviceAssembly Board() => new("NeuralEdge.Board", "shared/NeuralEdge.Board/NeuralEdge.Board.nfproj");

    public static DeviceAssembly Turbo() => new("NeuralEdge.Turbo", "shared/NeuralEdge.Turbo/NeuralEdge.Turbo.nfproj");

    public static DeviceAssembly Firmware() => new("NeuralEdge.Firmware", "firmware/NeuralEdge.Firmware/NeuralEdge.Firmware.nfproj");

    public static DeviceAssembly Benchmarks() => new("NeuralEdge.DeviceBenchmarks", "tools/NeuralEdge.Benchmarks/Device/NeuralEdge.DeviceBenchmarks.nfproj");

    public static DeviceAssembly Tests() => new("NeuralEdge.DeviceTests", "tests/NeuralEdge.DeviceTests/NeuralEdge.DeviceTests.nfproj");
}
