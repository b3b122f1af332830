using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Parsing;

namespace NeuralEdge.Learning.Import.TfLite.Nodes;

/// <summary>What each tensor holds, in real numbers, as far as it is computed or looked up.</summary>
internal sealed class TfLiteValues(TfLiteGraph graph, WorkBudget budget)
{
    private readonly Value?[] _values = new Value?[graph.Tensors.Length];

    /// <summary>What the file says of the distribution of its inputs.</summary>
    internal InputScalers Scalers { get; } = new();

    /// <summary>The range that the first quantisation of the input was calibrated for; null when there is none.</summary>
    internal (double Minimum, double Maximum)? InputRange { get; set; }

    /// <summary>True when weights or activations are 8-bit.</summary>
    internal bool IsQuantised { get; set; }

    /// <summary>A computed tensor, null as long as it is not.</summary>
    internal Value? this[int tensor]
    {
        get => _values[tensor];
        set => _values[tensor] = value;
    }

    /// <summary>A tensor that was computed before, or that the file holds.</summary>
    internal Value Read(INodeContext node, int index)
    {
        if (_values[index] is Value value)
        {
            return value;
        }

        TfLiteTensor tensor = graph.Tensors[index];
        ConstantValue stored = graph.Constant(tensor)
            ?? throw node.Refuse($"takes {ForeignName.Quote(tensor.Name)}, which is made only after it or not at all", "export it again");
        _values[index] = value = tensor.IsQuantised && tensor.Type != TfLiteTensor.Int32 ? Dequantised(node, tensor, stored) : stored;
        return value;
    }

    // scale * (integer - zero point): exact in double, since both have at most 24 bits.
    private ConstantValue Dequantised(INodeContext node, TfLiteTensor tensor, ConstantValue stored)
    {
        IsQuantised = true;
        int channels = tensor.Scales.Length;
        int axis = channels == 1 ? 0 : TensorShape.Axis(tensor.Axis, tensor.Shape.Length);
        if (tensor.ZeroPoints.Length is not 0 && tensor.ZeroPoints.Length != channels
            || (channels > 1 && (axis < 0 || tensor.Shape[axis] != channels))
            || !tensor.Scales.All(s => float.IsFinite(s) && s > 0))
        {
            throw node.Refuse($"takes {ForeignName.Quote(tensor.Name)}, whose {channels} scales and {tensor.ZeroPoints.Length} zero points do not fit its shape {TensorShape.Text(tensor.Shape)}", "export it again");
        }

        int inner = TensorShape.Product(tensor.Shape, axis + 1, tensor.Shape.Length);
        budget.Cells(stored.Count);
        double[] real = new double[stored.Count];
        for (int k = 0; k < real.Length; k++)
        {
            int channel = channels == 1 ? 0 : k / Math.Max(1, inner) % channels;
            double zero = tensor.ZeroPoints.Length == 0 ? 0 : tensor.ZeroPoints[channel];
            real[k] = tensor.Scales[channel] * (stored.Data[k] - zero);
        }

        return new ConstantValue(stored.Shape, real);
    }
}
