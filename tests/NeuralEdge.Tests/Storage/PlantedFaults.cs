using System.Buffers.Binary;
using NeuralEdge.Board.Storage;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Storage;

/// <summary>
/// Faults a store could have, planted between it and the flash. A campaign that does not find them proves nothing.
/// </summary>
internal abstract class PlantedFault(IFileStore files) : IFileStore
{
    public virtual int GetLength(string name) => files.GetLength(name);

    public virtual int Read(string name, int position, byte[] buffer, int offset, int count) => files.Read(name, position, buffer, offset, count);

    public virtual void Write(string name, byte[] data, int offset, int count) => files.Write(name, data, offset, count);

    public virtual void Append(string name, byte[] data, int offset, int count) => files.Append(name, data, offset, count);

    public virtual void Delete(string name) => files.Delete(name);
}

/// <summary>A journal whose CRC says nothing: whatever is read with the right magic passes as whole.</summary>
internal sealed class JournalWithoutCrc(IFileStore files) : PlantedFault(files)
{
    public override int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        int read = base.Read(name, position, buffer, offset, count);
        if (name[0] == 'j' && read == 40)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(offset + 36), Checksum.Crc32(buffer, offset, 36));
        }

        return read;
    }
}

/// <summary>A journal whose CRC covers its first 16 bytes only, the fault of our first prototype.</summary>
internal sealed class JournalWithHeaderCrc(IFileStore files) : PlantedFault(files)
{
    public override int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        int read = base.Read(name, position, buffer, offset, count);
        if (name[0] == 'j' && read == 40 && BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(offset + 36)) == Checksum.Crc32(buffer, offset, 16))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(offset + 36), Checksum.Crc32(buffer, offset, 36));
        }

        return read;
    }

    public override void Write(string name, byte[] data, int offset, int count)
    {
        byte[] copy = data.AsSpan(offset, count).ToArray();
        if (name[0] == 'j')
        {
            BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(36), Checksum.Crc32(copy, 0, 16));
        }

        base.Write(name, copy, 0, count);
    }
}

/// <summary>One journal file instead of two: the only snapshot is overwritten in place.</summary>
internal sealed class SingleJournal(IFileStore files) : PlantedFault(files)
{
    public override int GetLength(string name) => base.GetLength(Merge(name));

    public override int Read(string name, int position, byte[] buffer, int offset, int count) => base.Read(Merge(name), position, buffer, offset, count);

    public override void Write(string name, byte[] data, int offset, int count) => base.Write(Merge(name), data, offset, count);

    private static string Merge(string name) => name[0] == 'j' ? "j0.log" : name;
}

/// <summary>One slot instead of two: an upload overwrites the model that runs.</summary>
internal sealed class SingleSlot(IFileStore files) : PlantedFault(files)
{
    public override int GetLength(string name) => base.GetLength(Merge(name));

    public override int Read(string name, int position, byte[] buffer, int offset, int count) => base.Read(Merge(name), position, buffer, offset, count);

    public override void Write(string name, byte[] data, int offset, int count) => base.Write(Merge(name), data, offset, count);

    public override void Append(string name, byte[] data, int offset, int count) => base.Append(Merge(name), data, offset, count);

    public override void Delete(string name) => base.Delete(Merge(name));

    private static string Merge(string name) => name[0] == 'm' ? "m0.nem" : name;
}

/// <summary>The wrong order: the model's last bytes reach the flash only after the journal has confirmed it.</summary>
internal sealed class ConfirmBeforeData(IFileStore files) : PlantedFault(files)
{
    private string _name = "";
    private byte[] _late = [];

    public override int GetLength(string name) => base.GetLength(name) + (name == _name ? _late.Length : 0);

    public override int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        int read = base.Read(name, position, buffer, offset, count);
        if (name == _name && read < count)
        {
            int from = position + read - base.GetLength(name);
            int late = Math.Min(count - read, _late.Length - from);
            Array.Copy(_late, from, buffer, offset + read, late);
            read += late;
        }

        return read;
    }

    public override void Write(string name, byte[] data, int offset, int count)
    {
        base.Write(name, data, offset, count);
        Flush();
    }

    public override void Append(string name, byte[] data, int offset, int count)
    {
        Flush();
        _name = name;
        _late = data.AsSpan(offset, count).ToArray();
    }

    private void Flush()
    {
        byte[] late = _late;
        _late = [];
        if (late.Length > 0)
        {
            base.Append(_name, late, 0, late.Length);
        }
    }
}
