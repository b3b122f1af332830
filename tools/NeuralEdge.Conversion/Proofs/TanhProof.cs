using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Proofs;

/// <summary>
/// Looks at tanh and sigmoid for every input. Below saturation each result is compared with a reference of 62 bits; above, a
/// comparison with the one correct value is enough, because tanh rises.
/// </summary>
public static class TanhProof
{
    /// <summary>Largest error that is promised, in last places of the result.</summary>
    public const double MostError = Activations.Tanh.LargestError;

    /// <summary>Largest size of the table that is promised, in bytes.</summary>
    public const int MostTableBytes = 1800;

    private const int BlockBits = 16;

    // What the largest error promised is in the unit of the reference, rounded down.
    private const long MostReferenceError = TanhReference.Lsb / 100 * 51;

    /// <summary>Proves the promises for tanh and sigmoid.</summary>
    /// <param name="saturatedStep">
    /// 1: all 2^32 inputs. More: of the blocks of 65,536 inputs that are saturated throughout only every so-many-th one is
    /// looked at; all others are always looked at in full.
    /// </param>
    /// <param name="task">Told how much is done; may be null.</param>
    public static IReadOnlyList<ProofFigure> Run(int saturatedStep, LongTask? task = null)
    {
        long[] reference = TanhReference.Compute();
        Domain tanh = Measure(reference, x => Tanh.Evaluate(x));
        Domain sigmoid = Measure(reference, x => Sigmoid.Evaluate(x) - 32768);
        (long inputs, long wrong) = Everywhere(saturatedStep, task);
        return
        [
            ProofFigure.Information("tanh", "inputs looked at", inputs),
            ProofFigure.AtMost("tanh", "largest error in LSB of Q0.15", (double)tanh.WorstError / TanhReference.Lsb, MostError),
            ProofFigure.Exactly("tanh", "inputs above that error", tanh.AboveBound, 0),
            ProofFigure.Exactly("tanh", "misrounded of the 65,536 inputs of Q3.12", tanh.MisroundedOnGrid, 0),
            ProofFigure.Information("tanh", "misrounded of all inputs", tanh.Misrounded),
            ProofFigure.Exactly("tanh", "inputs whose rounding 62 bits leave open", tanh.Undecided, 0),
            ProofFigure.Exactly("tanh", "steps down", tanh.StepsDown, 0),
            ProofFigure.Exactly("tanh", "inputs where f(-x) is not -f(x)", tanh.NotOdd, 0),
            ProofFigure.Exactly("tanh", "first input with the result 32767", FirstAt(32767), Tanh.AlmostOne),
            ProofFigure.Exactly("tanh", "first input with the result 32768", FirstAt(32768), Tanh.One),
            ProofFigure.Exactly("tanh", "inputs where array and single form or saturation differ", wrong, 0),
            ProofFigure.AtMost("tanh", "bytes of tables", TableBytes, MostTableBytes),
            ProofFigure.AtMost("sigmoid", "largest error in LSB of Q0.16", (double)sigmoid.WorstError / TanhReference.Lsb, MostError),
            ProofFigure.Exactly("sigmoid", "misrounded of the 65,536 inputs of Q4.11", sigmoid.MisroundedOnGrid, 0),
            ProofFigure.Exactly("sigmoid", "steps down", sigmoid.StepsDown, 0),
            ProofFigure.Exactly("sigmoid", "inputs where f(-x) is not 1 - f(x)", sigmoid.NotOdd, 0),
        ];
    }

    private static int TableBytes => (4 * TanhTable.C0.Length) + (4 * TanhTable.C1.Length) + (2 * TanhTable.C2.Length);

    // Both functions are odd about their middle, so that the reference of x serves -x.
    private static Domain Measure(long[] reference, Func<int, int> function)
    {
        Domain domain = default;
        int before = 0;
        for (int x = 0; x < reference.Length; x++)
        {
            int y = function(x);
            long error = Math.Abs(((long)y << TanhReference.LsbFractionBits) - reference[x]);
            bool misrounded = y != TanhReference.Round(reference[x]);
            domain.WorstError = Math.Max(domain.WorstError, error);
            domain.AboveBound += error > MostReferenceError ? 1 : 0;
            domain.NotOdd += function(-x) != -y ? 1 : 0;
            domain.StepsDown += y < before ? 1 : 0;

            // Both signs count, and 0 once.
            int inputs = x == 0 ? 1 : 2;
            domain.Misrounded += misrounded ? inputs : 0;
            domain.MisroundedOnGrid += misrounded && x % 16 == 0 ? inputs : 0;
            domain.Undecided += TanhReference.DistanceToTie(reference[x]) <= 1 ? 1 : 0;
            before = y;
        }

        return domain;
    }

    /// <summary>The array form, which the layers use, and the single form against the results below saturation and 1 above.</summary>
    private static (long Inputs, long Wrong) Everywhere(int saturatedStep, LongTask? task)
    {
        int[] rising = new int[Tanh.One + 1];
        for (int x = 0; x < rising.Length; x++)
        {
            rising[x] = Tanh.Evaluate(x);
        }

        long inputs = 0;
        long wrong = 0;
        int done = 0;
        int firstInside = -Tanh.One >> BlockBits;
        int lastInside = Tanh.One >> BlockBits;
        int half = 1 << (31 - BlockBits);
        Parallel.For(
            -half,
            half,
            new ParallelOptions { CancellationToken = task?.Cancellation ?? default },
            () => (Values: new int[1 << BlockBits], Inputs: 0L, Wrong: 0L),
            (block, _, local) =>
            {
                bool inside = block >= firstInside && block <= lastInside;
                if (inside || block == -half || block == half - 1 || (block + half) % saturatedStep == 0)
                {
                    local.Inputs += local.Values.Length;
                    local.Wrong += WrongInBlock(block << BlockBits, local.Values, rising);
                }

                task?.At(Interlocked.Increment(ref done) / (2.0 * half));

                return local;
            },
            local =>
            {
                Interlocked.Add(ref inputs, local.Inputs);
                Interlocked.Add(ref wrong, local.Wrong);
            });
        return (inputs, wrong);
    }

    private static int WrongInBlock(int first, int[] values, int[] rising)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = first + i;
        }

        Tanh.Apply(values, values.Length);
        int wrong = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int x = first + i;
            int expected = x >= Tanh.One ? 32768 : x <= -Tanh.One ? -32768 : x < 0 ? -rising[-x] : rising[x];
            if (values[i] != expected || Tanh.Evaluate(x) != expected)
            {
                wrong++;
            }
        }

        return wrong;
    }

    private static int FirstAt(int result)
    {
        int x = 0;
        while (Tanh.Evaluate(x) < result)
        {
            x++;
        }

        return x;
    }

    private struct Domain
    {
        public long WorstError;
        public int AboveBound;
        public int Misrounded;
        public int MisroundedOnGrid;
        public int Undecided;
        public int NotOdd;
        public int StepsDown;
    }
}
