namespace NeuralEdge.Conversion.Disk;

/// <summary>Writes files whole or not at all: to a neighbour first, which then takes the name.</summary>
public static class OutputFile
{
    /// <summary>Refuses a path that cannot be written, before the work whose result is to go there.</summary>
    /// <exception cref="InputRefusedException">There is no such folder, nothing may be written in it, or the path is a folder itself.</exception>
    public static void Require(string path)
    {
        if (path.Length == 0 || Directory.Exists(path))
        {
            throw Refusal(path, "it is a folder");
        }

        if (IsDevice(path))
        {
            return;
        }

        try
        {
            string target = FilePath.Resolve(path);
            string folder = Path.GetDirectoryName(target)!;
            if (!Directory.Exists(folder))
            {
                throw Refusal(path, $"there is no folder {folder}");
            }

            if (!IsDevice(target))
            {
                using FileStream trial = new(Neighbour(target), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
        }
        catch (Exception e) when (IsRefused(e))
        {
            throw Refusal(path, e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>Refuses a path that cannot be written, or that is a file which the command reads or writes besides.</summary>
    /// <param name="option">What the user calls it.</param>
    /// <param name="path">The path.</param>
    /// <param name="others">Paths of the other files; null for one that is not given.</param>
    /// <exception cref="InputRefusedException">Nothing can be written there, or something would be lost.</exception>
    public static void Require(string option, string path, params IEnumerable<string?> others)
    {
        Require(path);
        if (!IsDevice(path) && others.FirstOrDefault(other => other is not null && FilePath.AreSame(other, path)) is string same)
        {
            throw new InputRefusedException($"{option} {path} is the same file as {same}, which would be lost; give it a path of its own.");
        }
    }

    /// <summary>Writes one file.</summary>
    /// <exception cref="InputRefusedException">It cannot be written; what was there before is untouched.</exception>
    public static void Write(string path, byte[] content) => Write([(path, content)]);

    /// <summary>
    /// Writes several files. None takes its name before all are written, and the first, which matters most, is the last to take it.
    /// </summary>
    /// <exception cref="InputRefusedException">One cannot be written.</exception>
    public static void Write(params IReadOnlyList<(string Path, byte[] Content)> files)
    {
        List<(string Path, string Neighbour, string Target)> written = [];
        string path = "";
        try
        {
            foreach ((string p, byte[] content) in files)
            {
                path = p;
                string target = IsDevice(path) ? path : FilePath.Resolve(path);
                if (!IsDevice(target))
                {
                    written.Add((path, Neighbour(target), target));
                    File.WriteAllBytes(written[^1].Neighbour, content);
                    continue;
                }

                // Such as /dev/stdout: something else than a file must not be replaced by one.
                using FileStream device = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                device.Write(content);
            }

            for (int f = written.Count - 1; f >= 0; f--)
            {
                path = written[f].Path;
                File.Move(written[f].Neighbour, written[f].Target, overwrite: true);
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

    /// <summary>True for what is no file, such as /dev/stdout.</summary>
    public static bool IsDevice(string path)
    {
        string full = Path.GetFullPath(path);
        return (full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal)) || full.StartsWith("/proc/", StringComparison.Ordinal)
            || full.StartsWith(@"\\.\", StringComparison.Ordinal);
    }

    // In the same folder, so that it can take the file's name at once; short, because that name may be as long as names can be.
    private static string Neighbour(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetRandomFileName()}.part");

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
