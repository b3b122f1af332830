using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Workflow;

namespace NeuralEdge.Learning;

/// <summary>A network that was made elsewhere, converted.</summary>
/// <param name="Model">The model in real numbers, in integers, and as a file.</param>
/// <param name="Calibration">The rows it was calibrated with; null when there were none.</param>
/// <param name="Notes">Sentences a person should read: what was approximated, assumed, or left out.</param>
public sealed record ImportResult(ConvertedModel Model, EvaluationSet? Calibration, IReadOnlyList<string> Notes)
{
    /// <summary>Where the difference between real numbers and integers comes from; converts the model in each profile.</summary>
    /// <param name="progress">Told what is done; may be null.</param>
    /// <param name="cancellation">Looked at every few milliseconds.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ConversionAnalysis Analyse(IProgress<ConversionProgress>? progress = null, CancellationToken cancellation = default) =>
        ConversionAnalysis.Of(Model, Calibration ?? EvaluationSet.Spread(Model.Model), progress, cancellation);
}
