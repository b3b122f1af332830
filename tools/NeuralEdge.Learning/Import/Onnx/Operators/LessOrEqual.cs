using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>a &lt;= b: the condition of a rectifier that is written with Where.</summary>
internal sealed class LessOrEqual() : ComparisonOperator("LessOrEqual", BinaryFunction.LessOrEqual);
