namespace NeuralEdge.Conversion.Disk;

/// <summary>Which file a path leads to.</summary>
public static class FilePath
{
    /// <summary>As many links one behind the other as Linux follows.</summary>
    private const int MostLinks = 40;

    private static readonly StringComparison Comparison =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether two paths lead to one file, whatever links they go through.</summary>
    public static bool AreSame(string a, string b) => string.Equals(Resolve(a), Resolve(b), Comparison);

    /// <summary>Whether a path leads to a file somewhere in a folder.</summary>
    public static bool IsInside(string path, string folder) =>
        Resolve(path).StartsWith(Path.TrimEndingDirectorySeparator(Resolve(folder)) + Path.DirectorySeparatorChar, Comparison);

    /// <summary>The full path, no part of which is a link; there need not be a file.</summary>
    /// <exception cref="IOException">Links lead in circles, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A link may not be read.</exception>
    public static string Resolve(string path) => Resolve(path, 0);

    private static string Resolve(string path, int links)
    {
        string full = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(full);
        if (folder is null)
        {
            return full;
        }

        string own = Path.Combine(Resolve(folder, links), Path.GetFileName(full));
        FileSystemInfo entry = Directory.Exists(own) ? new DirectoryInfo(own) : new FileInfo(own);
        if (entry.LinkTarget is not string target)
        {
            return own;
        }

        return links < MostLinks
            ? Resolve(Path.Combine(Path.GetDirectoryName(own)!, target), links + 1)
            : throw new IOException("its links lead in circles");
    }
}
