using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;

namespace NeuralEdge.Learning.Import.Onnx.Nodes;

/// <summary>An operator of two tensors, number by number, that dense networks have only inside an activation.</summary>
/// <param name="name">Its name in files.</param>
/// <param name="function">What it does to two numbers.</param>
internal abstract class ComparisonOperator(string name, BinaryFunction function) : OnnxOperator(name)
{
    internal sealed override Value Evaluate(NodeContext node) => Pointwise.Combine(node, node.Input(0), node.Input(1), function);
}
