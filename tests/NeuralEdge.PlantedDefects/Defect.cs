using Microsoft.CodeAnalysis.Text;

namespace NeuralEdge.PlantedDefects;

/// <summary>One defect that can be planted in a source file.</summary>
/// <param name="Path">The file below the working copy's root, with forward slashes.</param>
/// <param name="Member">The member it is in.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Original">The text that is replaced, on one line.</param>
/// <param name="Span">Where that text is.</param>
/// <param name="Replacement">What stands there instead.</param>
internal sealed record Defect(string Path, string Member, string Kind, string Original, TextSpan Span, string Replacement)
{
    /// <summary>Which one, when a member has several of the same kind and text; the first is 1.</summary>
    public int Which { get; init; } = 1;

    /// <summary>The folder that it is counted in.</summary>
    public string Folder => FolderOf(Path);

    /// <summary>What the list of argued defects knows it by: no line numbers, since they move.</summary>
    public string Key => $"{Path} | {Member} | {Kind} | {Original}{(Which > 1 ? $" #{Which}" : string.Empty)}";

    /// <summary>The folder that a source is counted in: that below the project, or the project's last name.</summary>
    public static string FolderOf(string path)
    {
        string[] parts = path.Split('/');
        return parts.Length > 3 ? parts[2] : parts[1].Split('.')[^1];
    }

    public override string ToString() => $"{Key} => {Replacement}";
}
