using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Turns weighted sums into layers where an activation asks for one.</summary>
internal static class Layers
{
    /// <summary>A layer of the given sums, followed by an activation.</summary>
    internal static SymbolValue Activate(INodeSite site, SymbolValue x, Activation activation, double slope = FloatLayer.DefaultSlope)
    {
        Stage stage = AddLayer(site, x.Stage, x.Elements, activation, slope);
        return SymbolValue.Of(stage, x.Shape);
    }

    /// <summary>
    /// max(low, min(high, x)) out of ReLUs, which is exact: low + relu(x - low) - relu(x - high). It takes two
    /// neurons for each where both ends are given, which is what ReLU6 costs.
    /// </summary>
    internal static SymbolValue Clip(INodeSite site, SymbolValue x, double? low, double? high)
    {
        if (low is null && high is null)
        {
            return x;
        }

        if (low is double onlyLow && high is null)
        {
            SymbolValue above = Activate(site, x.Map(site, (e, _) => e.Plus(-onlyLow)), Activation.Relu);
            return onlyLow == 0 ? above : above.Map(site, (e, _) => e.Plus(onlyLow));
        }

        double top = high!.Value;
        if (low is not double bottom)
        {
            SymbolValue below = Activate(site, x.Map(site, (e, _) => e.Times(-1).Plus(top)), Activation.Relu);
            return below.Map(site, (e, _) => e.Times(-1).Plus(top));
        }

        int n = x.Count;
        Affine[] sums = [.. x.Elements.Select(e => e.Plus(-bottom)), .. x.Elements.Select(e => e.Plus(-top))];
        Stage stage = AddLayer(site, x.Stage, sums, Activation.Relu, FloatLayer.DefaultSlope);
        return new SymbolValue(x.Shape, stage, [.. Enumerable.Range(0, n).Select(k => new Affine([k, n + k], [1, -1], bottom))]);
    }

    /// <summary>
    /// Sums as a linear layer of their own, where multiplying them out would make the network larger than it is:
    /// a bottleneck without activation.
    /// </summary>
    internal static SymbolValue KeepBottleneck(INodeSite site, SymbolValue x, int outputs)
    {
        long merged = (long)x.Stage.Width * outputs;
        long apart = (long)x.Count * (x.Stage.Width + outputs);
        return !x.IsElementwise && merged > apart ? Activate(site, x, Activation.Linear) : x;
    }

    /// <summary>The network whose outputs are the given sums.</summary>
    internal static FloatNetwork Finish(INodeSite site, SymbolValue outputs)
    {
        Stage stage = outputs.IsStage && outputs.Stage.Depth > 0
            ? outputs.Stage
            : AddLayer(site, outputs.Stage, outputs.Elements, Activation.Linear, FloatLayer.DefaultSlope);
        Stack<FloatLayer> layers = new();
        for (Stage? at = stage; at?.Layer is not null; at = at.Before)
        {
            layers.Push(at.Layer);
        }

        return new FloatNetwork([.. layers]);
    }

    private static Stage AddLayer(INodeSite site, Stage stage, Affine[] sums, Activation activation, double slope)
    {
        if (stage.IsSoftmax)
        {
            throw site.Refuse("computes with the result of Softmax, which must come last", "end the network with Softmax and export it again");
        }

        if (stage.Depth >= WorkBudget.MostLayers)
        {
            throw site.Refuse($"would be layer {stage.Depth + 1}, and a board takes {WorkBudget.MostLayers}", "train a network with fewer layers");
        }

        if (sums.Length is 0 or > WorkBudget.WidestLayer)
        {
            throw site.Refuse($"makes a layer of {sums.Length} neurons, and a board takes 1 to {WorkBudget.WidestLayer}", "train a narrower network");
        }

        site.Budget.Cells((long)sums.Length * (stage.Width + 1));
        FloatLayer layer = new(
            Array.ConvertAll(sums, s => s.Row(stage.Width)),
            Array.ConvertAll(sums, s => s.Offset),
            activation,
            slope);
        if (!Array.TrueForAll(layer.Bias, double.IsFinite) || !Array.TrueForAll(layer.Weights, row => Array.TrueForAll(row, double.IsFinite)))
        {
            throw site.Refuse("gets a weight or a bias that is NaN or infinite", "train again or export a sound model");
        }

        return stage.Then(layer);
    }
}
