using System.Text;
using NeuralEdge.Conversion.Proofs;
using NeuralEdge.Numerics;
using NeuralEdge.Generators.Text;

namespace NeuralEdge.Generators.Tables;

/// <summary>The source files of the core's tables, as text.</summary>
public static class TableSources
{
    /// <summary>Path of the tanh table below the repository's root.</summary>
    public const string TanhPath = "shared/NeuralEdge.Networks/Numerics/TanhTable.g.cs";

    /// <summary>Path of the exponential's tables below the repository's root.</summary>
    public const string ExponentialPath = "shared/NeuralEdge.Networks/Numerics/ExponentialTable.g.cs";

    /// <summary>Bytes of the tanh table as data: two 32-bit and one 16-bit number a segment.</summary>
    public const int TanhBytes = TanhFit.SegmentCount * 10;

    /// <summary>Bytes of the exponential's tables as data.</summary>
    public const int ExponentialBytes = (CoarseCount + FineCount) * 4;

    private const int CoarseCount = (Exponential.Cut >> (Exponential.ArgumentBits - 2)) + 1;
    private const int FineCount = 64;

    /// <summary>Makes TanhTable.g.cs; takes some seconds.</summary>
    public static string Tanh()
    {
        TanhSegment[] segments = TanhFit.Compute();
        StringBuilder source = new();
        source.Append(
            """
            namespace NeuralEdge.Numerics
            {
                /// <summary>
                /// Coefficients of <see cref="Tanh"/>: one parabola for each of the 171 segments of 2048 inputs (1/32 in Q15.16)
                /// that lie below the point where the correctly rounded result stays at 32767.
                /// </summary>
                /// <remarks>
                /// 1,710 bytes as data; the generator says how they are fitted. Read-only by agreement: the device has no read-only arrays.
                /// </remarks>
                internal static class TanhTable
                {

            """);
        Append(source, "Value at the start of the segment, Q0.29, the rounding half of Q0.15 included.", "int", "C0", segments.Select(s => s.C0));
        source.Append('\n');
        Append(source, "First-order coefficients.", "int", "C1", segments.Select(s => s.C1));
        source.Append('\n');
        Append(source, "Second-order coefficients.", "short", "C2", segments.Select(s => s.C2));
        AppendDigest(source, [.. segments.Select(s => s.C0), .. segments.Select(s => s.C1), .. segments.Select(s => s.C2)]);
        source.Append("    }\n}\n");
        return GeneratedText.Of(source.ToString());
    }

    /// <summary>Makes ExponentialTable.g.cs.</summary>
    public static string OfExponential()
    {
        StringBuilder source = new();
        source.Append(
            """
            namespace NeuralEdge.Numerics
            {
                /// <summary>Tables of <see cref="Exponential"/>, Q0.30: exp(-d) is a product of a coarse and a fine factor.</summary>
                /// <remarks>548 bytes as data, each number correctly rounded.</remarks>
                internal static class ExponentialTable
                {

            """);
        int[] coarse = [.. Powers(new ExponentialSequence(1, 4), CoarseCount)];
        // Odd multiples of 1/512: the middles of the intervals.
        int[] middles = [.. Powers(new ExponentialSequence(1, 512), 2 * FineCount).Where((_, k) => (k & 1) == 1)];
        Append(source, "exp(-k/4) for k = 0..72.", "int", "Coarse", coarse);
        source.Append('\n');

        Append(source, "exp(-(2 k + 1)/512) for k = 0..63: the middle of each interval of 1/256.", "int", "Fine", middles);
        AppendDigest(source, [.. coarse, .. middles]);
        source.Append("    }\n}\n");
        return GeneratedText.Of(source.ToString());
    }

    private static IEnumerable<int> Powers(ExponentialSequence sequence, int count)
    {
        for (int k = 0; k < count; k++)
        {
            yield return (int)ExponentialSequence.Round(sequence.Current, 30);
            sequence.Next();
        }
    }

    private static void Append(StringBuilder source, string summary, string type, string name, IEnumerable<int> values)
    {
        source.Append($"        /// <summary>{summary}</summary>\n        internal static readonly {type}[] {name} =\n        {{\n");
        foreach (int[] row in values.Chunk(name is "Coarse" or "Fine" ? 6 : 10))
        {
            source.Append("            ").AppendJoin(", ", row).Append(",\n");
        }

        source.Append("        };\n");
    }

    private static void AppendDigest(StringBuilder source, int[] values)
    {
        int digest = values.Aggregate(0, (sum, value) => unchecked((sum * 31) + value));
        source.Append("\n        /// <summary>What <see cref=\"TableCheck\"/> makes of these numbers.</summary>\n");
        source.Append($"        internal const int Digest = {digest};\n");
    }
}
