using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;
using NeuralEdge.Models;

namespace NeuralEdge.Learning.Normality;

/// <summary>Learns what is normal from rows without labels, sets the level of an alarm by later ones, and makes a model of it.</summary>
public static class NormalTraining
{
    // What single windows say is too noisy. Of sixteen a knock, which lies in five, is no third; and at four windows a second half of them are two seconds.
    private const int DefaultAverageShift = 4;
    private const double LearnedShare = 2.0 / 3;
    private const int FewestWindows = 60;

    private const double MillisecondsOfHour = 3_600_000;

    private static readonly string[] Kinds = ["mean", "std", "range", "mad", "maxdiff", "crossings"];

    private static readonly DataFinding TooShort = new(DataFindingKind.Labels, "No stretch of the rows called otherwise is as long as a window, so that nobody knows whether they would be noticed.");

    /// <summary>Learns.</summary>
    /// <param name="options">From what, and what to make of it.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <exception cref="InputRefusedException">The table, an option or the board does not fit.</exception>
    public static NormalResult Run(NormalOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Data.Has(NormalOptions.Output))
        {
            throw new InputRefusedException($"{options.Data.Name} has a column {NumberText.Quote(NormalOptions.Output)}, which is what the model's output is called; name the column otherwise.");
        }

        if (options.Board is { UnfamiliarIsFault: true } silent)
        {
            throw new InputRefusedException($"{silent.Name} has \"onUnfamiliar\": \"safe\", with which the pins go off while inputs are unlike the training, and so just when the alarm should be on; leave it out.");
        }

        if (options.Windows.IsRow)
        {
            throw new InputRefusedException("--normal looks at rows that follow each other in time, and with --window row each row is a recording of its own; give the length of a window, like --window 1s, and a table with a line for each sample.");
        }

        if (options.Target is string target)
        {
            NormalLabels.Require(options.Data, target);
        }

        string[] named = [.. options.Inputs ?? [], .. options.Trust, .. options.Ignore, .. options.Board?.Inputs?.Select(input => input.Name) ?? []];
        NormalLabels? ofTest = options.Test is null ? null : NormalLabels.Of(options.Test, named, options.Target, isChecked: true);

        // Of a table in which all are called normal none should be noticed.
        bool isChecked = options.Test is not null && ofTest is not { Learned: not null, Others: null };
        NormalLabels? labels = NormalLabels.Of(options.Data, named, options.Target, isChecked);
        Table? test = isChecked ? ofTest?.Others ?? options.Test : labels?.Others;
        if (labels is not null)
        {
            options = options with
            {
                Data = labels.Learned ?? options.Data,
                Ignore = [.. options.Ignore, labels.Column],
            };
        }

        TrainOptions request = TrainingWindows.WithoutTimes(RequestOf(options));
        DataSet samples = TrainingWindows.Samples(request, TaskKind.Regress, new LongTask("looking through the table", options.Progress, cancellation));
        WindowedData windowed = TrainingWindows.Of(samples, request, new LongTask("cutting windows", options.Progress, cancellation), cancellation);
        DataSet all = windowed.Data;
        int learned = (int)(LearnedShare * all.Count);
        if (all.Count < FewestWindows)
        {
            throw new InputRefusedException($"{NumberText.Count(all.Count, "window")} {(all.Count == 1 ? "does" : "do")} not tell what is normal; record at least {FewestWindows}, better some days, so that what comes and goes with the day is among them.");
        }

        WindowPlan plan = windowed.Plan;
        (FloatModel model, double ceiling) = ModelOf(all, plan, learned);
        RecentDecisions asked = windowed.Wiring.Decisions ?? new RecentDecisions(1, AverageShiftOf(all, learned), 0, 0);
        BoardSpec wiring = windowed.Wiring with { Decisions = asked };
        ConvertedModel draft = Convert(model, plan, wiring with { Outputs = [] }, all.Inputs, options, cancellation);
        double[] scores = ScoresOf(draft.File, all, learned, asked.AverageShift);
        if (scores.Length == 0)
        {
            throw new InputRefusedException(
                $"an alarm averages over {1 << asked.AverageShift} windows, and no recording among the last third has as many; record longer at a time, or give a smaller \"average\" in the board file's \"decisions\".");
        }

