namespace NeuralEdge.Tests.Import.Keras;

/// <summary>What an HDF5 file of a test shall hold, whichever writer writes it.</summary>
internal abstract record HdfNode;

/// <summary>A group.</summary>
internal sealed record HdfGroup : HdfNode
{
    /// <summary>Texts, one or several; of a fixed length when <see cref="FixedTexts"/> is set.</summary>
    internal Dictionary<string, string[]> Attributes { get; } = [];

    /// <summary>Names of <see cref="Attributes"/> that are written as a single text, and not as an array of texts.</summary>
    internal HashSet<string> Scalars { get; } = [];

    internal SortedDictionary<string, HdfNode> Children { get; } = new(StringComparer.Ordinal);

    internal bool FixedTexts { get; init; }

    internal HdfGroup Text(string name, string text)
    {
        Attributes[name] = [text];
        Scalars.Add(name);
        return this;
    }

    internal HdfGroup Texts(string name, params string[] texts)
    {
        Attributes[name] = texts;
        return this;
    }

    /// <summary>Puts a node where a path leads, and makes the groups on the way.</summary>
    internal HdfGroup Put(string path, HdfNode node)
    {
        string[] names = path.Split('/', 2);
        if (names.Length == 1)
        {
            Children[path] = node;
            return this;
        }

        if (!Children.TryGetValue(names[0], out HdfNode? next))
        {
            Children[names[0]] = next = new HdfGroup { FixedTexts = FixedTexts };
        }

        ((HdfGroup)next).Put(names[1], node);
        return this;
    }
}

/// <summary>A dataset of floats.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Numbers">Its elements, the last dimension fastest.</param>
internal sealed record HdfData(int[] Shape, double[] Numbers) : HdfNode
{
    /// <summary>2, 4 or 8.</summary>
    internal int Bytes { get; init; } = 4;

    internal bool BigEndian { get; init; }

    /// <summary>Sizes of the chunks; null when it is in one piece.</summary>
    internal int[]? Chunk { get; init; }

    /// <summary>Numbers of the filters that the chunks go through, in this order: 1 gzip, 2 shuffle, 3 Fletcher's checksum, or others.</summary>
    internal int[] Filters { get; init; } = [];

    /// <summary>True when the header says that the elements are in another file.</summary>
    internal bool IsOutside { get; init; }
}

/// <summary>A soft link.</summary>
/// <param name="Path">Where it leads.</param>
internal sealed record HdfLink(string Path) : HdfNode;
