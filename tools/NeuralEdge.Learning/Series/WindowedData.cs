using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Features;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Series;

/// <summary>
/// A table whose rows follow each other in time, as windows of features: what a network that sees a window learns from. The features
/// are computed by the board's own code, from the integers that a board would sample.
/// </summary>
internal sealed class WindowedData
{
    /// <summary>Most features: a board keeps a picture of no more inputs.</summary>
    internal const int MostFeatures = 32;

    // Wide enough for whole octaves where a window is long enough to have some.
    private const int RoundedHop = 8;

    // A longer or shorter step than a board keeps is told from here on.
    private const double RememberedStep = 0.002;

    // What is rounded by more is not what was asked for.
    private const double MostRounded = 0.3;

    private readonly DataSet _samples;
    private readonly Recordings _recordings;
    private readonly WindowOptions _options;

    private WindowedData(DataSet samples, Recordings recordings, WindowOptions options, BoardSpec wiring, WindowPlan plan, DataSet data)
    {
        _samples = samples;
        _recordings = recordings;
        _options = options;
        Wiring = wiring;
        Plan = plan;
        Data = data;
    }

    /// <summary>How channels and outputs are wired.</summary>
    internal BoardSpec Wiring { get; }

    /// <summary>The windows.</summary>
    internal WindowPlan Plan { get; }

    /// <summary>A row for each window.</summary>
    internal DataSet Data { get; }

    /// <summary>What the features were chosen from; null where somebody named them.</summary>
    internal FeatureChoice? Choice { get; private init; }

    /// <summary>Cuts windows, and chooses features.</summary>
    /// <param name="samples">The samples of the table.</param>
    /// <param name="table">The table.</param>
    /// <param name="options">How it is cut.</param>
    /// <param name="keepRepeats">True: stretches that stand in the table already are cut, too.</param>
    /// <param name="board">How the board is wired; null when nothing says so.</param>
    /// <param name="wire">Wires channels and outputs.</param>
    /// <param name="task">Told how far it is; may be null.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <exception cref="InputRefusedException">No window can be cut; the sentence says why.</exception>
    internal static WindowedData Of(DataSet samples, Table table, WindowOptions options, bool keepRepeats, BoardFile? board, Func<BoardSpec> wire, LongTask? task, CancellationToken cancellation)
    {
        Recordings recordings = Recordings.Of(table, samples, options.Rate, null, SamplesOf(options));
        RequireOneRate(board, recordings.PeriodMs);
        BoardSpec wiring = wire();
        List<DataFinding> findings = [.. samples.Findings];
        if (recordings.Times is string times)
        {
            findings.Add(new DataFinding(DataFindingKind.Windows, $"Column {NumberText.Quote(times)} says when each row was measured."));
        }

        if (Math.Abs(recordings.StepMs - recordings.PeriodMs) > RememberedStep * recordings.PeriodMs)
        {
            findings.Add(new DataFinding(DataFindingKind.Windows, $"Rows are {NumberText.Brief(recordings.StepMs)} ms apart; a board samples every {recordings.PeriodMs} ms, which is taken for the same."));
        }

        (int hop, int hops) = ShapeOf(options, recordings.PeriodMs, findings);
        DataSet fresh = RepeatedRows.LeaveOutStretches(samples, hop * hops, findings, keepRepeats);
        if (fresh.Count < samples.Count)
        {
            samples = fresh;
            recordings = Recordings.Of(table, samples, options.Rate, recordings.PeriodMs, SamplesOf(options));
        }

        if (samples.InputNames.Length > Math.Min(hop, WindowShape.MaxChannels))
        {
            throw new InputRefusedException(
                samples.InputNames.Length > WindowShape.MaxChannels
                    ? $"{samples.InputNames.Length} channels are too many: a board has at most {WindowShape.MaxChannels}; name fewer columns with --inputs."
                    : $"{samples.InputNames.Length} channels are too many for hops of {NumberText.Count(hop, "row")}: a board computes one channel in each row of a hop; give a longer --window or --hop, or fewer columns with --inputs.");
        }

        WindowChannel[] channels = ChannelPlan.Of(samples, wiring, hop * hops);
        bool choose = options.Features is null;
        List<Feature> candidates = options.Features is IReadOnlyList<string> names ? Named(names, channels, hop, hops, findings) : Candidates(channels, hop);
        WindowPlan plan = new(recordings.PeriodMs, hop, hops, channels, candidates);
        DataSet data = Cut(samples, recordings, plan, options.IsRow, findings, task, cancellation);
        RequireClasses(data, recordings, findings);
        FeatureChoice? choice = null;
        if (choose)
        {
            (int[] columns, IReadOnlyList<(string Kind, double Score)> steps) = FeatureSelection.Choose(data, plan, MostFeatures, cancellation);
            findings.Add(new DataFinding(
                DataFindingKind.Windows,
                $"Features chosen by what each adds at stretches held out, judged by a quick model: {string.Join(", ", steps.Select(step => $"{step.Kind} ({NumberText.Percent(Math.Max(0, step.Score))})"))}{new Way("; --features names others", "")}. These figures are the best of many, and flatter."));
            choice = new FeatureChoice(plan, data, columns);
            plan = plan with { Features = [.. columns.Select(c => candidates[c])] };
            data = data.WithColumns(columns);
        }

        return new WindowedData(samples, recordings, options, wiring, plan, data) { Choice = choice };
    }