        double hours = HoursOf(plan, scores.Length);
        int allowed = AlarmLevel.Allowed(hours, options.FalseAlarmsPerDay);
        double level = AlarmLevel.Of(scores, allowed, ceiling, asked.AverageShift, plan.Hops);
        if (level > AlarmLevel.Highest(ceiling))
        {
            throw new InputRefusedException(
                $"the last third of the windows is as unlike the others as anything can be, so that no alarm would tell: what comes and goes must be among the rows learned from; record longer, or leave out a column that only drifts with --ignore.");
        }

        (DataSet? others, DataFinding? without) = test is null ? (null, null) : OthersOf(test, windowed, isTold: !isChecked, cancellation);
        DataFinding[] findings =
        [
            .. labels is null ? [] : (DataFinding[])[labels.Finding],
            .. ofTest?.Learned is null ? [] : (DataFinding[])[ofTest.OfTest(options.Test!.Name)],
            .. without is null ? [] : (DataFinding[])[without],
            .. others?.Findings.Where(finding => finding.Kind == DataFindingKind.Copies) ?? [],
            .. options.Board is { HasLevels: true } board ? [LevelsOf(board, level)] : (DataFinding[])[],
            .. all.Findings,
        ];
        foreach (DataFinding finding in findings)
        {
            options.Found?.Report(finding);
        }

