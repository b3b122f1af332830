using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using NeuralEdge.Conversion.Export;
using NeuralEdge.Networks;
using NeuralEdge.Tests.DeviceSurface;

namespace NeuralEdge.Tests.Export;

/// <summary>Exported classes as an application has them: compiled as C# 9 against the public members of the core.</summary>
internal sealed class ExportedAssembly
{
    // Not the name of an assembly that sees internals.
    private const string Name = "Application";

    private static readonly MetadataReference[] References =
    [
        MetadataReference.CreateFromFile(typeof(object).Assembly.Location),
        MetadataReference.CreateFromFile(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll")),
        MetadataReference.CreateFromFile(typeof(Network).Assembly.Location),
    ];

    private readonly string[] _sources;
    private readonly byte[] _image;
    private readonly Lazy<Assembly> _loaded;

    /// <param name="sources">Exported files.</param>
    /// <param name="optimise">False for what a debugger likes.</param>
    /// <param name="checksOverflow">Whether the project asks for checks of all arithmetic.</param>
    /// <param name="nullable">Whether the project asks for nullable reference types.</param>
    internal ExportedAssembly(IEnumerable<string> sources, bool optimise = true, bool checksOverflow = false, bool nullable = false)
    {
        _sources = [.. sources];
        CSharpParseOptions language = new(LanguageVersion.CSharp9, DocumentationMode.Diagnose);
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: optimise ? OptimizationLevel.Release : OptimizationLevel.Debug,
            checkOverflow: checksOverflow,
            nullableContextOptions: nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable,
            warningLevel: 9999);
        CSharpCompilation compilation = CSharpCompilation.Create(Name, _sources.Select(source => CSharpSyntaxTree.ParseText(source, language)), References, options);
        using MemoryStream image = new();
        Violations.AssertNone("the compiler complains", compilation.Emit(image).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
        _image = image.ToArray();
        _loaded = new Lazy<Assembly>(() => new AssemblyLoadContext(Name, isCollectible: true).LoadFromStream(new MemoryStream(_image)));
    }

    /// <summary>What the compiler made.</summary>
    internal ModuleDefinition Module => ModuleDefinition.ReadModule(new MemoryStream(_image));

    /// <summary>What the compiler makes of the same for the device.</summary>
    internal ModuleDefinition DeviceModule => DeviceBuild.ModuleOf(_sources, "shared/NeuralEdge.Networks/NeuralEdge.Networks.nfproj");

    /// <summary>The inference of a class.</summary>
    internal Action<int[], int[]> Forward(string name) =>
        _loaded.Value.GetType($"{ClassName.DefaultNamespace}.{name}", throwOnError: true)!.GetMethod("Forward")!.CreateDelegate<Action<int[], int[]>>();
}