    /// <summary>The windows of another table, as for a test, without those of samples that were learned from.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <returns>Null when no others are there.</returns>
    /// <exception cref="InputRefusedException">It does not fit.</exception>
    internal DataSet? Like(Table table, CancellationToken cancellation)
    {
        DataSet samples = DataSet.Like(_samples, table);
        List<DataFinding> findings = [.. samples.Findings];
        Recordings Recorded() => Recordings.Of(table, samples, _options.Rate, Plan.PeriodMs, SamplesOf(_options));
        Recordings recordings = Recorded();

        // Where each row of the table is a recording, whole windows are compared later.
        int[] learned = _options.IsRow ? [] : RepeatedRows.AmongLearned(_samples, samples, Plan.Samples);
        if (learned.Length > 0)
        {
            int all = WindowsIn(recordings, samples.Count);
            samples = samples.Select([.. Enumerable.Range(0, samples.Count).Except(learned)], findings);
            if (samples.Count == 0)
            {
                return null;
            }

            recordings = Recorded();
            int left = WindowsIn(recordings, samples.Count);
            if (left == 0 && all > 0)
            {
                return null;
            }

            findings.Add(new DataFinding(DataFindingKind.Copies, Copies.LeftOut(table.Name, all - left, all, "window")) { Rows = all - left });
        }

        return Cut(samples, recordings, Plan, _options.IsRow, findings, null, cancellation);
    }

    private int WindowsIn(Recordings recordings, int rows) => recordings.Stretches.Sum(stretch => Math.Max(0, ((stretch.GetOffsetAndLength(rows).Length - Plan.Samples) / Plan.Hop) + 1));

    /// <summary>The same windows of a board that is wired otherwise.</summary>
    /// <param name="wiring">How channels and outputs are wired.</param>
    /// <param name="cancellation">Looked at often.</param>
    internal WindowedData WiredAs(BoardSpec wiring, CancellationToken cancellation)
    {
        WindowPlan plan = Plan.WithChannels(ChannelPlan.Of(_samples, wiring, Plan.Samples));
        return new WindowedData(_samples, _recordings, _options, wiring, plan, Cut(_samples, _recordings, plan, _options.IsRow, [], null, cancellation));
    }

    private static int SamplesOf(WindowOptions options) => options.IsRow ? (int)Math.Round(options.Seconds * options.Rate!.Value) : 0;

    private static void RequireOneRate(BoardFile? board, int periodMs)
    {
        if (board?.PeriodMs is int wanted and > 0 && wanted != periodMs)
        {
            throw new InputRefusedException($"{board.Name} has \"periodMs\": {wanted}, and the rows are {periodMs} ms apart; a board samples windows as they were recorded: leave periodMs out.");
        }
    }

