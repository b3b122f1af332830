using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Mono.Cecil;
using NeuralEdge.Tests.Architecture;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>
/// A device project, compiled as Visual Studio compiles it: the files that the .nfproj lists, in C# 9, against the
/// CoreLibrary of the platform and the names of its other libraries.
/// </summary>
internal sealed class DeviceBuild
{
    private static readonly ConcurrentDictionary<(string Path, bool Optimised), Lazy<DeviceBuild>> Builds = [];

    private readonly byte[] _image;

    private DeviceBuild(string path, bool optimised)
    {
        Project = new DeviceProject(path);
        IEnumerable<SyntaxTree> sources = Project.SourcePaths.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Language(optimised), file));
        _image = Emit(Compile(Project.Property("AssemblyName"), sources, Project.ReferencedProjects, optimised));
    }

    public DeviceProject Project { get; }

    /// <summary>What the compiler made, read anew: tests run beside each other, and a reader is for one of them.</summary>
    public ModuleDefinition Module => Read(_image);

    /// <summary>All types, the nested and the compiler's own, too.</summary>
    public IEnumerable<TypeDefinition> Types => Module.GetTypes();

    /// <summary>The CoreLibrary, out of its package, and NeuralEdge.PlatformLibraries: what every device project is compiled against.</summary>
    private static MetadataReference[] Platform { get; } =
    [
        MetadataReference.CreateFromFile(Repository.OutputOf("NeuralEdge.PlatformLibraries", "mscorlib.dll")),
        MetadataReference.CreateFromFile(Repository.OutputOf("NeuralEdge.PlatformLibraries", "NeuralEdge.PlatformLibraries.dll")),
    ];

    /// <summary>Every device project as F5 in Visual Studio builds it, without optimisation, or as it is shipped.</summary>
    public static IReadOnlyList<DeviceBuild> All(bool optimised = false) => [.. DeviceProject.AllPaths.Select(path => Of(path, optimised))];

    /// <summary>One of them; built once, whoever asks.</summary>
    public static DeviceBuild Of(string path, bool optimised = false) =>
        Builds.GetOrAdd((path, optimised), key => new Lazy<DeviceBuild>(() => new DeviceBuild(key.Path, key.Optimised))).Value;

    /// <summary>What the compiler says to a source that is compiled for the device.</summary>
    public static IReadOnlyList<Diagnostic> Errors(string source)
    {
        // Some is missed only when the code is written.
        using MemoryStream image = new();
        return Errors(Planted([source], []).Emit(image));
    }

    /// <summary>Sources that are compiled for the device.</summary>
    /// <param name="sources">Their text.</param>
    /// <param name="projects">The device projects that they refer to.</param>
    public static ModuleDefinition ModuleOf(IEnumerable<string> sources, params string[] projects) => Read(Emit(Planted(sources, projects)));

    private static CSharpCompilation Planted(IEnumerable<string> sources, IEnumerable<string> projects) =>
        Compile("Planted", sources.Select(source => CSharpSyntaxTree.ParseText(source, Language(optimised: false))), projects, optimised: false);

    private static CSharpCompilation Compile(string name, IEnumerable<SyntaxTree> sources, IEnumerable<string> projects, bool optimised) =>
        CSharpCompilation.Create(
            name,
            sources,
            [.. Platform, .. projects.Select(project => MetadataReference.CreateFromImage(Of(project, optimised)._image))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimised ? OptimizationLevel.Release : OptimizationLevel.Debug));

    private static byte[] Emit(CSharpCompilation compilation)
    {
        using MemoryStream image = new();
        Violations.AssertNone(
            $"{compilation.AssemblyName} does not compile for the device (a name that it has is perhaps not in tools/NeuralEdge.PlatformLibraries yet)",
            Errors(compilation.Emit(image)).Select(error => error.ToString()));
        return image.ToArray();
    }

    private static Diagnostic[] Errors(EmitResult result) => [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    /// <summary>The language and the symbols that the platform's project system sets, in Debug and in Release.</summary>
    private static CSharpParseOptions Language(bool optimised) =>
        new(LanguageVersion.CSharp9, DocumentationMode.None, preprocessorSymbols: optimised ? ["NANOFRAMEWORK_1_0", "TRACE"] : ["NANOFRAMEWORK_1_0", "TRACE", "DEBUG"]);

    private static ModuleDefinition Read(byte[] image) => ModuleDefinition.ReadModule(new MemoryStream(image));
}
