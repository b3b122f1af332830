using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>One shape of network, trained once for each set of rows held out.</summary>
/// <param name="Hidden">Neurons of its hidden layers.</param>
/// <param name="Models">Models[training]; null where the rows that were left taught nothing.</param>
/// <param name="Outputs">Outputs[row][output] in real numbers, for the rows held out, each from a network that has not seen it.</param>
/// <param name="Score">As <see cref="Measure"/> has it.</param>
/// <param name="StandardError">By how much the score is uncertain.</param>
internal sealed record Trial(IReadOnlyList<int> Hidden, FloatModel?[] Models, double[][] Outputs, double Score, double StandardError);
