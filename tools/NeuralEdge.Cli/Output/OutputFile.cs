using NeuralEdge.Modeling;

namespace NeuralEdge.Cli.Output;

/// <summary>Writes files whole or not at all: to a neighbour first, which then takes the name.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a path that cannot be written, before the work whose result is to go there.</summary>
    /// <exception cref="InputRefusedException">There is no such folder, or the path is a folder itself.</exception>
    internal static void Require(string path)
    {
        string? folder = path.Length == 0 ? null : Path.GetDirectoryName(Path.GetFullPath(path));
        if (Directory.Exists(path) || folder is null)
        {
            throw Refusal(path, "it is a folder");
        }

        if (!Directory.Exists(folder))
        {
            throw Refusal(path, $"there is no folder {folder}");
        }
    }

    /// <summary>Refuses a path that cannot be written, or that is a file which the command reads or writes besides.</summary>
    /// <param name="option">What the user calls it.</param>
    /// <param name="path">The path.</param>
    /// <param name="others">Paths of the other files; null for one that is not given.</param>
    /// <exception cref="InputRefusedException">Nothing can be written there, or something would be lost.</exception>
    internal static void Require(string option, string path, params IEnumerable<string?> others)
    {
        Require(path);
        if (!IsDevice(path) && others.FirstOrDefault(other => other is not null && FilePath.AreSame(other, path)) is string same)
        {
            throw new InputRefusedException($"{option} {path} is the same file as {same}, which would be lost; give it a path of its own.");
        }
    }

    internal static void Write(string path, byte[] content) => Write([(path, content)]);

    /// <summary>Writes several files, all or none of them.</summary>
    internal static void Write(params IReadOnlyList<(string Path, byte[] Content)> files)
    {
        List<(string Path, string Neighbour, string Target)> written = [];
        string path = "";
        try
        {
            foreach ((string p, byte[] content) in files)
            {
                path = p;
                Require(path);
                string target = FilePath.Resolve(path);
                if (!IsDevice(path) && !IsDevice(target))
                {
                    string neighbour = $"{target}.{Path.GetRandomFileName()}.part";
                    written.Add((path, neighbour, target));
                    File.WriteAllBytes(neighbour, content);
                }
            }

            foreach ((string p, byte[] content) in files.Where(file => IsDevice(file.Path) || IsDevice(FilePath.Resolve(file.Path))))
            {
                // Such as /dev/stdout: something else than a file must not be replaced by one.
                path = p;
                using FileStream device = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                device.Write(content);
            }

            foreach ((string p, string neighbour, string target) in written)
            {
                path = p;
                File.Move(neighbour, target, overwrite: true);
            }
        }
        catch (Exception e) when (IsRefused(e))
        {
            throw Refusal(path, e.Message.TrimEnd('.'), e);
        }
        finally
        {
            written.ForEach(file => TryDelete(file.Neighbour));
        }
    }

    private static bool IsDevice(string path)
    {
        string full = Path.GetFullPath(path);
        return (full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal)) || full.StartsWith("/proc/", StringComparison.Ordinal)
            || full.StartsWith(@"\\.\", StringComparison.Ordinal);
    }

    private static bool IsRefused(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static InputRefusedException Refusal(string path, string why, Exception? cause = null)
    {
        string sentence = $"Cannot write \"{path}\": {why}; give the path of a file in a folder that you may write to.";
        return cause is null ? new InputRefusedException(sentence) : new InputRefusedException(sentence, cause);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsRefused(e))
        {
            // What could not be written needs no deleting.
        }
    }
}
