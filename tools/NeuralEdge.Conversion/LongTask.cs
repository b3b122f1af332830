namespace NeuralEdge.Conversion;

/// <summary>Something that takes long: tells how far it is, and ends when nobody wants it any more.</summary>
/// <param name="stage">What is done, for people.</param>
/// <param name="progress">Told how far it is; may be null.</param>
/// <param name="cancellation">Cancelled when nobody wants it any more.</param>
public sealed class LongTask(string stage, IProgress<ConversionProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Cancelled when nobody wants it any more.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Tells that so much of it is done.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <exception cref="OperationCanceledException">Nobody wants it any more.</exception>
    public void At(double share)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new ConversionProgress(stage, Math.Min(1, share)));
    }
}
