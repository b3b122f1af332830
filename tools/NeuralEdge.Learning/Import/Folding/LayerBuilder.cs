using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Turns weighted sums into layers where an activation asks for one.</summary>
internal static class LayerBuilder
{
    /// <summary>A layer of the given sums, followed by an activation.</summary>
    internal static AffineValue Activate(INodeContext node, AffineValue x, Activation activation, double slope = FloatLayer.DefaultSlope)
    {
        LayerOutputs layer = AddLayer(node, x.Source, x.Elements, activation, slope);
        return AffineValue.Of(layer, x.Shape);
    }

    /// <summary>A layer of the given sums, followed by a leaky ReLU of a slope that a board holds: 15 fraction bits, below 1.</summary>
    internal static AffineValue LeakyRelu(INodeContext node, AffineValue x, double slope) => slope is >= 0 and <= 32767.0 / 32768
        ? Activate(node, x, Activation.LeakyRelu, slope)
        : throw node.Refuse($"has the slope {slope:G4}, and a board takes 0 to 0.99997", "train with another slope");

    /// <summary>
    /// max(low, min(high, x)) out of ReLUs, which is exact: low + relu(x - low) - relu(x - high). It takes two
    /// neurons for each where both ends are given, which is what ReLU6 costs.
    /// </summary>
    internal static AffineValue Clip(INodeContext node, AffineValue x, double? low, double? high)
    {
        if (low is null && high is null)
        {
            return x;
        }

        if (low is double onlyLow && high is null)
        {
            AffineValue above = Activate(node, x.Map(node, (e, _) => e.Plus(-onlyLow)), Activation.Relu);
            return onlyLow == 0 ? above : above.Map(node, (e, _) => e.Plus(onlyLow));
        }

        double top = high!.Value;
        if (low is not double bottom)
        {
            AffineValue below = Activate(node, x.Map(node, (e, _) => e.Times(-1).Plus(top)), Activation.Relu);
            return below.Map(node, (e, _) => e.Times(-1).Plus(top));
        }

        int n = x.Count;
        AffineForm[] sums = [.. x.Elements.Select(e => e.Plus(-bottom)), .. x.Elements.Select(e => e.Plus(-top))];
        LayerOutputs layer = AddLayer(node, x.Source, sums, Activation.Relu, FloatLayer.DefaultSlope);
        return new AffineValue(x.Shape, layer, [.. Enumerable.Range(0, n).Select(k => new AffineForm([k, n + k], [1, -1], bottom))]);
    }

    /// <summary>
    /// Sums as a linear layer of their own, where multiplying them out would make the network larger than it is:
    /// a bottleneck without activation.
    /// </summary>
    internal static AffineValue KeepBottleneck(INodeContext node, AffineValue x, int outputs)
    {
        long merged = (long)x.Source.Width * outputs;
        long apart = (long)x.Count * (x.Source.Width + outputs);
        return !x.IsElementwise && merged > apart ? Activate(node, x, Activation.Linear) : x;
    }

    /// <summary>The network whose outputs are the given sums.</summary>
    internal static FloatNetwork Finish(INodeContext node, AffineValue outputs)
    {
        LayerOutputs last = outputs.IsUnchanged && outputs.Source.Depth > 0
            ? outputs.Source
            : AddLayer(node, outputs.Source, outputs.Elements, Activation.Linear, FloatLayer.DefaultSlope);
        Stack<FloatLayer> layers = new();
        for (LayerOutputs? at = last; at?.Layer is not null; at = at.Previous)
        {
            layers.Push(at.Layer);
        }

        return new FloatNetwork([.. layers]);
    }

    private static LayerOutputs AddLayer(INodeContext node, LayerOutputs source, AffineForm[] sums, Activation activation, double slope)
    {
        if (source.IsSoftmax)
        {
            throw node.Refuse("computes with the result of Softmax, which must come last", "end the network with Softmax and export it again");
        }

        if (source.Depth >= NetworkLimits.MostLayers)
        {
            throw node.Refuse($"would be layer {source.Depth + 1}, and a board takes {NetworkLimits.MostLayers}", "train a network with fewer layers");
        }

        if (sums.Length is 0 or > NetworkLimits.WidestLayer)
        {
            throw node.Refuse($"makes a layer of {sums.Length} neurons, and a board takes 1 to {NetworkLimits.WidestLayer}", "train a narrower network");
        }

        node.Budget.Cells((long)sums.Length * (source.Width + 1));
        FloatLayer layer = new(
            Array.ConvertAll(sums, s => s.Row(source.Width)),
            Array.ConvertAll(sums, s => s.Offset),
            activation,
            slope);
        if (!Array.TrueForAll(layer.Bias, double.IsFinite) || !Array.TrueForAll(layer.Weights, row => Array.TrueForAll(row, double.IsFinite)))
        {
            throw node.Refuse("gets a weight or a bias that is NaN or infinite", "train again or export a sound model");
        }

        return source.Then(layer);
    }
}
