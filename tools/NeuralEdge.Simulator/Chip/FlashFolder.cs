#nullable enable
namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// The flash of a board as a folder of this computer. A commit is atomic and durable, as closing a littlefs file is: it
/// survives the end of this process, by whatever signal, and the end of the simulated board's power.
/// </summary>
internal sealed class FlashFolder
{
    private const string Root = "I:\\";

    private readonly object _gate = new();
    private readonly ChipLife _chip;
    private readonly string _folder;
    private readonly ChipConditions _conditions;
    private readonly Random _random;

    internal FlashFolder(ChipLife chip, string folder, ChipConditions conditions, int start)
    {
        _chip = chip;
        _folder = folder;
        _conditions = conditions;
        _random = new Random((31 * conditions.Seed) + start);
    }

    internal bool Exists(string path)
    {
        _chip.ThrowIfStopped();
        _chip.FlashReading(path);
        return File.Exists(Map(path));
    }

    internal byte[]? Read(string path)
    {
        _chip.ThrowIfStopped();
        string file = Map(path);
        lock (_gate)
        {
            return File.Exists(file) ? File.ReadAllBytes(file) : null;
        }
    }

    internal void Delete(string path)
    {
        _chip.ThrowIfStopped();
        _chip.FlashChanging(Path.GetFileName(Map(path)));
        _chip.ThrowIfStopped();
        lock (_gate)
        {
            File.Delete(Map(path));
        }
    }

    /// <summary>
    /// Makes a file's new content durable, unless the power is gone: then nothing has happened, for an open file's
    /// bytes are still in RAM.
    /// </summary>
    internal void Commit(string path, byte[] content)
    {
        string file = Map(path);
        if (!_chip.IsStopped)
        {
            // It may take the power away.
            _chip.FlashChanging(Path.GetFileName(file));
        }

        if (_chip.IsStopped)
        {
            return;
        }

        int milliseconds;
        lock (_gate)
        {
            milliseconds = _random.Next(_conditions.QuickestCommit, _conditions.SlowestCommit + 1);
        }

        if (milliseconds > 0)
        {
            _chip.Wait(milliseconds * 1000L);
        }

        lock (_gate)
        {
            if (content.Length + Directory.EnumerateFiles(_folder).Where(other => other != file).Sum(other => new FileInfo(other).Length) > ChipModel.FlashBytes)
            {
                throw new IOException("The simulated flash is full.");
            }

            string fresh = file + ".new";
            using (FileStream stream = new(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, file, overwrite: true);
        }
    }

    private string Map(string path)
    {
        string name = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..] : string.Empty;
        if (name.Length == 0 || name.AsSpan().IndexOfAny("/\\:") >= 0 || name[0] == '.')
        {
            throw new IOException($"The simulated flash has no place for {path}.");
        }

        return Path.Combine(_folder, name);
    }
}
