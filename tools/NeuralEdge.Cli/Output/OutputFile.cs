using NeuralEdge.Modeling;

namespace NeuralEdge.Cli.Output;

/// <summary>Writes files whole or not at all: to a neighbour first, which then takes the name.</summary>
internal static class OutputFile
{
    internal static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    internal static void Write(string path, Action<Stream> write)
    {
        string neighbour = path + ".part";
        try
        {
            using (FileStream stream = File.Create(neighbour))
            {
                write(stream);
            }

            File.Move(neighbour, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputRefusedException($"cannot write {path}: {e.Message.TrimEnd('.')}; give a path in a folder that you may write to.", e);
        }
        finally
        {
            TryDelete(neighbour);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // What could not be written needs no deleting.
        }
    }
}
