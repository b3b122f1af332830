namespace NeuralEdge.Conversion.Certificates;

/// <summary>How much a proof may take, who may stop it, and who is told how far it is.</summary>
/// <param name="Work">Multiplications it may take, about; the same on every machine, so that the results are too.</param>
/// <param name="Progress">Told now and then; may be null.</param>
/// <param name="Cancellation">Looked at every few milliseconds.</param>
internal readonly record struct Effort(double Work, IProgress<ConversionProgress>? Progress = null, CancellationToken Cancellation = default)
{
    /// <summary>A part of the work.</summary>
    /// <param name="share">0 to 1.</param>
    internal Effort Part(double share) => this with { Work = Work * share };

    /// <summary>Says how far a stage is, and stops it when that is asked for.</summary>
    /// <param name="stage">What is done, for people.</param>
    /// <param name="done">How much of it.</param>
    /// <param name="of">How much there is.</param>
    internal void Step(string stage, double done, double of)
    {
        Cancellation.ThrowIfCancellationRequested();
        Progress?.Report(new ConversionProgress(stage, of > 0 ? Math.Min(1, done / of) : 1));
    }
}
