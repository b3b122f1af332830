using System.Globalization;
using NeuralEdge.Conversion;

namespace NeuralEdge.Studio.Recording;

/// <summary>The folder of the user's sessions: each is a table, which every other program may read, too.</summary>
/// <param name="options">What the studio was started with.</param>
public sealed class SessionFolder(StudioOptions options)
{
    private const string Ending = ".csv";
    private const int LongestName = 80;

    /// <summary>Where it is.</summary>
    public string Folder => options.Folder;

    /// <summary>Names of the sessions, the newest first.</summary>
    public IReadOnlyList<string> Names() => !Directory.Exists(Folder) ? [] :
    [
        .. new DirectoryInfo(Folder).EnumerateFiles("*" + Ending)
            .Where(file => !file.Name.StartsWith('.'))
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .Select(file => Path.GetFileNameWithoutExtension(file.Name)),
    ];

    /// <summary>The file of a session.</summary>
    /// <param name="name">Its name: letters, digits, blanks and -_.() only, so that it is a file of this folder on every system.</param>
    /// <exception cref="InputRefusedException">It is no such name.</exception>
    public string PathOf(string name)
    {
        string trimmed = name.Trim();
        return trimmed.Length is > 0 and <= LongestName && !trimmed.StartsWith('.') && !trimmed.EndsWith('.') && trimmed.All(c => char.IsLetterOrDigit(c) || " -_.()".Contains(c, StringComparison.Ordinal))
            ? Path.Combine(Folder, trimmed + Ending)
            : throw new InputRefusedException($"\"{Conversion.Text.Harmless.Line(trimmed)}\" cannot be the name of a session: take up to {LongestName} letters, digits and blanks.");
    }

    /// <summary>A name that no session has yet.</summary>
    public string NewName()
    {
        string stem = DateTime.Now.ToString("'session' yyyy-MM-dd HH.mm", CultureInfo.InvariantCulture);
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? stem : $"{stem} ({n})").First(name => !File.Exists(PathOf(name)));
    }
}
