using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Turns weighted sums into layers where an activation asks for one.</summary>
internal static class LayerBuilder
{
    /// <summary>A layer of the given sums, followed by an activation.</summary>
    internal static AffineValue Activate(INodeContext node, AffineValue x, Activation activation, double slope = FloatLayer.DefaultSlope)
    {
        LayerOutputs layer = AddLayer(node, x.Source, x.Elements, activation, slope, ExpressionOf(activation, slope));
        return AffineValue.Of(layer, x.Shape);
    }

    /// <summary>
    /// An activation of numbers of any kind. What is still being put together stays so, unless it is what a board has, and
    /// an activation on top makes nothing simpler of it.
    /// </summary>
    internal static Value ActivateAny(INodeContext node, Value x, Activation activation, double slope = FloatLayer.DefaultSlope)
    {
        switch (x)
        {
            case ConstantValue constant:
                return constant.Map(node, ExpressionOf(activation, slope)!.At);
            case AffineValue affine:
                return activation is Activation.Relu or Activation.LeakyRelu && Through(node, affine, activation, slope) is Value folded
                    ? folded
                    : activation == Activation.LeakyRelu && slope is not (>= 0 and <= 32767.0 / 32768)
                        ? Pointwise.Apply(node, affine, s => ExpressionOf(activation, slope)!.Of(s))
                        : Activate(node, affine, activation, slope);
            case PointwiseValue pointwise:
                Value composed = Pointwise.Apply(node, pointwise, s => ExpressionOf(activation, slope)!.Of(s));
                return FunctionLayer.IsOfBoard(node, pointwise) && !(composed is PointwiseValue p && FunctionLayer.IsOfBoard(node, p))
                    ? Activate(node, pointwise.ToLayer(node), activation, slope)
                    : composed;
            default:
                throw Elementwise.NoNumbers(node);
        }
    }

    /// <summary>
    /// Values as forms over one layer: constants are forms without factors, and layers that take the same numbers and have
    /// the same activation are one, side by side. Null when the values are of layers that cannot be one.
    /// </summary>
    internal static AffineValue[]? TryJoin(INodeContext node, IReadOnlyList<Value> values)
    {
        LayerOutputs[] sources = [.. values.OfType<AffineValue>().Select(v => v.Source).Distinct()];
        if (sources.Length == 0 || values.Any(v => v is not (AffineValue or ConstantValue)))
        {
            throw Elementwise.NoNumbers(node);
        }

        LayerOutputs joined = sources[0];
        Dictionary<LayerOutputs, int> starts = new() { [joined] = 0 };
        if (sources.Length > 1)
        {
            if (sources.Any(s => s.Previous is null || s.Previous != joined.Previous || s.Function is null || s.Function != joined.Function || s.Layer!.Slope != joined.Layer!.Slope))
            {
                return null;
            }

            int width = 0;
            foreach (LayerOutputs source in sources)
            {
                starts[source] = width;
                width += source.Width;
            }

            node.Budget.Cells(width);
            joined = AddLayer(
                node, joined.Previous!, [.. sources.SelectMany(s => s.Indices.Select(s.SumOf))], joined.Layer!.Function, joined.Layer.Slope, joined.Function);
        }

        node.Budget.Cells(values.Sum(v => (long)v.Count));
        return [.. values.Select(v => v is AffineValue a
            ? (sources.Length == 1 ? a : new AffineValue(a.Shape, joined, Array.ConvertAll(a.Elements, e => e with { Indices = Array.ConvertAll(e.Indices, i => i + starts[a.Source]) }), a.Labels))
            : new AffineValue(v.Shape, joined, Array.ConvertAll(((ConstantValue)v).Data, c => new AffineForm([], [], c))))];
    }

    /// <summary>Numbers that are still being put together as outputs of a layer; others as they are.</summary>
    internal static Value ToLayer(INodeContext node, Value x) => x is PointwiseValue pointwise ? pointwise.ToLayer(node) : x;

    /// <summary>A layer of the given sums, followed by a leaky ReLU of a slope that a board holds: 15 fraction bits, below 1.</summary>
    internal static AffineValue LeakyRelu(INodeContext node, AffineValue x, double slope) => slope is >= 0 and <= 32767.0 / 32768
        ? Activate(node, x, Activation.LeakyRelu, slope)
        : throw node.Refuse($"has the slope {slope:G4}, and a board takes 0 to 0.99997", "train with another slope");

    /// <summary>
    /// max(low, min(high, x)) out of ReLUs, which is exact: low + relu(x - low) - relu(x - high). It takes two
    /// neurons for each where both ends are given, which is what ReLU6 costs.
    /// </summary>
    internal static Value Clip(INodeContext node, Value x, double? low, double? high) =>
        low is null && high is null ? x : Pointwise.Apply(node, x, s => ActivationLibrary.Clip(s, low, high));

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
            : AddLayer(node, outputs.Source, outputs.Elements, Activation.Linear, FloatLayer.DefaultSlope, Scalar.Variable);
        Stack<FloatLayer> layers = new();
        for (LayerOutputs? at = last; at?.Layer is not null; at = at.Previous)
        {
            if (at.Layer.Function is PendingActivation pending)
            {
                throw node.Refuse($"comes out of {pending.Described}, which boards do not have", PendingActivation.Advice);
            }

            layers.Push(at.Layer);
        }

        return new FloatNetwork([.. layers]);
    }

    /// <summary>A layer of the given sums.</summary>
    /// <param name="node">The node, for refusals.</param>
    /// <param name="source">What the sums are over.</param>
    /// <param name="sums">One for each neuron.</param>
    /// <param name="activation">What follows them.</param>
    /// <param name="slope">Its slope below zero, where it has one.</param>
    /// <param name="function">The activation as an expression; null of softmax.</param>
    internal static LayerOutputs AddLayer(INodeContext node, LayerOutputs source, AffineForm[] sums, ActivationFunction activation, double slope, Scalar? function)
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

        return source.Then(layer, function);
    }

    private static Scalar? ExpressionOf(Activation activation, double slope) => activation switch
    {
        Activation.Linear => Scalar.Variable,
        Activation.Relu => ActivationLibrary.Relu(Scalar.Variable),
        Activation.LeakyRelu => ActivationLibrary.LeakyRelu(Scalar.Variable, slope),
        Activation.Tanh => Scalar.Apply(UnaryFunction.Tanh, Scalar.Variable),
        Activation.Sigmoid => Scalar.Apply(UnaryFunction.Sigmoid, Scalar.Variable),
        _ => null,
    };

    // A rectifier of what a rectifier gave, number by number, is one layer of rectifiers.
    private static Value? Through(INodeContext node, AffineValue x, Activation activation, double slope)
    {
        Value folded = Pointwise.Apply(node, x, s => ExpressionOf(activation, slope)!.Of(s));
        return Pointwise.SourceOf(folded) != x.Source ? folded : null;
    }
}
