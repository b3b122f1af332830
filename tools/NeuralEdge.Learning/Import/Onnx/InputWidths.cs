using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>How many numbers an input has whose shape the file leaves open: as many as the first weights take.</summary>
/// <param name="nodes">The nodes that the results need.</param>
/// <param name="constant">The value of a tensor that is known from the file; null when it is not.</param>
internal sealed class InputWidths(IReadOnlyList<OnnxNode> nodes, Func<string, ConstantValue?> constant)
{
    /// <summary>Operators that leave the last dimension as it is, and say nothing of it.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "Identity", "Cast", "CastLike", "Dropout", "Flatten", "Neg", "Abs", "Relu", "Tanh", "Sigmoid", "Clip", "LeakyRelu", "Elu", "Selu", "Gelu", "Erf", "Exp",
        "Softplus", "HardSigmoid", "HardSwish", "DynamicQuantizeLinear", "QuantizeLinear", "DequantizeLinear", "Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Scaler", "PRelu", "Softsign", "Mish", "Celu",
    };

    /// <summary>The width of a tensor; null when nothing tells.</summary>
    /// <param name="tensor">The name of an input.</param>
    internal int? Of(string tensor)
    {
        HashSet<string> same = new(StringComparer.Ordinal) { tensor };
        foreach (OnnxNode node in nodes)
        {
            int at = node.Inputs.FindIndex(same.Contains);
            if (at < 0)
            {
                continue;
            }

            if (Takes(node, at) is int width and > 0 and <= NetworkLimits.WidestLayer)
            {
                return width;
            }

            if (Passing.Contains(node.Operator) && node.Outputs.Count > 0)
            {
                same.Add(node.Outputs[0]);
            }
        }

        return null;
    }

    private int? Takes(OnnxNode node, int at) => node.Operator switch
    {
        "MatMul" or "FusedMatMul" => at == 0 ? Size(node, 1, -2) : Size(node, 0, -1),
        "MatMulInteger" => at == 0 ? Size(node, 1, -2) : null,
        "QLinearMatMul" => at == 0 ? Size(node, 3, -2) : null,
        "Gemm" => at == 0 && !IsSet(node, "transA") ? Size(node, 1, IsSet(node, "transB") ? 1 : 0) : null,
        "BatchNormalization" => Size(node, 1, 0),
        "Scaler" => Several(node.Attributes.GetValueOrDefault("offset")?.Floats.Length) ?? Several(node.Attributes.GetValueOrDefault("scale")?.Floats.Length),
        "LinearRegressor" => Quotient(node, Math.Max(1, (int)Math.Clamp(node.Attributes.GetValueOrDefault("targets")?.Integer ?? 1, 1, NetworkLimits.WidestLayer))),
        "LinearClassifier" => Quotient(node, Math.Max(1, node.Attributes.GetValueOrDefault("intercepts")?.Floats.Length ?? 1)),
        "Einsum" => OfEinsum(node, at),
        "Add" or "Sub" or "Mul" or "Div" or "Max" or "Min" or "PRelu" or "Pow" => Several(node.Inputs.Count == 2 ? Size(node, 1 - at, -1) : null),
        _ => null,
    };

    private int? Size(OnnxNode node, int input, int axis)
    {
        int[]? shape = input < node.Inputs.Count ? constant(node.Inputs[input])?.Shape : null;
        int at = shape is null ? -1 : axis >= 0 ? axis : Math.Max(0, shape.Length + axis);
        return at >= 0 && at < shape!.Length ? shape[at] : null;
    }

    // The letter of the last dimension, looked up in the constant operand.
    private int? OfEinsum(OnnxNode node, int at)
    {
        string[] terms = (node.Attributes.GetValueOrDefault("equation")?.Text ?? "").Replace(" ", "", StringComparison.Ordinal).Split("->")[0].Split(',');
        if (terms.Length != 2 || at > 1 || terms[at].Length == 0)
        {
            return null;
        }

        string other = terms[1 - at];
        int place = other.LastIndexOf(terms[at][^1]);
        return place < 0 ? null : Size(node, 1 - at, place - other.Length);
    }

    private static bool IsSet(OnnxNode node, string attribute) => node.Attributes.GetValueOrDefault(attribute)?.Integer is not (null or 0);

    private static int? Quotient(OnnxNode node, int rows) =>
        node.Attributes.GetValueOrDefault("coefficients")?.Floats.Length is int count && count % rows == 0 ? count / rows : null;

    // One number may stand for all.
    private static int? Several(int? count) => count > 1 ? count : null;
}
