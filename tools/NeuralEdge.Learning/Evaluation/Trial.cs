using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>One shape of network, trained once for each set of rows held out.</summary>
/// <param name="Hidden">Neurons of its hidden layers.</param>
/// <param name="Models">Models[training]; null where the rows that were left taught nothing.</param>
/// <param name="Outputs">Outputs[row][output] in real numbers, for the rows held out, each from a network that has not seen it.</param>
/// <param name="Score">As <see cref="Measure"/> has it.</param>
/// <param name="StandardError">By how much the score is uncertain.</param>
internal sealed record Trial(IReadOnlyList<int> Hidden, FloatModel?[] Models, double[][] Outputs, double Score, double StandardError)
{
    /// <summary>
    /// The trials of the shapes that were chosen without each part, 0 to 4: outputs and score are theirs, so that no row judges a shape that
    /// it chose. Null where one shape answers all parts.
    /// </summary>
    internal IReadOnlyList<Trial>? ByPart { get; init; }

    /// <summary>True when all that answers is of the shape that is kept.</summary>
    internal bool IsOfKeptShape => ByPart?.All(trial => trial.Hidden.SequenceEqual(Hidden)) ?? true;

    /// <summary>The trial of the shape that is kept, at all rows: good to choose by, and not to say how good it is.</summary>
    internal Trial Kept { get => field ?? this; init; }

    /// <summary>The trial that answers a part.</summary>
    /// <param name="part">Which, from 0.</param>
    internal Trial Of(int part) => ByPart?[part] ?? this;
}
