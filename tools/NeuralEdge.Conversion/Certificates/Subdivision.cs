namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// Cuts the box of all inputs into smaller ones, always the one with the largest bound next, and keeps the largest bound of
/// each output. The number of boxes is fixed beforehand, so that the result does not depend on a machine's speed.
/// </summary>
internal sealed class Subdivision
{
    /// <summary>Multiplications from which a second core is worth its trouble.</summary>
    private const double WorthwhileCost = 30_000;

    private readonly BoxAnalysis _analysis;
    private readonly double[] _weightOfInput;
    private readonly bool _parallel;

    internal Subdivision(CertifiedLayer[] layers, BoxAnalysis analysis)
    {
        _analysis = analysis;
        _weightOfInput = WeightOfInputs(layers);
        _parallel = BoxAnalysis.CostOfForms(layers) > WorthwhileCost;
    }

    /// <summary>Largest error of each output over the box.</summary>
    /// <param name="low">Smallest inputs in raw steps.</param>
    /// <param name="high">Largest inputs in raw steps.</param>
    /// <param name="boxes">How many boxes to look at, 1 or more.</param>
    internal double[] Bound(double[] low, double[] high, int boxes)
    {
        double[] whole = _analysis.Bound(low, high);
        double[] scale = Array.ConvertAll(whole, bound => bound > 0 ? bound : 1);
        PriorityQueue<Box, (double, int)> queue = new();
        int number = 0;
        void Add(Box box)
        {
            double worst = 0;
            for (int o = 0; o < scale.Length; o++)
            {
                worst = Math.Max(worst, box.Bound[o] / scale[o]);
            }

            // Largest first; of equals the one that came first, so that the order is always the same.
            queue.Enqueue(box, (-worst, number++));
        }

        Add(new Box(low, high, whole));
        for (int looked = 1; looked + 2 <= boxes; looked += 2)
        {
            Box box = queue.Dequeue();
            int input = WidestInput(box);
            double middle = (box.Low[input] + box.High[input]) / 2;
            if (middle <= box.Low[input] || middle >= box.High[input])
            {
                queue.Enqueue(box, (double.NegativeInfinity, number++));
                break;
            }

            double[] lowHigh = (double[])box.High.Clone();
            double[] highLow = (double[])box.Low.Clone();
            lowHigh[input] = middle;
            highLow[input] = middle;
            Box[] halves = [new Box(box.Low, lowHigh, []), new Box(highLow, box.High, [])];
            void Analyse(int h) => halves[h] = halves[h] with { Bound = BestOf(box.Bound, _analysis.Bound(halves[h].Low, halves[h].High)) };
            if (_parallel)
            {
                Parallel.For(0, 2, Analyse);
            }
            else
            {
                Analyse(0);
                Analyse(1);
            }

            Add(halves[0]);
            Add(halves[1]);
        }

        double[] bound = new double[whole.Length];
        foreach ((Box box, _) in queue.UnorderedItems)
        {
            for (int o = 0; o < bound.Length; o++)
            {
                bound[o] = Math.Max(bound[o], box.Bound[o]);
            }
        }

        return bound;
    }

    // What held for the whole box holds for its half too, should rounding make the half's own bound larger.
    private static double[] BestOf(double[] a, double[] b)
    {
        double[] best = new double[a.Length];
        for (int o = 0; o < best.Length; o++)
        {
            best[o] = Math.Min(a[o], b[o]);
        }

        return best;
    }

    private int WidestInput(Box box)
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
    private static double[] WeightOfInputs(CertifiedLayer[] layers)
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

    private sealed record Box(double[] Low, double[] High, double[] Bound);
}