        BoardOutput[] loads = [.. wiring.Outputs.Select(load => load with { ArgMax = false, On = level, Off = level * AlarmLevel.EndsAt })];
        ConvertedModel converted = Convert(model, plan, wiring with { Outputs = loads }, all.Inputs, options, cancellation);
        double[] otherScores = others is null ? [] : ScoresAfterUsual(converted.File, others, asked.AverageShift);
        Detection[] tests = others is null ? [] : new DetectionTest(all, learned, others, plan, asked.AverageShift, asked.Votes, allowed).Of(otherScores, level);
        return new NormalResult(
            converted, level, 1 << asked.AverageShift, HoursOf(plan, learned), hours, AlarmLevel.Alarms(scores, level), options.FalseAlarmsPerDay, tests, findings)
        {
            Ceiling = ceiling,
            Scores = scores,
            OtherScores = otherScores,
            OtherRecordings = others is null ? 0 : others.Recordings.Distinct().Count(),
            Samples = samples,
            Windowed = windowed,
            Decisions = asked,
        };
    }

    /// <summary>Converts what was learned once more, for a board that is wired otherwise, with an alarm where its board file says.</summary>
    /// <param name="result">What was learned.</param>
    /// <param name="options">What to make of it.</param>
    /// <param name="cancellation">Looked at between the steps.</param>
    /// <exception cref="InputRefusedException">The board does not fit.</exception>
    public static ConvertedModel Rewire(NormalResult result, ConvertOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        BoardSpec wiring = Pipeline.WiringOf(Trainer.Untrained(result.Samples!), options, classifies: false);
        WindowedData windowed = result.Windowed!.WiredAs(wiring with { Decisions = wiring.Decisions ?? result.Decisions }, cancellation);
        return Converter.Convert(
            new ConversionRequest(result.Model.Model, ModelTask.Regression, windowed.Wiring, options.Profile, Pipeline.About(options.Name ?? "normal", options.Version), windowed.Data.Inputs, options.AcceptError, options.Work) { Windows = windowed.Plan },
            options.Progress,
            cancellation);
    }

    private static DataFinding LevelsOf(BoardFile board, double level) => new(
        DataFindingKind.Levels,
        $"\"on\" and \"off\" in {board.Name} are not used: the alarm begins at {NumberText.Brief(level)}, where the normal rows put it, and ends at {NumberText.Percent(AlarmLevel.EndsAt)} of that.");

    private static TrainOptions RequestOf(NormalOptions options) => new(options.Data.With(NormalOptions.Output, "0"), NormalOptions.Output)
    {
        Inputs = options.Inputs,
        Ignore = options.Ignore,
        Trust = options.Trust,
        Missing = options.Missing,
        KeepRepeats = options.KeepRepeats,
        Windows = options.Windows.Features is null ? options.Windows with { Features = Kinds } : options.Windows,
        Board = options.Board,
        SetsLevels = true,
        Wiring = options.Wiring,
        Profile = options.Profile,
    };

    private static (FloatModel Model, double Ceiling) ModelOf(DataSet all, WindowPlan plan, int learned)
    {
        (double Minimum, double Maximum)[] ranges = Widened(all);
        InputSpec[] inputs = [.. all.InputNames.Select((name, i) => new InputSpec(name, all.InputUnits[i], ranges[i].Minimum, ranges[i].Maximum))];
        double[] steps = [.. plan.Features.Select((_, i) => plan.RawOf(i, ranges[i].Minimum, ranges[i].Maximum, fast: false).Scale)];
        Distance distance = Distance.Of(all.Inputs[..learned], [.. steps.Select(Math.Abs)]);
        return (distance.ToModel(inputs), distance.Ceiling);
    }

    // What is not normal lies outside: half as much again on both sides, so that it is seen how far.
    private static (double Minimum, double Maximum)[] Widened(DataSet all) => Array.ConvertAll(all.InputRanges(), range =>
    {
        double room = range.Maximum > range.Minimum ? (range.Maximum - range.Minimum) / 2 : 1;
        return (range.Minimum - room, range.Maximum + room);
    });

    private static ConvertedModel Convert(FloatModel model, WindowPlan plan, BoardSpec wiring, IReadOnlyList<double[]> rows, NormalOptions options, CancellationToken cancellation) =>
        Converter.Convert(
            new ConversionRequest(model, ModelTask.Regression, wiring, options.Profile, Pipeline.About(options.Name ?? "normal", options.Version), rows, options.AcceptError, options.Work) { Windows = plan },
            options.Progress,
            cancellation);

    private static double HoursOf(WindowPlan plan, int windows) => windows * (double)plan.Hop * plan.PeriodMs / MillisecondsOfHour;

    // So that most windows have an average: in recordings of a few windows there is none over many.
    private static int AverageShiftOf(DataSet rows, int from)
    {
        int shift = DefaultAverageShift;
        int count = 0;
        int[] placeOf = [.. Enumerable.Range(from, rows.Count - from).Select(r => count = r == from || Begins(rows, r) ? 1 : count + 1)];
        while (shift > 0 && 2 * placeOf.Count(place => place >= 1 << shift) < placeOf.Length)
        {
            shift--;
        }

        return shift;
    }

    // As a board has them: integers, averaged from a start on.
    private static double[] ScoresOf(ModelFile file, DataSet rows, int from, int shift)
    {
        ModelOutput unlike = file.Outputs[0];
        List<double> scores = [];
        long average = 0;
        int count = 0;
        for (int r = from; r < rows.Count; r++)
        {
            long output = file.Run(file.ToRaw(rows.Inputs[r]))[0];
            (average, count) = r == from || Begins(rows, r) ? (0, 1) : (average, count + 1);
            average += count <= 1 << shift ? output : ((output << shift) - average) >> shift;
            if (count >= 1 << shift)
            {
                scores.Add(unlike.ToValue(average >> shift));
            }
        }

        return [.. scores];
    }

    // As a board has them that has watched a while: before the first of these rows all was as usual.
    private static double[] ScoresAfterUsual(ModelFile file, DataSet rows, int shift)
    {
        ModelOutput unlike = file.Outputs[0];
        long usual = (long)Math.Round((1 - unlike.Offset) / unlike.Scale);
        long average = 0;
        return [.. rows.Inputs.Select((row, r) =>
        {
            long output = file.Run(file.ToRaw(row))[0];
            average = r == 0 || Begins(rows, r) ? usual << shift : average;
            average += ((output << shift) - average) >> shift;
            return unlike.ToValue(average >> shift);
        })];
    }

    private static bool Begins(DataSet rows, int row) => rows.Recordings.Length > 0 && rows.Recordings[row] != rows.Recordings[row - 1];

    // Labelled rows may be a few between normal ones: that nothing is seen of them is no reason to learn nothing.
    private static (DataSet? Others, DataFinding? Without) OthersOf(Table test, WindowedData windowed, bool isTold, CancellationToken cancellation)
    {
        // Before it has a column more, so that a refusal lists what is there.
        Array.ForEach([.. windowed.Plan.Channels], channel => _ = test.IndexOf(channel.Name));
        try
        {
            return windowed.Like(test.With(NormalOptions.Output, "0"), cancellation) is DataSet others ? (others, null) : (null, new DataFinding(
                DataFindingKind.Copies,
                $"{test.Name}: every window of it is among those learned from, so that nobody knows whether what is not normal would be noticed; give {new Way("--test ", "")}another recording."));
        }
        catch (InputRefusedException) when (isTold)
        {
            return (null, TooShort);
        }
    }
}
