using NeuralEdge.Benchmarks;

namespace NeuralEdge.Generators.Speed;

/// <summary>Everything that shows the ratios of ratios.csv, so that they are written down once.</summary>
internal static class RatioDocuments
{
    private const string Folder = "tools/NeuralEdge.Benchmarks/";
    private const string Readme = Folder + "README.md";
    private const string Picture = ".github/images/benchmarks.svg";
    private const string Begin = "<!-- ratios.csv, written by tools/NeuralEdge.Generators -->\n";
    private const string End = "<!-- end -->\n";

    // The way of measuring that comes nearest to a board.
    private const int PictureWay = 1;
    private const string Remark = "Instructions of nanoFramework's interpreter, built for ARM, in an emulator. Not run on a board yet.";

    /// <summary>Makes the files anew.</summary>
    /// <param name="root">The working copy.</param>
    /// <returns>Path below the root, with forward slashes, and text of each.</returns>
    public static IEnumerable<(string Path, string Text)> Write(string root)
    {
        Ratios ratios = Ratios.Parse(Read(root, Folder + "ratios.csv"));
        string readme = Read(root, Readme);
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = readme.IndexOf(End, begin, StringComparison.Ordinal);
        yield return (Readme, readme[..begin] + RatioTable.Write(ratios) + readme[end..]);
        yield return (Picture, RatioPicture.Write(ratios, PictureWay, Contenders.Make(null)[0].Name, Remark));
    }

    private static string Read(string root, string path) => File.ReadAllText(Path.Combine(root, path)).ReplaceLineEndings("\n");
}
