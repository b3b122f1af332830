using System.Buffers.Binary;

namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>Reads a piece of an HDF5 file from front to back, little-endian, never beyond the piece.</summary>
internal sealed class Hdf5Cursor(Hdf5File file, byte[] bytes, int at, int count, string what)
{
    private readonly int _end = at + count;
    private int _at = at;

    /// <summary>Bytes that are left.</summary>
    internal int Left => _end - _at;

    /// <summary>Where the next byte lies in the file.</summary>
    internal ulong Position => (ulong)_at;

    internal byte Byte() => Take(1)[0];

    internal int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A number of 1 to 8 bytes.</summary>
    internal ulong Number(int size)
    {
        ulong number = 0;
        ReadOnlySpan<byte> digits = Take(size);
        for (int i = Math.Min(size, 8) - 1; i >= 0; i--)
        {
            number = (number << 8) | digits[i];
        }

        return number;
    }

    internal void Skip(ulong length) => _ = Take(length);

    internal ReadOnlySpan<byte> Take(int length) => Take((ulong)length);

    internal ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)Left)
        {
            throw file.Damaged((ulong)_at, $"{what} is too short");
        }

        file.Budget.Steps(1);
        ReadOnlySpan<byte> taken = bytes.AsSpan(_at, (int)length);
        _at += (int)length;
        return taken;
    }

    /// <summary>The next bytes as a piece of their own.</summary>
    internal Hdf5Cursor Piece(ulong length, string of)
    {
        int start = _at;
        Skip(length);
        return new Hdf5Cursor(file, bytes, start, (int)length, of);
    }
}
