namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Where the kernel of a convolution or of a pool stands, in any number of dimensions.</summary>
internal sealed class SlidingWindow
{
    private readonly int[] _input;
    private readonly int[] _kernel;
    private readonly long[] _strides;
    private readonly long[] _dilations;
    private readonly long[] _before;

    /// <summary>A window over an input.</summary>
    /// <param name="input">Sizes of the input.</param>
    /// <param name="kernel">Sizes of the kernel.</param>
    /// <param name="strides">Steps from one position to the next.</param>
    /// <param name="dilations">Steps from one weight of the kernel to the next.</param>
    /// <param name="before">Padding before the input.</param>
    /// <param name="after">Padding after it.</param>
    internal SlidingWindow(int[] input, int[] kernel, long[] strides, long[] dilations, long[] before, long[] after)
    {
        (_input, _kernel, _strides, _dilations, _before) = (input, kernel, strides, dilations, before);
        Output = new int[input.Length];
        IsSound = true;
        for (int d = 0; d < input.Length; d++)
        {
            long reach = (dilations[d] * (kernel[d] - 1L)) + 1;
            long room = input[d] + before[d] + after[d];
            IsSound &= kernel[d] >= 1 && strides[d] >= 1 && dilations[d] >= 1 && before[d] >= 0 && after[d] >= 0 && reach <= room;
            long positions = IsSound ? ((room - reach) / strides[d]) + 1 : 0;
            IsSound &= positions <= TensorShape.MostElements;
            Output[d] = IsSound ? (int)positions : 0;
        }

        Positions = IsSound ? Math.Max(0, TensorShape.Count(Output)) : 0;
        IsSound &= Positions > 0;
    }

    /// <summary>False when the sizes are impossible.</summary>
    internal bool IsSound { get; }

    /// <summary>Sizes of the output.</summary>
    internal int[] Output { get; }

    /// <summary>How many positions the kernel has.</summary>
    internal int Positions { get; }

    /// <summary>Padding so that the output is as large as the input over the stride, the odd one after or before.</summary>
    internal static (long[] Before, long[] After) Same(int[] input, int[] kernel, long[] strides, long[] dilations, bool oddAfter)
    {
        long[] before = new long[input.Length];
        long[] after = new long[input.Length];
        for (int d = 0; d < input.Length; d++)
        {
            long stride = Math.Max(1, strides[d]);
            long positions = (input[d] + stride - 1) / stride;
            long total = Math.Max(0, ((positions - 1) * stride) + (dilations[d] * (kernel[d] - 1L)) + 1 - input[d]);
            (before[d], after[d]) = oddAfter ? (total / 2, total - (total / 2)) : (total - (total / 2), total / 2);
        }

        return (before, after);
    }

    /// <summary>Which number of a channel's plane a weight of the kernel meets; null in the padding.</summary>
    /// <param name="position">Which position of the kernel.</param>
    /// <param name="weight">Which weight of it.</param>
    internal int? Meets(int position, int weight)
    {
        long place = 0;
        long size = 1;
        for (int d = _input.Length - 1; d >= 0; d--)
        {
            long at = (position % Output[d] * _strides[d]) + (weight % _kernel[d] * _dilations[d]) - _before[d];
            position /= Output[d];
            weight /= _kernel[d];
            if (at < 0 || at >= _input[d])
            {
                return null;
            }

            place += at * size;
            size *= _input[d];
        }

        return (int)place;
    }
}
