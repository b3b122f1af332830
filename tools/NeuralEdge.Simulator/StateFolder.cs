#nullable enable

namespace NeuralEdge.Simulator;

/// <summary>The folder that is a board's flash, for one board at a time.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly bool _isTemporary;

    /// <summary>Takes the folder.</summary>
    /// <param name="path">Its path; null for one of its own, which is deleted at the end.</param>
    /// <exception cref="SimulatorException">It is in use, or cannot be made; the message is a sentence.</exception>
    public StateFolder(string? path)
    {
        _isTemporary = path == null;
        Path = path == null ? Directory.CreateTempSubdirectory("neuraledge").FullName : System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path);
            _lock = new FileStream(System.IO.Path.Combine(Path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string why = Directory.Exists(Path) ? "another simulated board runs on it, or it may not be written to" : "it cannot be made";
            throw new SimulatorException($"The state folder {Path} cannot be used, {why}: end that board or choose another folder.", e);
        }
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (_isTemporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
