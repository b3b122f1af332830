using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>What follows from the outputs of a network: the largest of them, or pins that switch at thresholds.</summary>
/// <param name="Compares">True when outputs are compared with each other: a class, or a pin that follows the largest.</param>
/// <param name="Thresholds">Outputs, and values in their units above and below which something else happens.</param>
/// <param name="Probabilities">True when thresholds are of probabilities, which softmax makes of the outputs.</param>
public sealed record DecisionRules(bool Compares, (int Output, double Value)[] Thresholds, bool Probabilities)
{
    /// <summary>More than the error of a board's probability.</summary>
    private const double ProbabilityError = 1.0 / 8192;

    /// <summary>Nothing follows.</summary>
    public static DecisionRules None { get; } = new(false, [], false);

    /// <summary>True when there is something to decide.</summary>
    public bool Any => Compares || Thresholds.Length > 0;

    /// <summary>True when two networks decide alike.</summary>
    /// <param name="real">Scores of one.</param>
    /// <param name="board">Scores of the other.</param>
    internal bool Same(double[] real, double[] board)
    {
        if (Compares && Array.IndexOf(real, real.Max()) != Array.IndexOf(board, board.Max()))
        {
            return false;
        }

        double[] a = ValuesOf(real);
        double[] b = ValuesOf(board);
        return Array.TrueForAll(Thresholds, t => Math.Sign(a[t.Output] - t.Value) == Math.Sign(b[t.Output] - t.Value));
    }

    /// <summary>True when the integers must decide as the real network does at a row.</summary>
    /// <param name="real">Scores of the real network at it.</param>
    /// <param name="near">What is known of the errors near it.</param>
    internal bool AreProvenAt(double[] real, BoxValues near)
    {
        int best = Array.IndexOf(real, real.Max());
        for (int o = 0; Compares && o < real.Length; o++)
        {
            if (o != best && !(real[best] - real[o] > near.LargestErrorDifference(best, o)))
            {
                return false;
            }
        }

        double[] values = ValuesOf(real);
        foreach ((int output, double threshold) in Thresholds)
        {
            (double low, double high) = Around(values[output], values[output], output, near);
            if (low <= threshold && high >= threshold)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when integers and real network decide alike, and the same, for all inputs of a box.</summary>
    /// <param name="box">What is known of it.</param>
    internal bool AreProvenIn(BoxValues box)
    {
        foreach ((int output, double threshold) in Thresholds)
        {
            (double low, double high) = Probabilities
                ? ProbabilityIn(box, output)
                : (box.Low[output] - box.ErrorMagnitude[output], box.High[output] + box.ErrorMagnitude[output]);
            if (low <= threshold && high >= threshold)
            {
                return false;
            }
        }

        return !Compares || Enumerable.Range(0, box.Count).Any(best => Enumerable.Range(0, box.Count).All(o =>
            o == best || box.LeastDifference(best, o) > box.LargestErrorDifference(best, o)));
    }

    private double[] ValuesOf(double[] scores)
    {
        if (!Probabilities)
        {
            return scores;
        }

        double[] values = (double[])scores.Clone();
        Activations.Softmax.Apply(values);
        return values;
    }

    // With logits that differ from each other by up to d more or less, the odds of a class are up to exp(d) times as large.
    private (double Low, double High) Around(double low, double high, int output, BoxValues near)
    {
        if (!Probabilities)
        {
            return (low - near.ErrorMagnitude[output], high + near.ErrorMagnitude[output]);
        }

        double d = 0;
        for (int o = 0; o < near.Count; o++)
        {
            d = Math.Max(d, o == output ? 0 : near.LargestErrorDifference(output, o));
        }

        double odds = Math.Exp(d);
        return ((low / (low + ((1 - low) * odds))) - ProbabilityError, (high * odds / ((high * odds) + 1 - high)) + ProbabilityError);
    }

    private (double Low, double High) ProbabilityIn(BoxValues box, int output)
    {
        double low = 1;
        double high = 1;
        for (int o = 0; o < box.Count; o++)
        {
            if (o != output)
            {
                low += Math.Exp(-box.LeastDifference(output, o));
                high += Math.Exp(box.LeastDifference(o, output));
            }
        }

        return Around(1 / low, 1 / high, output, box);
    }
}
