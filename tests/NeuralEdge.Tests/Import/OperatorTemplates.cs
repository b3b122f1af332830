using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NeuralEdge.Tests.Import;

/// <summary>The templates that a new operator is copied from, compiled as they are.</summary>
internal static class OperatorTemplates
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.Linq;";

    /// <summary>Fails with what the compiler says of a template.</summary>
    /// <param name="path">The template, from the root of the repository.</param>
    internal static void AssertCompiles(string path)
    {
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(assembly => !assembly.EndsWith("NeuralEdge.Tests.dll", StringComparison.Ordinal))
            .Select(assembly => MetadataReference.CreateFromFile(assembly));

        // The name of this assembly, because the tool's inside is open to it.
        CSharpCompilation compilation = CSharpCompilation.Create(
            "NeuralEdge.Tests",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf(path)))],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Violations.AssertNone("the compiler complains", compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => $"{path}: {d}"));
    }
}
