using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The largest of several values, number by number: a rectifier, where they are constants and functions of the same sums.</summary>
internal sealed class Max() : OnnxOperator("Max")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value result = node.Input(0);
        for (int i = 1; i < node.InputCount; i++)
        {
            result = Pointwise.TryCombine(node, result, node.Input(i), BinaryFunction.Max)
                ?? throw node.Refuse("takes the largest of several values", "only the largest of a value and a constant or of one value in two forms can run on a board, so use Relu");
        }

        return result;
    }
}
