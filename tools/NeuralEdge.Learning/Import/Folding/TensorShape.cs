namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Arithmetic on shapes; products are checked before anything is allocated for them.</summary>
internal static class TensorShape
{
    /// <summary>Most elements of one tensor: the largest weight matrix of a board.</summary>
    internal const int MostElements = 1 << 20;

    /// <summary>Most dimensions of a tensor.</summary>
    internal const int MostDimensions = 8;

    /// <summary>The number of elements, or -1 when a size is negative or there are too many.</summary>
    internal static int Count(IEnumerable<long> shape)
    {
        long count = 1;
        bool empty = false;
        foreach (long size in shape)
        {
            if (size < 0)
            {
                return -1;
            }

            if (size == 0)
            {
                empty = true;
            }
            else if (size > MostElements || (count *= size) > MostElements)
            {
                return -1;
            }
        }

        return empty ? 0 : (int)count;
    }

    /// <summary>A shape as people write it.</summary>
    internal static string Text(IEnumerable<int> shape) => "[" + string.Join(",", shape) + "]";

    /// <summary>The number of elements, or -1 when a size is negative or there are too many.</summary>
    internal static int Count(int[] shape) => Count(shape.Select(s => (long)s));

    /// <summary>An axis counted from the front, or -1 when there is none such.</summary>
    internal static int Axis(long axis, int rank) =>
        axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : -1;

    /// <summary>Product of the sizes from one axis up to, not including, another.</summary>
    internal static int Product(int[] shape, int from, int to)
    {
        int product = 1;
        for (int d = from; d < to; d++)
        {
            product *= shape[d];
        }

        return product;
    }

    /// <summary>
    /// The common shape of two tensors as NumPy broadcasts them, and which element of each stands where;
    /// null when they do not fit or the result would be too large.
    /// </summary>
    internal static (int[] Shape, int[] First, int[] Second)? Broadcast(int[] a, int[] b)
    {
        int rank = Math.Max(a.Length, b.Length);
        int[] shape = new int[rank];
        for (int d = 0; d < rank; d++)
        {
            int sizeA = d < rank - a.Length ? 1 : a[d - (rank - a.Length)];
            int sizeB = d < rank - b.Length ? 1 : b[d - (rank - b.Length)];
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
            {
                return null;
            }

            shape[d] = sizeA == 1 ? sizeB : sizeA;
        }

        int count = Count(shape);
        return count < 0 ? null : (shape, Sources(a, shape, count), Sources(b, shape, count));
    }

    /// <summary>For each element of a transposed tensor, where it was.</summary>
    internal static int[] TransposeSources(int[] shape, int[] permutation)
    {
        int rank = shape.Length;
        int[] strides = Strides(shape);
        int[] newShape = Array.ConvertAll(permutation, p => shape[p]);
        int[] sources = new int[Product(shape, 0, rank)];
        for (int k = 0; k < sources.Length; k++)
        {
            int rest = k;
            int source = 0;
            for (int d = rank - 1; d >= 0; d--)
            {
                source += rest % newShape[d] * strides[permutation[d]];
                rest /= newShape[d];
            }

            sources[k] = source;
        }

        return sources;
    }

    private static int[] Sources(int[] from, int[] to, int count)
    {
        int[] strides = Strides(from);
        int[] sources = new int[count];
        for (int k = 0; k < count; k++)
        {
            int rest = k;
            int source = 0;
            for (int d = to.Length - 1; d >= 0; d--)
            {
                int at = d - (to.Length - from.Length);
                if (at >= 0 && from[at] != 1)
                {
                    source += rest % to[d] * strides[at];
                }

                rest /= to[d];
            }

            sources[k] = source;
        }

        return sources;
    }

    private static int[] Strides(int[] shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= Math.Max(1, shape[d]);
        }

        return strides;
    }
}
