namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>What the elements of a dataset or an attribute are.</summary>
/// <param name="Kind">Of what kind they are.</param>
/// <param name="Size">Bytes of each.</param>
/// <param name="IsBigEndian">True when the first byte of a number is the most significant one.</param>
internal readonly record struct Hdf5Type(Hdf5Kind Kind, int Size, bool IsBigEndian)
{
    /// <summary>Reads a datatype message: class and version, 24 bits of properties, the size, and what the class adds.</summary>
    internal static Hdf5Type Read(Hdf5Cursor cursor)
    {
        int kind = cursor.Byte() & 0x0F;
        int properties = cursor.Byte();
        cursor.Skip(2);
        uint size = cursor.UInt32();
        return kind switch
        {
            // Offset, precision; exponent at and wide, mantissa at and wide, bias: those of IEEE 754, or refused.
            1 when IsIeee(cursor, size) => new(Hdf5Kind.Float, (int)size, (properties & 1) != 0),
            3 when size is > 0 and <= ushort.MaxValue => new(Hdf5Kind.Text, (int)size, false),
            9 when size == 16 && (properties & 0x0F) == 1 => new(Hdf5Kind.TextOfAnyLength, 16, false),
            _ => new(Hdf5Kind.Other, 0, false),
        };
    }

    private static bool IsIeee(Hdf5Cursor cursor, uint size)
    {
        cursor.Skip(4);
        (int exponentAt, int exponent, int mantissaAt, int mantissa, uint bias) = (cursor.Byte(), cursor.Byte(), cursor.Byte(), cursor.Byte(), cursor.UInt32());
        return mantissaAt == 0 && exponentAt == mantissa && (size, exponent, mantissa, bias) is (2, 5, 10, 15) or (4, 8, 23, 127) or (8, 11, 52, 1023);
    }
}
