using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Reports;

/// <summary>Runs the real network and the integers side by side and looks at every layer.</summary>
internal static class LayerSurvey
{
    /// <summary>Figures of each layer.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="rows">Rows inside the inputs' ranges.</param>
    internal static LayerFigures[] Of(FloatNetwork exact, QuantisedNetwork integers, IReadOnlyList<double[]> rows)
    {
        IntegerNetwork network = new(integers);
        long[][] worst = AccumulatorBounds.Of(network.Core);
        Tally[] tallies = [.. exact.Layers.Select(_ => new Tally())];
        foreach (double[] row in rows)
        {
            double[][] real = exact.PreActivations(row);
            int[] x = network.ToRaw(row);
            for (int l = 0; l < tallies.Length; l++)
            {
                int[] y = new int[real[l].Length];
                network.Core.GetLayer(l).Forward(x, y);
                tallies[l].Add(exact.Layers[l], integers.Layers[l], real[l], y);
                x = y;
            }
        }

        return [.. tallies.Select((tally, l) => Figures(exact.Layers[l], integers.Layers[l], worst[l].Max(), tally))];
    }

    private static LayerFigures Figures(FloatLayer exact, QuantisedLayer integers, long worst, Tally tally) => new(
        exact.Function,
        exact.InputCount,
        exact.OutputCount,
        integers.WeightBytes,
        integers.Table is not null,
        (integers.Neurons.Min(n => n.Shift), integers.Neurons.Max(n => n.Shift)),
        (-Math.Log2(integers.Neurons.Max(n => n.AccumulatorStep)), -Math.Log2(integers.Neurons.Min(n => n.AccumulatorStep))),
        AccumulatorBounds.HeadroomBits(worst, AccumulatorRange.Limit(integers.Lanes)),
        exact.Function.Format is not null ? (double)tally.AtEnds / tally.Count : double.NaN,
        tally.ErrorSteps,
        tally.Error,
        (exact.Weights.Min(row => row.Min()), exact.Weights.Max(row => row.Max())),
        (tally.Least, tally.Most));

    private sealed class Tally
    {
        internal long Count { get; private set; }

        internal long AtEnds { get; private set; }

        internal double ErrorSteps { get; private set; }

        internal double Error { get; private set; }

        internal double Least { get; private set; } = double.PositiveInfinity;

        internal double Most { get; private set; } = double.NegativeInfinity;

        internal void Add(FloatLayer exact, QuantisedLayer integers, double[] preActivations, int[] y)
        {
            for (int n = 0; n < y.Length; n++)
            {
                double scale = integers.Neurons[n].OutputScale;
                double error = Math.Abs((y[n] * scale) - exact.Function.Evaluate(preActivations[n], exact.Slope));
                Error = Math.Max(Error, error);
                ErrorSteps = Math.Max(ErrorSteps, error / scale);
                Least = Math.Min(Least, preActivations[n]);
                Most = Math.Max(Most, preActivations[n]);
                AtEnds += integers.Function.Format?.IsEnd(y[n], integers.Table is not null) == true ? 1 : 0;
                Count++;
            }
        }
    }
}