    private static (int Hop, int Hops) ShapeOf(WindowOptions options, int periodMs, List<DataFinding> findings)
    {
        double hopSeconds = options.HopSeconds ?? options.Seconds / 4;
        double ratio = options.Seconds / hopSeconds;
        int hops = (int)Math.Round(ratio);
        if (hops is not (1 or 2 or 4) || Math.Abs(ratio - hops) > 0.01 * hops)
        {
            throw new InputRefusedException($"a window of {NumberText.Brief(options.Seconds)} s has hops of {NumberText.Brief(options.Seconds / 4)}, {NumberText.Brief(options.Seconds / 2)} or {NumberText.Brief(options.Seconds)} s; give one of them with --hop.");
        }

        int exact = (int)Math.Round(hopSeconds * 1000 / periodMs);
        int hop = options.IsRow ? SamplesOf(options) / hops
            : exact >= 2 * RoundedHop ? (exact + (RoundedHop / 2)) / RoundedHop * RoundedHop : Math.Max(1, exact);
        int samples = hop * hops;
        double asked = options.Seconds * 1000 / periodMs;
        if (samples is < WindowShape.MinSamples or > WindowShape.MaxSamples || Math.Abs(samples - asked) > MostRounded * asked)
        {
            throw new InputRefusedException(
                $"a window of {NumberText.Brief(options.Seconds)} s has {NumberText.Brief(asked)} rows that are {periodMs} ms apart; a window has {WindowShape.MinSamples} to {WindowShape.MaxSamples}: give {NumberText.Brief(WindowShape.MinSamples * periodMs / 1000.0)} to {NumberText.Brief(WindowShape.MaxSamples * (double)periodMs / 1000)} s with --window.");
        }

        string instead = Math.Abs(samples - asked) < 0.01 * asked ? ""
            : $"; {NumberText.Brief(options.Seconds)} s was asked for, but a window is {NumberText.Count(hops, "hop")}, each of {(exact >= 2 * RoundedHop ? $"a multiple of {RoundedHop}" : "whole")} rows";
        findings.Add(new DataFinding(
            DataFindingKind.Windows,
            $"A window has {samples} rows ({NumberText.Brief(samples * periodMs / 1000.0)} s{instead}), and the next one begins {hop} rows later ({NumberText.Brief(hop * periodMs / 1000.0)} s)."));
        return (hop, hops);
    }

    private static List<Feature> Named(IReadOnlyList<string> names, WindowChannel[] channels, int hop, int hops, List<DataFinding> findings)
    {
        string[] twice = [.. names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key)];
        if (twice.Length > 0)
        {
            findings.Add(new DataFinding(DataFindingKind.Windows, $"{string.Join(", ", twice)} {(twice.Length == 1 ? "is" : "are")} named more than once among the features, and taken once."));
        }

        List<Feature> features = [.. channels.SelectMany((channel, c) => names.Distinct().Select(name => FeatureNames.Parse(name, c, channel.Raw.Scale)))];
        foreach (Feature feature in features)
        {
            if (WhyNot(feature, hop, hop * hops) is string reason)
            {
                throw new InputRefusedException($"{FeatureNames.Of(feature, channels[feature.Channel].Raw.Scale)} {reason}; take another window, or leave it out of --features.");
            }
        }

