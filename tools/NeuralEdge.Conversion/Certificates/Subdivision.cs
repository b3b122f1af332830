namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// Cuts the box of all inputs into smaller ones, always those with the largest bounds next, and keeps the largest bound of each
/// output. The number of boxes is fixed beforehand, so that the result does not depend on a machine's speed.
/// </summary>
internal sealed class Subdivision
{
    /// <summary>Multiplications from which a second core is worth its trouble.</summary>
    private const double WorthwhileCost = 10_000;

    /// <summary>Boxes cut at a time, whatever the number of cores.</summary>
    private const int CutAtATime = 4;

    private const string Stage = "proving the error bound";

    private readonly BoxAnalysis[] _analyses;
    private readonly double[] _weightOfInput;
    private readonly ParallelOptions _threads;
    private readonly Effort _effort;

    internal Subdivision(CertifiedLayer[] layers, Func<BoxAnalysis> analysis, Effort effort)
    {
        _analyses = [.. Enumerable.Range(0, 2 * CutAtATime).Select(_ => analysis())];
        _weightOfInput = WeightOfInputs(layers);
        _effort = effort;
        _threads = new ParallelOptions { MaxDegreeOfParallelism = BoxAnalysis.CostOfForms(layers) > WorthwhileCost ? -1 : 1, CancellationToken = effort.Cancellation };
    }

    /// <summary>Cuts the box.</summary>
    /// <param name="low">Smallest inputs in raw steps.</param>
    /// <param name="high">Largest inputs in raw steps.</param>
    /// <param name="boxes">How many boxes to look at, 1 or more.</param>
    /// <returns>The whole box, cut, with bounds of the largest error of each output in each part.</returns>
    internal BoundedBox Cut(double[] low, double[] high, int boxes)
    {
        BoundedBox whole = new(low, high) { Bound = _analyses[0].Bound(low, high) };
        double[] scale = Array.ConvertAll(whole.Bound, bound => bound > 0 ? bound : 1);
        PriorityQueue<BoundedBox, (double, int)> queue = new();
        int number = 0;
        void Add(BoundedBox box)
        {
            double worst = 0;
            for (int o = 0; o < scale.Length; o++)
            {
                worst = Math.Max(worst, box.Bound[o] / scale[o]);
            }

            // Largest first; of equals the one that came first, so that the order is always the same.
            queue.Enqueue(box, (-worst, number++));
        }

        Add(whole);
        BoundedBox[] halves = new BoundedBox[2 * CutAtATime];
        void Analyse(int h) => halves[h].Bound = _analyses[h].Bound(halves[h].Low, halves[h].High);
        for (int looked = 1; looked + 2 <= boxes && queue.Count > 0;)
        {
            int count = 0;
            while (count < halves.Length && looked + count + 2 <= boxes && queue.TryDequeue(out BoundedBox? box, out _))
            {
                if (box.Cut(WidestInput(box)))
                {
                    box.Halves.CopyTo(halves, count);
                    count += 2;
                }
                else
                {
                    // Nothing is worth cutting once the worst box cannot be cut.
                    looked = boxes;
                }
            }

            if (_threads.MaxDegreeOfParallelism == 1)
            {
                for (int h = 0; h < count; h++)
                {
                    Analyse(h);
                }
            }
            else
            {
                Parallel.For(0, count, _threads, Analyse);
            }

            for (int h = 0; h < count; h++)
            {
                Add(halves[h]);
            }

            looked += count;
            _effort.Step(Stage, looked, boxes);
        }

        return whole;
    }

    private int WidestInput(BoundedBox box)
    {
        int widest = 0;
        double most = -1;
        for (int i = 0; i < box.Low.Length; i++)
        {
            double width = (box.High[i] - box.Low[i]) * _weightOfInput[i];
            if (width > most)
            {
                most = width;
                widest = i;
            }
        }

        return widest;
    }

    /// <summary>How much of an input reaches the layer after the first: the product of the magnitudes on the way.</summary>
    internal static double[] WeightOfInputs(CertifiedLayer[] layers)
    {
        CertifiedLayer first = layers[0];
        double[] onward = new double[first.Neurons];
        Array.Fill(onward, 1);
        if (layers.Length > 1)
        {
            for (int j = 0; j < first.Neurons; j++)
            {
                onward[j] = 0;
                for (int k = 0; k < layers[1].Neurons; k++)
                {
                    onward[j] += Math.Abs(layers[1].Weights[(k * first.Neurons) + j]);
                }
            }
        }

        double[] weight = new double[first.Inputs];
        for (int j = 0; j < first.Neurons; j++)
        {
            for (int i = 0; i < weight.Length; i++)
            {
                weight[i] += Math.Abs(first.Weights[(j * weight.Length) + i]) * onward[j];
            }
        }

        return weight;
    }
}
