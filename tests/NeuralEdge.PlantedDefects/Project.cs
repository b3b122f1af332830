using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace NeuralEdge.PlantedDefects;

/// <summary>A project of the working copy, compiled in memory as its build compiles it, with a defect or without.</summary>
internal sealed class Project
{
    private readonly CSharpCompilation _sound;
    private readonly Dictionary<string, SyntaxTree> _trees;

    private Project(string root, CSharpCommandLineArguments arguments)
    {
        _trees = arguments.SourceFiles.ToDictionary(
            file => Path.GetRelativePath(root, file.Path).Replace('\\', '/'),
            file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file.Path)), arguments.ParseOptions, file.Path));
        CSharpCompilation written = CSharpCompilation.Create(
            arguments.CompilationName,
            _trees.Values,
            arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties)),
            // A defect may leave code that is never reached.
            arguments.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Default));

        // Regular expressions have their code written by the compiler; no defect changes one.
        ISourceGenerator[] generators = [.. arguments.AnalyzerReferences.SelectMany(reference => new AnalyzerFileReference(reference.FilePath, new Loader()).GetGenerators(LanguageNames.CSharp))];
        CSharpGeneratorDriver.Create(generators, parseOptions: arguments.ParseOptions).RunGeneratorsAndUpdateCompilation(written, out Compilation whole, out _);
        _sound = (CSharpCompilation)whole;
    }

    /// <summary>The name of the assembly's file.</summary>
    public string FileName => _sound.AssemblyName + ".dll";

    /// <summary>Asks the build for what it would tell the compiler.</summary>
    public static Project Load(string root, string path)
    {
        using JsonDocument answer = JsonDocument.Parse(Command.Output(
            root, "dotnet", "build", path, "-t:Compile", "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:DesignTimeBuild=true",
            "-p:NonExistentFile=__none__", "-getItem:CscCommandLineArgs"));
        string[] arguments = [.. answer.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
        string folder = Path.GetDirectoryName(Path.Combine(root, path))!;
        return new Project(root, CSharpCommandLineParser.Default.Parse(arguments, folder, sdkDirectory: null));
    }

    /// <summary>A source, or null when the project does not compile it.</summary>
    public SyntaxTree? Find(string path) => _trees.GetValueOrDefault(path);

    /// <summary>Paths of the sources that people wrote.</summary>
    public IEnumerable<string> Sources => _trees.Keys.Where(path => !path.EndsWith(".g.cs", StringComparison.Ordinal) && !path.StartsWith('.'));

    /// <summary>Whether the compiler takes a defect; only its file is looked at.</summary>
    public bool Takes(Defect defect)
    {
        (CSharpCompilation planted, SyntaxTree tree) = Plant(defect);
        return planted.GetSemanticModel(tree).GetDiagnostics().All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
    }

    /// <summary>Compiles the project with a defect.</summary>
    /// <returns>The assembly, null when another file does not compile with it.</returns>
    public byte[]? With(Defect defect)
    {
        using MemoryStream image = new();
        return Plant(defect).Compilation.Emit(image).Success ? image.ToArray() : null;
    }

    private (CSharpCompilation Compilation, SyntaxTree Tree) Plant(Defect defect)
    {
        SyntaxTree sound = _trees[defect.Path];
        SyntaxTree planted = sound.WithChangedText(sound.GetText().WithChanges(new TextChange(defect.Span, defect.Replacement)));
        return (_sound.ReplaceSyntaxTree(sound, planted), planted);
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
            // They stand beside each other.
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
