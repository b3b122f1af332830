namespace NeuralEdge.Generators.Kernels;

/// <summary>
/// The kernels that leave packed sums. In the profile fast a row adds up three neurons in one long; the sums stay packed until the
/// next layer reads them, and their activation is the look-up with which it does: nothing is shifted, clamped or stored on the
/// way. Two rows share an array, which halves the cost of the loop around them.
/// </summary>
internal static class LaneKernels
{
    /// <summary>The families.</summary>
    internal static readonly KernelFamily[] Families =
    [
        new(
            "Input",
            "InputKernel",
            "Packed sums of rows with",
            "input",
            "inputs",
            "Rows over inputs: their packed sums.",
            NeedsNumerics: false,
            size => Loop(size, "            int[] x = Inputs;\n", k => $"x[{k}]")),
        new(
            "LookUp",
            "LookUpKernel",
            "Packed sums of a layer with",
            "neuron before it",
            "neurons before it",
            "A layer of the profile fast behind another one: its packed sums.",
            NeedsNumerics: false,
            size => Loop(
                size,
                "            long s;\n            long[] t = Table;\n            long[] a = Before;\n",
                k => $"t[{Index(k % 3, k % 3 == 0 ? $"(s = a[{k / 3}])" : "s")}]")),
    ];

    private static string Loop(int size, string before, Func<int, string> input) =>
        $$"""
        {{KernelText.Begin(size, before, input, "            long[] r;\n            long[][] w = Rows;\n            int i = w.Length;\n            long[] y = Sums;\n")}}            if ((i & 1) != 0)
                    {
                        r = w[--i];
                        y[i] =
        {{KernelText.Sum(size, "                    ")}};
                    }

                    while (i != 0)
                    {
                        r = w[i -= 2];
                        y[i] =
        {{KernelText.Sum(size, "                    ")}};
                        y[i + 1] =
        {{KernelText.Sum(size, "                    ", size + 1)}};
                    }

        """;

    /// <summary>Index of a lane's activation; the top lane needs no mask, because it ends below 2^21 and bit 63 is 0.</summary>
    /// <param name="lane">0..2.</param>
    /// <param name="word">The packed sums.</param>
    private static string Index(int lane, string word) => lane switch
    {
        0 => $"((int){word} >> 10) & 2047",
        1 => $"(int)({word} >> 31) & 2047",
        _ => $"(int)({word} >> 52)",
    };
}
