namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>An input or an output of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">As in the file; 0 when it is no tensor.</param>
/// <param name="Shape">Sizes, -1 where symbolic; null when not declared.</param>
internal sealed record OnnxValueInfo(string Name, long ElementType, long[]? Shape);
