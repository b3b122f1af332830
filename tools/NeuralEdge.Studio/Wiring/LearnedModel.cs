using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Normality;

namespace NeuralEdge.Studio.Wiring;

/// <summary>What was learned, as far as it is wired to a board: by labels, or from what is normal.</summary>
public sealed class LearnedModel
{
    private readonly Func<ConvertOptions, CancellationToken, ConvertedModel> _rewire;

    /// <summary>What was learned from rows with labels or numbers.</summary>
    /// <param name="result">What came of it.</param>
    public LearnedModel(TrainResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        (Model, Sampled, Classifies, Unwired, Name) = (result.Model, result.Sampled, result.Training.Task == TaskKind.Classify, result.Verdict.Unwired, string.Join(", ", result.Training.TargetNames));
        Answers = result.Answers.Length > 0 ? result.Answers : [.. result.Training.Inputs.Select(result.Model.File.Evaluate)];
        _rewire = (options, cancellation) => Pipeline.Rewire(result, options, cancellation);
    }

    /// <summary>What was learned from normal rows.</summary>
    /// <param name="result">What came of it.</param>
    public LearnedModel(NormalResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        (Model, Sampled, Unwired, Name, Normal) = (result.Model, result.Sampled, [], "normal", result);
        Answers = [.. result.Scores.Select(score => (double[])[score])];
        _rewire = (options, cancellation) => NormalTraining.Rewire(result, options, cancellation);
    }

    /// <summary>The model, wired to nothing yet.</summary>
    public ConvertedModel Model { get; }

    /// <summary>What a board samples for it.</summary>
    public IReadOnlyList<InputSpec> Sampled { get; }

    /// <summary>True when the outputs are classes.</summary>
    public bool Classifies { get; }

    /// <summary>Outputs that no pin should follow.</summary>
    public IReadOnlyList<string> Unwired { get; }

    /// <summary>What the model is called.</summary>
    public string Name { get; }

    /// <summary>What is known of its alarms; null when it has none.</summary>
    public NormalResult? Normal { get; }

    /// <summary>What was answered at rows held out: Answers[row][output].</summary>
    public IReadOnlyList<double[]> Answers { get; }

    /// <summary>Converts it for a board.</summary>
    /// <param name="options">Which board, and in which profile.</param>
    /// <param name="cancellation">Looked at between the steps.</param>
    /// <exception cref="Conversion.InputRefusedException">The board does not fit.</exception>
    public ConvertedModel Rewire(ConvertOptions options, CancellationToken cancellation) => _rewire(options, cancellation);
}
