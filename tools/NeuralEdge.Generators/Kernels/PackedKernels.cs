namespace NeuralEdge.Generators.Kernels;

/// <summary>
/// The kernels of the profiles exact and compact: a row adds up two neurons in one long. The lower lane carries an offset of 2^31
/// that keeps it from borrowing from the upper one.
/// </summary>
internal static class PackedKernels
{
    private const string Lower = "((int)s ^ int.MinValue)";
    private const string Upper = "(s >> 32)";

    // What is used most often comes first: an interpreter has shorter operations for the first four locals.
    private const string RawLocals =
        """
                    long[] r;
                    int i;
                    long s;
                    int[] y = Outputs;
                    long[][] w = Rows;
                    i = w.Length - 2;

        """;

    private const string TanhLocals =
        """
                    long[] r;
                    int z;
                    int k;
                    int i;
                    long s;
                    int[] y = Outputs;
                    long[][] w = Rows;
                    i = w.Length - 2;
                    sbyte[] h = Shifts;
                    int[] c0 = TanhTable.C0;
                    int[] c1 = TanhTable.C1;
                    short[] c2 = TanhTable.C2;

        """;

    /// <summary>The families.</summary>
    internal static readonly KernelFamily[] Families =
    [
        new(
            "Single",
            "PackedKernel",
            "Accumulator of a single neuron with",
            "input",
            "inputs",
            "A layer of one neuron: its accumulator.",
            NeedsNumerics: false,
            size => $"            long[] r = Rows[0];\n            int[] x = Inputs;\n            Outputs[0] = (int)(\n{Straight(size)}) ^ int.MinValue;\n"),
        new(
            "Raw",
            "PackedKernel",
            "Accumulators of two neurons or more with",
            "input",
            "inputs",
            "Two neurons or more: their accumulators.",
            NeedsNumerics: false,
            size => Loop(size, RawLocals, $"                    y[i] = {Lower};\n                    y[i + 1] = (int){Upper};\n")),
        new(
            "Tanh",
            "PackedKernel",
            "tanh of two neurons or more with",
            "input",
            "inputs",
            "Two neurons or more with shifts of 0 or more: tanh of their pre-activations.",
            NeedsNumerics: true,
            size => Loop(
                size,
                TanhLocals,
                $"                    z = {Lower} >> h[i];\n{Tanh("y[i] = ")}\n                    z = (int){Upper} >> h[i + 1];\n{Tanh("y[i + 1] = ")}\n")),
    ];

    // An odd layer's first two rows overlap in one neuron: cheaper than a test in the loop.
    private static string Loop(int size, string locals, string lanes) =>
        $$"""
        {{KernelText.Begin(size, "            int[] x = Inputs;\n", k => $"x[{k}]", locals)}}            while (true)
                    {
                        while (i >= 0)
                        {
                            r = w[i];
                            s =
        {{KernelText.Sum(size, "                        ")}};
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
    private static string Tanh(string before) =>
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
