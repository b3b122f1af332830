#nullable enable

// These names of the platform exist on the desktop too, and there they would act on this computer: its threads,
// its files. A class in the firmware's own namespace comes before one of a using directive, so the firmware's sources,
// compiled here unchanged, meet the simulated ones.
using NeuralEdge.Simulator.Chip;
using NeuralEdge.Turbo;

namespace NeuralEdge.Firmware;

/// <summary>Threads of the simulated board: they end when it is reset, and an exception that nobody catches ends only them.</summary>
internal sealed class Thread
{
    private readonly System.Threading.ThreadStart _start;

    internal Thread(System.Threading.ThreadStart start)
    {
        _start = start;
    }

    internal static void Sleep(int milliseconds) => ChipLife.Current.Sleep(milliseconds);

    internal void Start() => ChipLife.Current.StartThread(_start);
}

/// <summary>What the firmware prints for a debugger.</summary>
internal static class Debug
{
    internal static void WriteLine(string message) => ChipLife.Current.Print(message);
}

/// <summary>Loads code that the board has compiled, if the firmware's settings or the simulation's options say so.</summary>
internal static class AssemblyLoader
{
    internal static ICodeLoader? Open(bool turbo) => turbo || ChipLife.Current.HasTurbo ? ChipLife.Current.CodeLoader : null;
}

/// <summary>Files of the simulated flash.</summary>
internal static class File
{
    internal static bool Exists(string path) => ChipLife.Current.Flash.Exists(path);

    internal static void Delete(string path) => ChipLife.Current.Flash.Delete(path);
}

/// <summary>An open file of the simulated flash: what was written is there after closing and not before, as with littlefs.</summary>
internal sealed class FileStream : MemoryStream
{
    private readonly ChipLife _chip = ChipLife.Current;
    private readonly string _path;
    private readonly bool _writable;
    private bool _closed;

    internal FileStream(string path, FileMode mode, FileAccess access)
    {
        _path = path;
        _writable = access != FileAccess.Read;
        byte[]? content = mode == FileMode.Create ? null : _chip.Flash.Read(path);
        if (content != null)
        {
            Write(content, 0, content.Length);
            Position = 0;
        }
        else if (mode == FileMode.Open)
        {
            throw new IOException();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!_closed)
        {
            _closed = true;
            if (_writable)
            {
                _chip.Flash.Commit(_path, ToArray());
            }
        }

        base.Dispose(disposing);
    }
}
