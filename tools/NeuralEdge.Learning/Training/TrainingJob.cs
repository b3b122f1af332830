namespace NeuralEdge.Learning.Training;

/// <summary>The rows to learn from and those that decide when to stop, beside all of them.</summary>
internal sealed record TrainingJob(TrainingRows Training, TrainingRows Validation, TrainingRows All)
{
    public bool HasValidation { get; init; }

    public double[]? ClassWeights { get; init; }

    public double[][] AllInputs => All.Inputs;

    public TrainingJob Whole() => this with { Training = All };
}
