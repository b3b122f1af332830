namespace NeuralEdge.Checker;

/// <summary>The integers of a model file's network section, read as FORMAT.md, section 2 has them; the profile fast is not read.</summary>
internal sealed class BoardNetwork
{
    private readonly byte[] _bytes;
    private int _at;

    /// <summary>Reads a section.</summary>
    /// <param name="section">Its payload.</param>
    internal BoardNetwork(byte[] section)
    {
        _bytes = section;
        Low = new int[U16()];
        High = new int[Low.Length];
        Layers = new Layer[U8()];
        int arithmetic = U8();
        if (arithmetic is not (0 or 2))
        {
            throw new NotSupportedException("the profile fast is not checked");
        }

        for (int i = 0; i < Low.Length; i++)
        {
            Low[i] = I32();
            High[i] = I32();
        }

        int inputs = Low.Length;
        for (int l = 0; l < Layers.Length; l++)
        {
            int neurons = U16();
            int activation = U8();
            if (activation > Layer.Softmax)
            {
                // What follows is laid out in another way.
                throw new NotSupportedException(activation == Layer.Softmax + 1 ? "tabulated activations are not checked" : $"activation {activation} is not checked");
            }

            int bytes = U8();
            int slope = U16();
            _at += 2;
            int[] shifts = Many(neurons, () => (sbyte)U8());
            Align();
            int[] biases = Many(neurons, I32);
            int[] weights = Many(neurons * inputs, () => bytes == 1 ? (sbyte)U8() : (short)U16());
            Align();
            bool limits = activation is Layer.Linear or Layer.Relu or Layer.Leaky;
            Layers[l] = new Layer(inputs, neurons, activation, slope, shifts, biases, weights, limits && arithmetic == 2 && l < Layers.Length - 1);
            inputs = neurons;
        }
    }

    /// <summary>Smallest raw inputs.</summary>
    internal int[] Low { get; }

    /// <summary>Largest raw inputs.</summary>
    internal int[] High { get; }

    internal Layer[] Layers { get; }

    private int U8() => _bytes[_at++];

    private int U16() => U8() | (U8() << 8);

    private int I32() => U16() | (U16() << 16);

    private void Align() => _at = (_at + 3) & ~3;

    private static int[] Many(int count, Func<int> read) => Array.ConvertAll(new int[count], _ => read());

    /// <summary>A layer: shifts and biases of neurons, weights row by row, and whether values end at 32767.</summary>
    internal sealed record Layer(int Inputs, int Neurons, int Activation, int Slope, int[] Shifts, int[] Biases, int[] Weights, bool Ceiling)
    {
        internal const int Linear = 0;
        internal const int Tanh = 1;
        internal const int Sigmoid = 2;
        internal const int Relu = 3;
        internal const int Leaky = 4;
        internal const int Softmax = 5;
    }
}
