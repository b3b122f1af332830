using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Documents;

/// <summary>A C# example of a document.</summary>
/// <param name="Document">The document, below the repository's root.</param>
/// <param name="Line">The line it begins on.</param>
/// <param name="IsFragment">True for a piece that is no program by itself: ```csharp fragment.</param>
/// <param name="Text">The source.</param>
internal sealed partial record CSharpExample(string Document, int Line, bool IsFragment, string Text)
{
    private const string DesktopUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading.Tasks;";

    /// <summary>True for a program of the PC; any other is for a board, and has nothing but the device libraries.</summary>
    internal bool IsForDesktop => DesktopNamespace().IsMatch(Text);

    /// <summary>What lies beside the program when it runs: on the PC the device libraries have their CRC-32 from a package.</summary>
    internal IEnumerable<string> Libraries => IsForDesktop
        ? Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(file => DesktopLibrary().IsMatch(Path.GetFileName(file)))
        : [.. DeviceLibraries, Path.Combine(AppContext.BaseDirectory, "System.IO.Hashing.dll")];

    private static string[] DeviceLibraries => [typeof(Network).Assembly.Location, typeof(Model).Assembly.Location];

    /// <summary>Every example of every document of the repository.</summary>
    internal static IReadOnlyList<CSharpExample> FindAll()
    {
        List<CSharpExample> examples = [];
        foreach (string path in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories))
        {
            string document = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
            if (document.Split('/').Any(part => part is ".artifacts" or ".git" or "obj" or "bin" or "packages"))
            {
                continue;
            }

            string text = File.ReadAllText(path).ReplaceLineEndings("\n");
            foreach (Match match in Fence().Matches(text))
            {
                int line = 1 + text.AsSpan(0, match.Index).Count('\n');
                examples.Add(new CSharpExample(document, line, match.Groups["kind"].Value == " fragment", match.Groups["text"].Value));
            }
        }

        return [.. examples.OrderBy(example => example.Document, StringComparer.Ordinal).ThenBy(example => example.Line)];
    }

    /// <summary>What the parser has against it, in the language that it is for.</summary>
    internal IEnumerable<string> SyntaxErrors() => Complaints(Parse().GetDiagnostics());

    /// <summary>Compiles it.</summary>
    /// <param name="path">Where the program goes.</param>
    /// <returns>What the compiler has against it; empty when there is a program.</returns>
    internal IEnumerable<string> Compile(string path)
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> references = IsForDesktop
            ? Directory.EnumerateFiles(framework, "System*.dll").Where(file => !file.Contains(".Native.", StringComparison.Ordinal))
            : [typeof(object).Assembly.Location, Path.Combine(framework, "System.Runtime.dll")];
        IEnumerable<string> libraries = IsForDesktop ? Libraries : DeviceLibraries;
        SyntaxTree[] trees = IsForDesktop ? [CSharpSyntaxTree.ParseText(DesktopUsings), Parse()] : [Parse()];
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            trees,
            references.Concat(libraries).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: IsForDesktop ? NullableContextOptions.Enable : NullableContextOptions.Disable));
        using FileStream image = File.Create(path);
        return [.. Complaints(compilation.Emit(image).Diagnostics)];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Document} line {Line}";

    private SyntaxTree Parse() => CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(IsForDesktop ? LanguageVersion.Latest : LanguageVersion.CSharp9));

    private static IEnumerable<string> Complaints(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString());

    [GeneratedRegex(@"^```csharp(?<kind>[^\n]*)\n(?<text>.*?)^```[ ]*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\bNeuralEdge\.(Learning|Conversion|Host|Simulator)\b")]
    private static partial Regex DesktopNamespace();

    [GeneratedRegex(@"^(NeuralEdge(\.(Networks|Board|Turbo|Checker|Conversion|Learning|Host|Simulator|Esp32))?|CsvHelper|System\.IO\..*)\.dll$")]
    private static partial Regex DesktopLibrary();
}
