#nullable enable
using NeuralEdge.Simulator.Chip;

namespace NeuralEdge.Firmware;

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
