using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx.Nodes;

/// <summary>What all nodes of one file share.</summary>
/// <param name="Budget">What the file may still cost.</param>
/// <param name="Notes">Sentences for the person.</param>
/// <param name="Scalers">What the file says of the distribution of its inputs.</param>
/// <param name="Quantisation">What becomes of the file's integers.</param>
/// <param name="Others">The file beside it that holds its numbers.</param>
internal sealed record ConversionContext(WorkBudget Budget, List<string> Notes, InputScalers Scalers, Quantisation Quantisation, ExternalData Others);
