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

/// <summary>Whatever an upload begins is confirmed at once.</summary>
internal sealed class ConfirmsWhatBegins(IFileStore files) : PlantedFault(files)
{
    private uint _generation = 1_000_000;

    public override void Write(string name, byte[] data, int offset, int count)
    {
        base.Write(name, data, offset, count);
        if (name[0] == 'm' && count == 20)
        {
            byte[] journal = new byte[40];
            BinaryPrimitives.WriteUInt32LittleEndian(journal, 0x4C4A454E);
            BinaryPrimitives.WriteUInt32LittleEndian(journal.AsSpan(4), _generation++);
            data.AsSpan(offset + 4, 4).CopyTo(journal.AsSpan(8));
            data.AsSpan(offset + 4, 12).CopyTo(journal.AsSpan(name[1] == '0' ? 12 : 24));
            BinaryPrimitives.WriteUInt32LittleEndian(journal.AsSpan(36), Checksum.Crc32(journal, 0, 36));
            base.Write("j0.log", journal, 0, 40);
        }
    }
}

/// <summary>A flash that has lost everything holds a confirmed model.</summary>
internal sealed class InventsAModel(IFileStore files) : PlantedFault(files)
{
    private static readonly byte[] Slot = [.. Sealed("NESL", [1, .. IdentityOf(StoreBoard.MakeModel(60, 77))]), .. StoreBoard.MakeModel(60, 77)];
    private static readonly byte[] Journal = Sealed("NEJL", [1, 1, 1, .. IdentityOf(StoreBoard.MakeModel(60, 77)), 0, 0, 0]);

    public override int GetLength(string name) => Invented(name)?.Length ?? base.GetLength(name);

    public override int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        if (Invented(name) is not byte[] file)
        {
            return base.Read(name, position, buffer, offset, count);
        }

        int read = Math.Clamp(file.Length - position, 0, count);
        Array.Copy(file, position, buffer, offset, read);
        return read;
    }

    private static uint[] IdentityOf(byte[] model) => [(uint)model.Length, StoreBoard.DigestOf(model)];

    private static byte[] Sealed(string magic, uint[] words)
    {
        byte[] record = [.. System.Text.Encoding.ASCII.GetBytes(magic), .. words.SelectMany(BitConverter.GetBytes)];
        return [.. record, .. BitConverter.GetBytes(Checksum.Crc32(record, 0, record.Length))];
    }

    private byte[]? Invented(string name) => base.GetLength("j0.log") >= 0 || base.GetLength("m0.nem") >= 0 ? null
        : name == "m0.nem" ? Slot : name == "j0.log" ? Journal : null;
}

/// <summary>The second copy of a record is not written, and nobody notices: it reads as if it were until the next start.</summary>
internal sealed class NoSecondCopy(IFileStore files) : PlantedFault(files)
{
    private readonly Dictionary<string, byte[]> _pretended = [];
    private string _last = "";

    public override int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        if (!_pretended.TryGetValue(name, out byte[]? pretended))
        {
            return base.Read(name, position, buffer, offset, count);
        }

        Array.Copy(pretended, position, buffer, offset, count);
        return count;
    }

    public override int GetLength(string name) => _pretended.TryGetValue(name, out byte[]? pretended) ? pretended.Length : base.GetLength(name);

    public override void Write(string name, byte[] data, int offset, int count)
    {
        byte[] content = data.AsSpan(offset, count).ToArray();
        bool isCopy = name[0] == 'k' && count == 104 && _last == Convert.ToHexString(content);
        _last = Convert.ToHexString(content);
        _pretended.Remove(name);
        if (isCopy)
        {
            _pretended[name] = content;
            return;
        }

        base.Write(name, data, offset, count);
    }
}

/// <summary>Keys of which the second file is gone and the first rotten pass for keys that never were.</summary>
internal sealed class OneRottenFileIsNone(IFileStore files) : PlantedFault(files)
{
    public override int GetLength(string name) => name == "k0.key" && base.GetLength("k1.key") < 0 && !IsRecord() ? -1 : base.GetLength(name);

    private bool IsRecord()
    {
        byte[] record = new byte[104];
        return base.Read("k0.key", 0, record, 0, 104) == 104 && BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(100)) == Checksum.Crc32(record, 0, 100);
    }
}

/// <summary>One key file instead of two.</summary>
internal sealed class SingleKeyFile(IFileStore files) : PlantedFault(files)
{
    public override int GetLength(string name) => base.GetLength(Merge(name));

    public override int Read(string name, int position, byte[] buffer, int offset, int count) => base.Read(Merge(name), position, buffer, offset, count);

    public override void Write(string name, byte[] data, int offset, int count) => base.Write(Merge(name), data, offset, count);

    public override void Delete(string name) => base.Delete(Merge(name));

    private static string Merge(string name) => name[0] == 'k' ? "k0.key" : name;
}

/// <summary>Keys whose CRC says nothing: whatever has the magic passes as whole.</summary>
internal sealed class KeysWithoutCrc(IFileStore files) : PlantedFault(files)
{
    public override int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        int read = base.Read(name, position, buffer, offset, count);
        if (read == 104)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(offset + 100), Checksum.Crc32(buffer, offset, 100));
        }

        return read;
    }
}