        return features;
    }

    // What no window of this length has.
    private static string? WhyNot(Feature feature, int hop, int samples) => feature.Kind switch
    {
        FeatureKind.Octave when hop % (1 << feature.First) != 0 => $"needs hops of a multiple of {1 << feature.First} rows, and a hop has {hop}",
        FeatureKind.Band when samples % 4 != 0 || samples > WindowShape.MaxBandSamples => $"needs windows of at most {WindowShape.MaxBandSamples} rows, a multiple of 4, and a window has {samples}",
        FeatureKind.Band when 2 * feature.Last >= samples => $"is beyond half the rate of the rows: a window of {samples} rows has bins 1 to {((samples + 1) / 2) - 1}",
        _ => null,
    };

    // Those that were worth most on public recordings of movements, gestures and bearings, and a trend for what is slow.
    private static List<Feature> Candidates(WindowChannel[] channels, int hop)
    {
        int lowest = Math.Min(WindowShape.MaxOctave, int.TrailingZeroCount(hop));
        string[] names = ["mean", "std", "min", "max", "range", "mad", "maxdiff", "crossings", "slope", .. lowest > 0 ? ["octave1"] : (string[])[], .. lowest > 1 ? [$"octave{lowest}"] : (string[])[]];
        return [.. channels.SelectMany((channel, c) => names.Select(name => FeatureNames.Parse(name, c, channel.Raw.Scale)))];
    }

    private static DataSet Cut(DataSet samples, Recordings recordings, WindowPlan plan, bool isRow, List<DataFinding> findings, LongTask? task, CancellationToken cancellation)
    {
        WindowStage stage = new(plan.PlainShape());
        List<double[]> rows = [];
        List<int> last = [];
        List<int> recording = [];
        int used = 0;
        int shortOnes = 0;
        int current = -1;
        Range? before = null;
        foreach (Range stretch in recordings.Stretches)
        {
            cancellation.ThrowIfCancellationRequested();
            (int begin, int length) = stretch.GetOffsetAndLength(samples.Count);
            task?.At((double)begin / samples.Count);
            if (length < plan.Samples)
            {
                shortOnes++;
                continue;
            }

            current += !isRow && before is Range piece && recordings.AreOne(piece, stretch, plan.Samples) ? 0 : 1;
            before = stretch;
            int[][] series = [.. plan.Channels.Select((channel, c) => samples.Inputs[stretch].Select(row => channel.Sample(row[c])).ToArray())];
            foreach ((int end, int[] row) in WindowPlan.Walk(series, stage))
            {
                rows.Add(plan.ToValues(row));
                last.Add(begin + end);
                recording.Add(current);
            }

            used++;
        }

        if (rows.Count == 0)
        {
            throw new InputRefusedException(isRow
                ? $"{recordings.Table}: in every row a sample is missing, and nobody knows where in time the others are; record without gaps."
                : $"{recordings.Table}: no window of {plan.Samples} rows fits into a stretch with one label and no gap; the longest of {recordings.Stretches.Count} has {recordings.Stretches.Max(stretch => stretch.GetOffsetAndLength(samples.Count).Length)} rows: record longer, or give a shorter --window{UnevenText(recordings)}.");
        }

        findings.Add(new DataFinding(
            DataFindingKind.Windows,
            $"{NumberText.Count(rows.Count, "window")} of {NumberText.Count(used, "stretch").Replace("stretchs", "stretches", StringComparison.Ordinal)} with one label and no gap{(shortOnes > 0 ? $"; {shortOnes} {(isRow ? "in which a sample is missing" : "shorter than a window")} left out" : "")}{(shortOnes > used ? UnevenText(recordings) : "")}."));
        return new DataSet
        {
            Task = samples.Task,
            InputNames = [.. plan.Names],
            InputUnits = [.. plan.Units],
            TargetNames = samples.TargetNames,
            TargetUnits = samples.TargetUnits,
            ClassNames = samples.ClassNames,
            Inputs = [.. rows],
            Targets = [.. last.Select(r => samples.Targets[r])],
            Classes = samples.Task == TaskKind.Classify ? [.. last.Select(r => samples.Classes[r])] : [],
            Lines = [.. last.Select(r => samples.Lines[r])],
            Files = samples.Files.Length == 0 ? [] : [.. last.Select(r => samples.Files[r])],
            Findings = findings,
            Recordings = [.. recording],
            Overlap = plan.Hops - 1,
        };
    }

    private static string UnevenText(Recordings recordings) => recordings.Uneven == 0 ? ""
        : $"; {NumberText.Count(recordings.Uneven, "stretch").Replace("stretchs", "stretches", StringComparison.Ordinal)} {(recordings.Uneven == 1 ? "ends" : "end")} where column {NumberText.Quote(recordings.Times!)} goes on by more than one and a half of its usual {NumberText.Brief(recordings.StepMs)} ms, or back: if rows are even and only their times jitter, --rate {NumberText.Brief(1000.0 / recordings.PeriodMs)} says so";

    // A class without a window is in the table, and nothing can be learned of it.
    private static void RequireClasses(DataSet data, Recordings recordings, List<DataFinding> findings)
    {
        string[] without = data.Task != TaskKind.Classify ? [] : [.. Enumerable.Range(0, data.ClassNames.Length).Where(c => !data.Classes.Contains(c)).Select(c => NumberText.Quote(data.ClassNames[c]))];
        if (without.Length > 0 && without.Length >= data.ClassNames.Length - 1)
        {
            throw new InputRefusedException($"{recordings.Table}: only {NumberText.Quote(data.ClassNames[data.Classes[0]])} has stretches as long as a window, so that there is nothing to tell apart; record longer, or give a shorter --window{UnevenText(recordings)}.");
        }

        if (without.Length > 0)
        {
            findings.Add(new DataFinding(
                DataFindingKind.RareLabel,
                $"No stretch of {string.Join(", ", without)} is as long as a window, so nothing is learned of {(without.Length == 1 ? "it" : "them")}; record longer, {new Way("give a shorter --window", "look at fewer seconds")}, or correct the label."));
        }
    }
}
