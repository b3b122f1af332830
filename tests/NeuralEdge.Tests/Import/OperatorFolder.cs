using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Import;

/// <summary>The operators of a format: a folder of files with a template, a list, and test models. A lack is named with its remedy.</summary>
/// <param name="format">What names of the format begin with: <c>Onnx</c>.</param>
/// <param name="listed">The classes of the list, in its order.</param>
internal sealed class OperatorFolder(string format, IEnumerable<object> listed)
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.Linq;";

    private readonly string _folder = $"tools/NeuralEdge.Learning/Import/{format}/Operators";
    private readonly string _list = $"{format}Operators.All in tools/NeuralEdge.Learning/Import/{format}/{format}Operators.cs";
    private readonly string[] _listed = [.. listed.Select(o => o.GetType().Name)];

    /// <summary>Fails unless each file is an operator of the list, in order.</summary>
    internal void AssertAllListed()
    {
        string[] files = [.. Directory.GetFiles(Repository.PathOf(_folder), "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];
        Violations.AssertNone("operators that nothing finds", Unlisted(files));
        CollectionAssert.AreEqual(files, _listed, $"each operator of {_list} is alone in a file of its name, and they are in order");
    }

    /// <summary>A sentence for each file whose operator is not in the list.</summary>
    internal IEnumerable<string> Unlisted(IEnumerable<string> files) =>
        files.Except(_listed).Select(f => $"{_folder}/{f}.cs is not in the list: add \"new {f}(),\" to {_list}.");

    /// <summary>A sentence for each operator that no test model has.</summary>
    /// <param name="operators">Names of operators.</param>
    /// <param name="met">Names of those in test models.</param>
    /// <param name="models">Where models are written.</param>
    internal static IEnumerable<string> Untested(IEnumerable<string> operators, IEnumerable<string> met, string models) =>
        operators.Except(met).Select(o => $"No test model has the operator {o}: add a small network with one to tests/NeuralEdge.Tests/Import/{models}.");

    /// <summary>Fails with what the compiler says of the template as it is.</summary>
    internal void AssertTemplateCompiles()
    {
        string template = $"{_folder}/Template.cs.txt";
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(assembly => !assembly.EndsWith("NeuralEdge.Tests.dll", StringComparison.Ordinal))
            .Select(assembly => MetadataReference.CreateFromFile(assembly));

        // The name of this assembly, because the tool's inside is open to it.
        CSharpCompilation compilation = CSharpCompilation.Create(
            "NeuralEdge.Tests",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf(template)))],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Violations.AssertNone("the compiler complains", compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => $"{template}: {d}"));
    }
}
