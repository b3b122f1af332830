using NeuralEdge.Conversion;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Learning;

/// <summary>What was asked for of a training, as windows.</summary>
internal static class TrainingWindows
{
    /// <summary>Reads the samples that windows are cut from; whether a recording stands in the table twice shows only then.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="task">Classes or numbers; null to guess.</param>
    /// <param name="looking">Told how much of the table has been looked at; may be null.</param>
    /// <exception cref="InputRefusedException">A column is missing or unusable; the sentence says where.</exception>
    internal static DataSet Samples(TrainOptions request, TaskKind? task, LongTask? looking) => DataSetReader.Read(
        request.Data, request.Targets, task, request.Inputs, request.Ignore, request.Missing, request.Trust, request.Board?.Inputs?.Select(input => input.Name).ToArray() ?? [], null, looking);

    /// <summary>Cuts windows, and chooses features.</summary>
    /// <param name="samples">The samples of the table.</param>
    /// <param name="request">What was asked for, with windows.</param>
    /// <param name="task">Told how far it is; may be null.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <exception cref="InputRefusedException">No window can be cut; the sentence says why.</exception>
    internal static WindowedData Of(DataSet samples, TrainOptions request, LongTask? task, CancellationToken cancellation) => request.Missing == MissingRule.Median
        ? throw new InputRefusedException("--missing median would put made-up samples into windows; leave it out, and no window goes across a row with a missing value.")
        : WindowedData.Of(
            samples,
            request.Data,
            request.Windows!,
            request.KeepRepeats,
            request.Board,
            () => Pipeline.WiringOf(Trainer.Untrained(samples), request, samples.Task == TaskKind.Classify || request.SetsLevels),
            task,
            cancellation);

    /// <summary>
    /// What was asked for without the column of times among the inputs, however it goes: a board cannot measure it, and where times begin
    /// again with each recording it does not look like a clock.
    /// </summary>
    /// <param name="request">What was asked for.</param>
    internal static TrainOptions WithoutTimes(TrainOptions request) =>
        request.Windows is { IsRow: false } && request.Inputs is null
        && TimeColumn.Find(request.Data, [.. request.Targets, .. request.Trust, .. request.Ignore, .. request.Board?.Inputs?.Select(input => input.Name) ?? []]) is TimeColumn times
            ? request with { Ignore = [.. request.Ignore, times.Name] }
            : request;

    /// <summary>What was asked for with samples below each other, where the table has them side by side.</summary>
    /// <param name="request">What was asked for.</param>
    /// <exception cref="InputRefusedException">The table has none side by side, or nothing says how far apart they are.</exception>
    internal static TrainOptions Unfolded(TrainOptions request)
    {
        if (request.Windows is not { IsRow: true } options)
        {
            return request;
        }

        if (options.Rate is not double rate)
        {
            throw new InputRefusedException("--window row needs --rate: how many samples of a row were taken in a second.");
        }

        Table table = WideTable.Unfold(request.Data, request.Targets, out int samples);
        int ofTest = samples;
        Table? test = request.Test is null ? null : WideTable.Unfold(request.Test, request.Targets, out ofTest);
        return ofTest == samples
            ? request with { Data = table, Test = test, Windows = options with { Seconds = samples / rate } }
            : throw new InputRefusedException($"{request.Test!.Name} has {ofTest} samples in a row, and {table.Name} has {samples}; give a test like the table.");
    }
}
