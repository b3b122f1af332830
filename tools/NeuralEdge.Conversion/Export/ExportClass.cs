using System.Globalization;
using System.Text;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Export;

/// <summary>The class of an exported network: its constants, the arrays that are made once, and its methods.</summary>
internal sealed class ExportClass
{
    private const string Networks = "global::NeuralEdge.Networks.";

    // Of Limit: twice two comparands and a jump, and three values to return.
    private const int LimitBytes = 14;

    // Of the initialiser of a field: 513 elements made, copied from the assembly, and stored.
    private const int CurveBytes = 18;

    private const int KnotsInALine = 20;

    private readonly Network _network;
    // Of Look: a comparison with both ends, two reads of a knot, and what lies between them.
    private const int LookBytes = 49;

    private readonly List<TableField> _tables = [];
    private readonly List<(string Name, short[] Knots)> _curves = [];
    private readonly NetworkCode _code;

    /// <param name="network">The network.</param>
    /// <param name="layers">Its layers.</param>
    internal ExportClass(Network network, PackedLayer[] layers)
    {
        _network = network;
        _code = new NetworkCode(network, layers, Tables(layers), Curves(layers));
    }

    /// <summary>Number of methods that compute the network.</summary>
    internal int Methods => _code.Methods.Count;

    /// <summary>Bytes of a board's heap that the arrays take.</summary>
    internal int HeapBytes => (_tables.Count * ActivationTable.HeapBytes) + _curves.Sum(curve => HeapSize.Array(2 * curve.Knots.Length)) + _code.Sums.Sum(array => HeapSize.Array(8 * array.Length));

    /// <summary>Bytes of code of the whole class.</summary>
    internal int Bytes =>
        LimitBytes + (_curves.Count * CurveBytes) + (_curves.Count > 0 ? LookBytes + (_code.Sums.Count > 0 ? 0 : 1) : 0) + _code.Methods.Sum(method => method.Bytes) + _tables.Sum(table => table.CodeBytes)
        + _code.Sums.Sum(array => 1 + Code.Int(array.Length).Bytes + (2 * Code.TokenBytes));

