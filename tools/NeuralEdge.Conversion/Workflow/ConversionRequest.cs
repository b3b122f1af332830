using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Workflow;

/// <summary>A model to convert, and what is known about its use.</summary>
/// <param name="Model">Network, names, units; every input needs a range.</param>
/// <param name="Task">What the outputs mean.</param>
/// <param name="Board">How the board is wired; inputs and outputs it does not name stay unwired.</param>
/// <param name="Profile">What to aim at.</param>
/// <param name="About">Free text kept in the file.</param>
/// <param name="Samples">
/// Rows of values the model is for, such as the training data: weights are rounded to suit them, and the largest error at
/// them is kept. Null: rows spread over the ranges.
/// </param>
/// <param name="AcceptError">
/// Share of an output's range that an error may be, and of the rows that may get another class. Null: 1 %, and another class in one row of a thousand; a model that is worse is
/// refused.
/// </param>
/// <param name="Work">Multiplications that proving the error bound, and choosing golden vectors, may take, about.</param>
public sealed record ConversionRequest(
    FloatModel Model,
    ModelTask Task,
    BoardSpec Board,
    Profile Profile,
    string About = "",
    IReadOnlyList<double[]>? Samples = null,
    double? AcceptError = null,
    double Work = ErrorBound.DefaultWork)
{
    /// <summary>What makes the model's inputs of samples; null when they are sampled themselves. The board's sensors are its channels.</summary>
    public WindowPlan? Windows { get; init; }

    /// <summary>Multiplications that looking for a better rounding of the weights may take, about; 0 for none.</summary>
    public double RoundingWork { get; init; } = AdaptiveRounding.DefaultWork;
}
