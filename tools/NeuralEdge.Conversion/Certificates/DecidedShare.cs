using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>How much of the box of all inputs a network's decisions are proven in: cuts what is not, the largest part first.</summary>
internal static class DecidedShare
{
    /// <summary>Inputs above which a share that is worth telling would take too many boxes.</summary>
    internal const int MostInputs = 3;

    private const string Stage = "proving decisions";

    /// <summary>Finds the share.</summary>
    /// <param name="integers">The integers.</param>
    /// <param name="layers">The network with its integers.</param>
    /// <param name="rules">What is decided.</param>
    /// <param name="effort">What it may take.</param>
    /// <returns>0 to 1; NaN where it was not looked for.</returns>
    internal static double Of(QuantisedNetwork integers, CertifiedLayer[] layers, DecisionRules rules, Effort effort)
    {
        if (!rules.Any || integers.Inputs.Length > MostInputs)
        {
            return double.NaN;
        }

        BoxAnalysis analysis = new(layers, affine: true, inputRounding: true);
        double[] weights = Subdivision.WeightOfInputs(layers);
        int boxes = (int)Math.Clamp(effort.Work / (BoxAnalysis.CostOfForms(layers) + ErrorBound.WorkOfBox), 1, 1 << 20);
        Queue<(double[] Low, double[] High, double Share)> open = new([(ErrorBound.LowOf(integers), ErrorBound.HighOf(integers), 1.0)]);
        double decided = 0;
        for (int looked = 0; looked < boxes && open.TryDequeue(out (double[] Low, double[] High, double Share) box); looked++)
        {
            if (looked % 64 == 0)
            {
                effort.Step(Stage, looked, boxes);
            }

            if (rules.AreProvenIn(analysis.Values(box.Low, box.High)))
            {
                decided += box.Share;
                continue;
            }

            int widest = Enumerable.Range(0, weights.Length).MaxBy(i => (box.High[i] - box.Low[i]) * weights[i]);
            double[] lowHigh = (double[])box.High.Clone();
            double[] highLow = (double[])box.Low.Clone();
            lowHigh[widest] = highLow[widest] = (box.Low[widest] + box.High[widest]) / 2;
            open.Enqueue((box.Low, lowHigh, box.Share / 2));
            open.Enqueue((highLow, box.High, box.Share / 2));
        }

        return decided;
    }
}
