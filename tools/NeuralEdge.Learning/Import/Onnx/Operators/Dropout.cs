using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The input itself: nothing is dropped in inference.</summary>
internal sealed class Dropout() : OnnxOperator("Dropout")
{
    internal override Value Evaluate(NodeContext node) => node.Optional(2) is ConstantValue { Count: 1 } training && training.Data[0] != 0
        ? throw node.Refuse("is in training mode", "switch the model to inference (in PyTorch: model.eval()) and export it again")
        : node.Input(0);
}
