namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>How many elements a dataset or an attribute has.</summary>
internal static class Hdf5Shape
{
    private const int MostDimensions = 32;

    /// <summary>Reads a dataspace message: version, rank, flags, and in version 2 a type, where 2 stands for nothing at all.</summary>
    internal static ulong[] Read(Hdf5File file, Hdf5Cursor cursor)
    {
        ulong start = cursor.Position;
        int version = cursor.Byte();
        int rank = cursor.Byte();
        cursor.Skip(1);
        int kind = version == 2 ? cursor.Byte() : 0;
        cursor.Skip(version == 1 ? 5u : 0);
        if (version is not (1 or 2) || rank > MostDimensions)
        {
            throw file.Damaged(start, $"a dataspace has the version {version} and {rank} dimensions");
        }

        ulong[] sizes = new ulong[kind == 2 ? 1 : rank];
        for (int d = 0; d < rank && kind != 2; d++)
        {
            sizes[d] = cursor.UInt64();
        }

        return sizes;
    }

    /// <summary>The number of elements; ulong.MaxValue when there are too many to count.</summary>
    internal static ulong Count(ulong[] shape)
    {
        ulong count = 1;
        foreach (ulong size in shape)
        {
            ulong high = Math.BigMul(count, size, out ulong low);
            count = high == 0 ? low : ulong.MaxValue;
        }

        return Array.IndexOf(shape, 0UL) >= 0 ? 0 : count;
    }
}
