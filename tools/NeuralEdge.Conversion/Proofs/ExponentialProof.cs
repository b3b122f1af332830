using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Proofs;

/// <summary>Looks at the exponential of softmax on the grid of Q.16, every 256th of its inputs, and at neighbours of it.</summary>
public static class ExponentialProof
{
    /// <summary>Largest error that is promised, in last places of Q0.30; a Q0.15 probability has 32,768 of them.</summary>
    public const double MostError = 4;

    private const int GridBits = 16;
    private const int PointsAtOnce = 4096;

    /// <summary>Proves the promises.</summary>
    /// <param name="task">Told how much is done; may be null.</param>
    public static IReadOnlyList<ProofFigure> Run(LongTask? task = null)
    {
        // exp(-k/65536) from the reference; between two of its points the function changes by a factor that is exact in double.
        ExponentialSequence sequence = new(1, 1 << GridBits);
        int points = 18 << GridBits;
        int[] offsets = [0, 1, 85, 128, 255];
        double worst = 0;
        int stepsUp = 0;
        int before = int.MaxValue;
        for (int k = 0; k < points; k++)
        {
            if (k % PointsAtOnce == 0)
            {
                task?.At((double)k / points);
            }

            double exact = Math.ScaleB((double)ExponentialSequence.Round(sequence.Current, 62), -32);
            foreach (int offset in offsets)
            {
                int y = Exponential.Evaluate((k << (Exponential.ArgumentBits - GridBits)) + offset);
                double u = Math.ScaleB(offset, -Exponential.ArgumentBits);
                worst = Math.Max(worst, Math.Abs(y - (exact * (1 - u + (u * u / 2)))));
                stepsUp += y > before ? 1 : 0;
                before = y;
            }

            sequence.Next();
        }

        return
        [
            ProofFigure.Information("exp", "inputs looked at", (double)points * offsets.Length),
            ProofFigure.AtMost("exp", "largest error in LSB of Q0.30", worst, MostError),
            ProofFigure.Information("exp", "steps up between them", stepsUp),
            ProofFigure.Exactly("exp", "exp(-18) and below", Exponential.Evaluate(Exponential.Cut), 0),
            ProofFigure.Information("exp", "bytes of tables", 4 * (ExponentialTable.Coarse.Length + ExponentialTable.Fine.Length)),
        ];
    }
}
