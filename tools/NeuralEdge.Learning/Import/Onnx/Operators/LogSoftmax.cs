using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The logarithms of probabilities, taken as the probabilities themselves: the largest is the same.</summary>
internal sealed class LogSoftmax() : OnnxOperator("LogSoftmax")
{
    internal override Value Evaluate(NodeContext node)
    {
        node.Note("LogSoftmax is taken as Softmax, so the outputs are probabilities and not their logarithms; the largest output is the same.");
        return Softmax.Probabilities(node);
    }
}
