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
        int inputs = U16();
        Layers = new Layer[U8()];
        int arithmetic = U8() is int known and (0 or 2) ? known : throw new NotSupportedException("the profile fast is not checked");
        int[] ranges = Many(2 * inputs, I32);
        (Low, High) = ([.. ranges.Where((_, i) => i % 2 == 0)], [.. ranges.Where((_, i) => i % 2 == 1)]);
        for (int l = 0; l < Layers.Length; l++)
        {
            int neurons = U16();
            string activation = Layer.Names[U8()];
            int bytes = U8();
            int slope = U16();
            _at += 2;
            int[] table = activation == Layer.Tabulated ? Many(513, () => (short)U16()) : [];
            Align();
            int[] shifts = Many(neurons, () => (sbyte)U8());
            Align();
            int[] biases = Many(neurons, I32);
            int[] weights = Many(neurons * inputs, () => bytes == 1 ? (sbyte)U8() : (short)U16());
            Align();
            bool ceiling = arithmetic == 2 && l < Layers.Length - 1 && activation is "linear" or "relu" or "leaky_relu";
            Layers[l] = new Layer(inputs, neurons, activation, slope, table, shifts, biases, weights, ceiling);
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

    /// <summary>A layer: its activation's name and table, shifts and biases of neurons, weights row by row, and whether values end at 32767.</summary>
    internal sealed record Layer(
        int Inputs, int Neurons, string Activation, int Slope, int[] Table, int[] Shifts, int[] Biases, int[] Weights, bool Ceiling)
    {
        internal const string Tabulated = "tabulated";

        // By their codes. Of softmax there are only the logits.
        internal static readonly string[] Names = ["linear", "tanh", "sigmoid", "relu", "leaky_relu", "linear", Tabulated];
    }
}
