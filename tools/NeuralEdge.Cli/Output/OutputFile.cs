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

    internal static void Write(string path, byte[] content)
    {
        Require(path);
        try
        {
            FileInfo file = new(path);
            string target = file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
            if (IsDevice(path) || IsDevice(target))
            {
                // Such as /dev/stdout: something else than a file must not be replaced by one.
                using FileStream device = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                device.Write(content);
                return;
            }

            Replace(target, content);
        }
        catch (Exception e) when (IsRefused(e))
        {
            throw Refusal(path, e.Message.TrimEnd('.'), e);
        }
    }

    private static void Replace(string path, byte[] content)
    {
        string neighbour = path + ".part";
        try
        {
            File.WriteAllBytes(neighbour, content);
            File.Move(neighbour, path, overwrite: true);
        }
        catch (Exception e) when (IsRefused(e))
        {
            TryDelete(neighbour);
            throw;
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
