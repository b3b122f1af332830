using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Learning.Series;

/// <summary>
/// Features chosen anew for each part that is held out, by the other windows alone: of many candidates some fit any labels, and a score
/// of features that the very windows chose which judge it would be good also where there is nothing to learn.
/// </summary>
internal static class NestedFeatures
{
    /// <summary>Chooses for each training.</summary>
    /// <param name="windowed">The windows; null when rows are samples.</param>
    /// <param name="partition">How they are held out.</param>
    /// <param name="told">Told how much is done, 0 to 1.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <returns>Null where nothing is chosen: there are no windows, their features have been named, or none is held out.</returns>
    internal static NestedInputs? Of(WindowedData? windowed, Partition partition, Action<double> told, CancellationToken cancellation)
    {
        if (windowed is not { Choice: FeatureChoice choice } || partition.HeldOut.Count == 0)
        {
            return null;
        }

        int[][] columns = new int[partition.HeldOut.Count][];
        int done = 0;
        object gate = new();
        Parallel.For(0, columns.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, k =>
        {
            DataSet training = choice.Candidates.Select(partition.TrainingRows(k, choice.Candidates.Count));
            columns[k] = training.Count == 0 ? choice.Columns : FeatureSelection.Choose(training, choice.Plan, WindowedData.MostFeatures, cancellation).Columns;
            lock (gate)
            {
                told((double)++done / columns.Length);
            }
        });
        return new NestedInputs(choice.Plan, choice.Candidates, columns, choice.Columns);
    }
}
