using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>scale * (x - mean) / sqrt(variance + epsilon) + bias, one set of numbers for each channel (axis 1).</summary>
internal sealed class BatchNormalization() : OnnxOperator("BatchNormalization")
{
    internal override Value Evaluate(NodeContext node)
    {
        if (node.Integer("training_mode", 0) != 0)
        {
            throw node.Refuse("is in training mode", "switch the model to inference (in PyTorch: model.eval()) and export it again");
        }

        AffineValue x = node.Affine(0);
        double[][] parameters = [node.Constant(1, "scale").Data, node.Constant(2, "bias").Data, node.Constant(3, "mean").Data, node.Constant(4, "variance").Data];
        int axis = x.Shape.Length > 1 ? 1 : 0;
        int channels = x.Shape.Length == 0 ? 1 : x.Shape[axis];
        if (parameters.Any(p => p.Length != channels))
        {
            throw node.Refuse($"has {string.Join("/", parameters.Select(p => p.Length))} parameters for {channels} channels", "export it again");
        }

        double epsilon = node.Float("epsilon", 1e-5f);
        int inner = TensorShape.Product(x.Shape, axis + 1, x.Shape.Length);
        return x.Map(node, (e, k) =>
        {
            int channel = k / Math.Max(1, inner) % channels;
            double factor = parameters[0][channel] / Math.Sqrt(parameters[3][channel] + epsilon);
            return e.Plus(-parameters[2][channel]).Times(factor).Plus(parameters[1][channel]);
        });
    }
}
