namespace NeuralEdge.Generators.Kernels;

/// <summary>What one family of generated kernels does with the two sums of a row.</summary>
/// <param name="Name">Start of the class names.</param>
/// <param name="Summary">Start of the summary of each class.</param>
/// <param name="FactorySummary">Summary of the factory method.</param>
/// <param name="Fields">What a kernel keeps beside its rows.</param>
/// <param name="NeedsNumerics">True when the code names something of NeuralEdge.Numerics.</param>
/// <param name="Body">Body of Forward for a number of inputs.</param>
internal sealed record KernelFamily(
    string Name, string Summary, string FactorySummary, (string Type, string Name)[] Fields, bool NeedsNumerics, Func<int, string> Body)
{
    // The lower lane carries an offset of 2^31 that keeps it from borrowing from the upper one.
    internal const string Lower = "((int)s ^ int.MinValue)";
    internal const string Upper = "(s >> 32)";

    internal static readonly KernelFamily[] All =
    [
        new(
            "Single",
            "Accumulator of a single neuron with",
            "A layer of one neuron: its accumulator.",
            [],
            NeedsNumerics: false,
            size => $"            long[] r = _rows[0];\n            y[0] = (int)(\n{Straight(size)}) ^ int.MinValue;\n"),
        new(
            "Raw",
            "Accumulators of two neurons or more with",
            "Two neurons or more: their accumulators.",
            [],
            NeedsNumerics: false,
            size => Loop(size, "", $"                    y[i] = {Lower};\n                    y[i + 1] = (int){Upper};\n")),
        new(
            "Tanh",
            "tanh of two neurons or more with",
            "Two neurons or more with shifts of 0 or more: tanh of their pre-activations.",
            [("sbyte[]", "shifts")],
            NeedsNumerics: true,
            size => Loop(
                size,
                "            sbyte[] h = _shifts;\n" + Tables,
                $"                    z = {Lower} >> h[i];\n{Tanh("y[i] = ")}\n                    z = (int){Upper} >> h[i + 1];\n{Tanh("y[i + 1] = ")}\n")),
    ];

    internal const string Tables =
        """
                    int[] c0 = TanhTable.C0;
                    int[] c1 = TanhTable.C1;
                    short[] c2 = TanhTable.C2;

        """;

    // An odd layer's first two rows overlap in one neuron: cheaper than a test in the loop.
    private static string Loop(int size, string tables, string lanes) =>
        $$"""
        {{KernelSource.Begin(
            size,
            "",
            KernelSource.Input,
            "            long[] r;\n            long s;\n" + (tables.Contains("c0", StringComparison.Ordinal) ? "            int z;\n            int k;\n" : "")
                + "            long[][] w = _rows;\n            int i = w.Length - 2;\n" + tables,
            "int[] y")}}            while (true)
                    {
                        while (i >= 0)
                        {
                            r = w[i];
                            s =
        {{KernelSource.Sum(size, "                        ")}};
        {{lanes}}                    i -= 2;
                        }

                        if (i == -2)
                        {
                            return;
                        }

                        i = 0;
                    }

        """;

    private static string Straight(int size)
    {
        string terms = string.Concat(Enumerable.Range(0, size).Select(k => $"{(k % 4 == 0 ? "\n                + " : " + ")}(r[{k}] * x[{k}])"));
        return $"                r[{size}]{terms}";
    }

    /// <summary>Code that computes tanh of the local z; z is lost.</summary>
    /// <param name="before">What stands before the value.</param>
    /// <remarks>
    /// One unsigned comparison tests sign and size. Negated, int.MinValue would be taken for a positive number, but no
    /// accumulator can hold it.
    /// </remarks>
    internal static string Tanh(string before) =>
        $$"""
                            if ((uint)z < Tanh.AlmostOne)
                            {
                                k = z >> Tanh.SegmentBits;
                                z &= Tanh.SegmentMask;
                                {{before}}(c0[k] + ((c1[k] + (c2[k] * z >> 10)) * z >> 6)) >> 14;
                            }
                            else
                            {
                                z = -z;
                                if ((uint)z < Tanh.AlmostOne)
                                {
                                    k = z >> Tanh.SegmentBits;
                                    z &= Tanh.SegmentMask;
                                    {{before}}-((c0[k] + ((c1[k] + (c2[k] * z >> 10)) * z >> 6)) >> 14);
                                }
                                else if (z > 0)
                                {
                                    {{before}}z < Tanh.One ? -32767 : -32768;
                                }
                                else
                                {
                                    {{before}}z > -Tanh.One ? 32767 : 32768;
                                }
                            }

        """;
}
