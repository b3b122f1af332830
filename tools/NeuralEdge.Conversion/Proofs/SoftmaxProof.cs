using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Proofs;

/// <summary>
/// Looks at softmax for random logits of every fraction count and for hard ones. Its domain is too large for all inputs; the
/// reference is double, whose error is below a millionth of a last place here.
/// </summary>
public static class SoftmaxProof
{
    /// <summary>Largest error that is promised, in last places of Q0.15.</summary>
    public const double MostError = 0.52;

    private const int VectorsAtOnce = 4096;

    private static readonly int[] ClassCounts = [2, 3, 10];

    /// <summary>Measures softmax.</summary>
    /// <param name="vectors">Random vectors for each number of classes.</param>
    /// <param name="task">Told how much is done; may be null.</param>
    public static IReadOnlyList<ProofFigure> Run(int vectors, LongTask? task = null)
    {
        List<ProofFigure> figures = [];
        for (int c = 0; c < ClassCounts.Length; c++)
        {
            int classes = ClassCounts[c];
            Worst random = Measure(RandomLogits(classes, vectors), done => task?.At((c + Math.Min(1, (double)done / vectors)) / ClassCounts.Length));
            Worst hard = Measure(HardLogits(classes), _ => task?.At((c + 1.0) / ClassCounts.Length));
            figures.Add(ProofFigure.Information("softmax", $"vectors of {classes} classes looked at", (double)random.Vectors + hard.Vectors));
            figures.Add(ProofFigure.AtMost("softmax", $"largest error in LSB of Q0.15, {classes} random logits", random.Error, MostError));
            figures.Add(ProofFigure.AtMost("softmax", $"largest error in LSB of Q0.15, {classes} hard logits", hard.Error, MostError));
            figures.Add(ProofFigure.AtMost("softmax", $"sum off 1 in LSB of Q0.15, {classes} classes", Math.Max(random.Sum, hard.Sum), classes / 2));
        }

        return figures;
    }

    private static IEnumerable<(int[] Logits, int FractionBits)> RandomLogits(int classes, int vectors)
    {
        PortableRandom random = new(classes);
        for (int v = 0; v < vectors; v++)
        {
            // From logits that are nearly equal to some that are far apart, in any format that a layer may have.
            int fractionBits = random.Next(63) - 31;
            double spread = Math.ScaleB(1 + random.NextDouble(), random.Next(8) - 3);
            int[] logits = new int[classes];
            for (int i = 0; i < classes; i++)
            {
                double value = Math.ScaleB(spread * ((2 * random.NextDouble()) - 1), fractionBits);
                logits[i] = (int)Math.Clamp(Math.Round(value), int.MinValue, int.MaxValue);
            }

            yield return (logits, fractionBits);
        }
    }

    // One logit against equal others, at every distance up to the cut and past it, with and without fraction; and the ends.
    private static IEnumerable<(int[] Logits, int FractionBits)> HardLogits(int classes)
    {
        const int FractionBits = 24;
        for (int k = 0; k < 20 << 10; k++)
        {
            int distance = (k << (FractionBits - 10)) + (k % 3) - 1;
            int[] logits = new int[classes];
            logits[k % classes] = distance;
            yield return (logits, FractionBits);
            int[] mirrored = new int[classes];
            mirrored[k % classes] = -distance;
            yield return (mirrored, FractionBits);
        }

        for (int fractionBits = -31; fractionBits <= 31; fractionBits++)
        {
            int[] ends = new int[classes];
            ends[0] = int.MinValue;
            ends[^1] = int.MaxValue;
            yield return (ends, fractionBits);
            yield return (new int[classes], fractionBits);
        }
    }

    private static Worst Measure(IEnumerable<(int[] Logits, int FractionBits)> cases, Action<int> told)
    {
        Worst worst = default;
        foreach ((int[] logits, int fractionBits) in cases)
        {
            if (worst.Vectors % VectorsAtOnce == 0)
            {
                told(worst.Vectors);
            }

            int[] probabilities = new int[logits.Length];
            Numerics.Softmax.Evaluate(logits, logits.Length, fractionBits, probabilities);
            double largest = logits.Max();
            double[] exact = Array.ConvertAll(logits, z => PortableMath.Exp(Math.ScaleB(z - largest, -fractionBits)));
            double sum = exact.Sum();
            int total = 0;
            for (int i = 0; i < exact.Length; i++)
            {
                worst.Error = Math.Max(worst.Error, Math.Abs(probabilities[i] - (32768 * exact[i] / sum)));
                total += probabilities[i];
            }

            worst.Sum = Math.Max(worst.Sum, Math.Abs(total - 32768));
            worst.Vectors++;
        }

        return worst;
    }

    private struct Worst
    {
        public double Error;
        public int Sum;
        public int Vectors;
    }
}
