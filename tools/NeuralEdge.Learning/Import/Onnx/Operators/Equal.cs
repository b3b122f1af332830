using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>a = b: the condition of a rectifier that is written with Where.</summary>
internal sealed class Equal() : ComparisonOperator("Equal", BinaryFunction.Equal);
