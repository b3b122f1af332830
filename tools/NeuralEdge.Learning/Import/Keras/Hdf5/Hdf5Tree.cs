namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>Nodes of version 1 B-trees: "TREE", kind, level, a count, both neighbours, then keys with a child between two of them.</summary>
internal static class Hdf5Tree
{
    /// <summary>A level above all others.</summary>
    internal const int AnyLevel = 256;

    /// <summary>Reads one node; levels fall from a node to its children, so that no tree is without end.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">The node's.</param>
    /// <param name="kind">0 of groups, 1 of chunks.</param>
    /// <param name="keyBytes">Bytes of a key.</param>
    /// <param name="below">The level of the node that leads here.</param>
    /// <param name="child">Is given the key before each child, the child's address, and the level of this node.</param>
    internal static void Read(Hdf5File file, ulong address, int kind, int keyBytes, int below, Action<Hdf5Cursor, ulong, int> child)
    {
        const string What = "a B-tree";
        file.RequireSignature(address, "TREE"u8, What);
        Hdf5Cursor head = file.Cursor(address, 24, What);
        head.Skip(4);
        (int found, int level, int count) = (head.Byte(), head.Byte(), head.UInt16());
        if (found != kind || level >= below)
        {
            throw file.Damaged(address, $"{What} is of another kind or has no end");
        }

        Hdf5Cursor cursor = file.Cursor(address + 24, (ulong)(count * (keyBytes + 8)), What);
        for (int i = 0; i < count; i++)
        {
            Hdf5Cursor key = cursor.Piece((ulong)keyBytes, What);
            child(key, cursor.UInt64(), level);
        }
    }
}
