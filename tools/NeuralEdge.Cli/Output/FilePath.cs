namespace NeuralEdge.Cli.Output;

/// <summary>Which file a path leads to.</summary>
internal static class FilePath
{
    private static readonly StringComparison Comparison =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether two paths lead to one file, whatever links they go through.</summary>
    internal static bool AreSame(string a, string b) => string.Equals(Resolve(a), Resolve(b), Comparison);

    /// <summary>The full path without links; links that lead in circles or may not be read stay as they are.</summary>
    internal static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            string? folder = Path.GetDirectoryName(full);
            string own = folder is null ? full : Path.Combine(Resolve(folder), Path.GetFileName(full));
            FileSystemInfo entry = Directory.Exists(own) ? new DirectoryInfo(own) : new FileInfo(own);
            return entry.LinkTarget is null ? own : entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? own;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return full;
        }
    }
}