    /// <summary>The namespace and the class in it.</summary>
    internal string Write(ClassName names)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $$"""
            namespace {{names.Namespace}}
            {
                /// <summary>The network that the head of this file describes, in integers.</summary>
                /// <remarks>
                /// {{Remarks}}
                /// </remarks>
                public static class {{names.Name}}
                {
                    /// <summary>Number of inputs.</summary>
                    public const int InputCount = {{_network.InputCount}};

                    /// <summary>Number of outputs.</summary>
                    public const int OutputCount = {{_network.OutputCount}};


            """);
        if (_network.HasProbabilities)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                        /// <summary>Fraction bits of the outputs, which are logits, as NeuralEdge.Numerics.Softmax.Evaluate wants them.</summary>
                        public const int LogitFractionBits = {{_network.GetLayer(_network.LayerCount - 1).LogitFractionBits}};


                """);
        }

        foreach ((string array, int length) in _code.Sums)
        {
            text.Append(CultureInfo.InvariantCulture, $"        private static readonly long[] {array} = new long[{length}];\n\n");
        }

        foreach ((string curve, short[] knots) in _curves)
        {
            string lines = string.Join(",\n            ", knots.Chunk(KnotsInALine).Select(line => string.Join(", ", line)));
            text.Append(CultureInfo.InvariantCulture, $"        private static readonly short[] {curve} = new short[]\n        {{\n            {lines},\n        }};\n\n");
        }

        // Not in initialisers: a board runs those in the order in which it loads assemblies, whichever needs which.
        foreach (TableField table in _tables)
        {
            text.Append($"        private static long[] {table.Name};\n\n");
        }

        text.Append(
            """
                    /// <summary>Computes the outputs.</summary>
                    /// <param name="inputs">
                    /// Raw value of each input, <see cref="InputCount"/> of them or more; each is limited to its range, the array stays as
                    /// it is.
                    /// </param>
                    /// <param name="outputs">
                    /// Where the raw outputs go, <see cref="OutputCount"/> of them; an array of its own with as much room or more.
                    /// </param>
                    public static void Forward(int[] inputs, int[] outputs)

            """);
        text.Append(_code.Methods[0].Body);
        foreach (MethodText method in _code.Methods.Skip(1))
        {
            text.Append($"\n        private static void {method.Name}(\n            {method.Declaration})\n").Append(method.Body);
        }

        foreach (TableField table in _tables)
        {
            text.Append(
                $$"""

                        private static long[] Make{{table.Name}}()
                        {
                            return {{Networks}}ActivationTable.Create(
                                {{Networks}}Activation.{{table.Activation}}, {{table.Arguments}}).Entries;
                        }

                """);
        }

        if (_curves.Count > 0)
        {
            text.Append(
                """

                        // The activation of a pre-activation: between two knots, which are 128 apart.
                        private static int Look(int z, short[] knots)
                        {
                            unchecked
                            {
                                int u = Limit(z, -32768, 32767) + 32768;
                                int y = knots[u >> 7];
                                return y + ((((knots[(u >> 7) + 1] - y) * (u & 127)) + 64) >> 7);
                            }
                        }

                """);
        }

        text.Append(
            """

                    // A value, or the end of its range that it has passed.
                    private static int Limit(int value, int minimum, int maximum)
                    {
                        return value < minimum ? minimum : value > maximum ? maximum : value;
                    }
                }
            }

            """);
        return text.ToString();
    }

    private string Remarks => string.Join("\n    /// ", Sentences());

    private IEnumerable<string> Sentences()
    {
        yield return _tables.Count switch
        {
            0 => "Nothing is allocated.",
            1 => "The first inference makes a table of activations: 16 KB, some million instructions. Later ones allocate nothing.",
            _ => $"The first inference makes {_tables.Count} tables of activations: 16 KB, some million instructions each. Later ones allocate nothing.",
        };
        yield return _code.Sums.Count == 0
            ? "Several threads may compute at a time."
            : "One thread may compute at a time: sums are kept in the class.";
    }

    /// <summary>Makes a field for each different table.</summary>
    /// <returns>Its name for each layer, empty for layers without a table.</returns>
    private string[] Tables(PackedLayer[] layers)
    {
        string[] names = new string[layers.Length];
        for (int l = 0; l < layers.Length; l++)
        {
            DenseLayer layer = layers[l].Layer;
            if (layer.Table is not ActivationTable table)
            {
                names[l] = "";
                continue;
            }

            int same = Array.FindIndex(layers, 0, l, earlier => earlier.Layer.Table!.Is(layer.Activation, layer.Slope, table.Multiplier, table.Shift));
            names[l] = same >= 0 ? names[same] : $"Table{_tables.Count}";
            if (same < 0)
            {
                Code[] arguments = [Code.Int(layer.Slope), Code.Int(table.Multiplier), Code.Int(table.Shift)];
                _tables.Add(new TableField(
                    names[l], layer.Activation, string.Join(", ", arguments.Select(a => a.Text)), 2 + arguments.Sum(a => a.Bytes) + (2 * Code.TokenBytes)));
            }
        }

        return names;
    }

    /// <summary>Makes a field with the knots of each layer that is tabulated.</summary>
    /// <returns>Its name for each layer, empty for others.</returns>
    private string[] Curves(PackedLayer[] layers) => Array.ConvertAll(layers, packed =>
    {
        if (packed.Layer.Curve is not ActivationCurve curve)
        {
            return "";
        }

        int same = _curves.FindIndex(earlier => earlier.Knots.AsSpan().SequenceEqual(curve.Knots));
        if (same < 0)
        {
            same = _curves.Count;
            _curves.Add(($"Curve{same}", curve.Knots));
        }

        return _curves[same].Name;
    });

    /// <summary>A field with the entries of a table, and the method that makes them.</summary>
    private sealed record TableField(string Name, Activation Activation, string Arguments, int CodeBytes);
}
