using Mono.Cecil;
using NeuralEdge.Tests.House;

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

    public static DeviceAssembly Inference() => new("NeuralEdge.Inference", "shared/NeuralEdge.Inference/NeuralEdge.Inference.nfproj");

    public static DeviceAssembly Core() => new("NeuralEdge.Core", "shared/NeuralEdge.Core/NeuralEdge.Core.nfproj");

    public static DeviceAssembly Firmware() => new("NeuralEdge.Firmware", "firmware/NeuralEdge.Firmware/NeuralEdge.Firmware.nfproj");

    public static DeviceAssembly Benchmarks() => new("NeuralEdge.DeviceBenchmarks", "tools/NeuralEdge.Benchmarks/Device/NeuralEdge.DeviceBenchmarks.nfproj");

    public static DeviceAssembly Tests() => new("NeuralEdge.DeviceTests", "tests/NeuralEdge.DeviceTests/NeuralEdge.DeviceTests.nfproj");
}
