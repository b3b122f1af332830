using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The sum of any number of tensors.</summary>
internal sealed class Sum() : OnnxOperator("Sum")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value sum = node.Input(0);
        for (int i = 1; i < node.InputCount; i++)
        {
            sum = Elementwise.Add(node, sum, node.Input(i), 1);
        }

        return sum;
    }
}
