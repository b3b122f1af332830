using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data;

/// <summary>
/// Leaves out what was pasted into a table again: stretches of rows that stand there already, in the same order, and every row below
/// itself. A held-out row of which a copy was learned shows nothing, and a score from such rows flatters.
/// </summary>
internal static class RepeatedRows
{
    // Slow sensors repeat some rows by chance, but not so many different ones in the same order, each for as long as before.
    private const int FewestChanges = 20;
    private const int FewestDifferent = 17;
    private const double NearlyAll = 0.98;
    private const int MostTimes = 10;
    private const int MostCopies = 3;
    private const int MostSources = 16;
    private const int RunsAtOnce = 1024;
    private const long MostWork = 100_000_000;

    /// <summary>The rows that stand for the first time; the same set where all do.</summary>
    /// <param name="data">The rows in the order of their file.</param>
    /// <param name="findings">Told of the others; becomes the list of the rows that are left.</param>
    /// <param name="keep">True: they stay, and are told of all the same.</param>
    /// <param name="told">Told how much of it is done, 0 to 1.</param>
    internal static DataSet LeaveOut(DataSet data, List<DataFinding> findings, bool keep, Action<double> told)
    {
        if (!Copies.HasFineInput(data.Inputs))
        {
            return data;
        }

        int[] groups = GroupsOf(data);
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        List<Run> runs = RunsOf(rows, groups);
        int times = TimesBelowItself(runs);
        if (times > 1 && keep)
        {
            findings.Add(new DataFinding(DataFindingKind.Copies, $"Every row stands {times} times below itself; all are kept, and a score of rows whose copies were learned flatters."));
            return data;
        }

        if (times > 1)
        {
            rows = [.. runs.SelectMany(run => rows[run.Start..(run.Start + run.Length)].Where((_, k) => k % times == 0))];
            findings.Add(new DataFinding(
                DataFindingKind.Copies,
                $"Every row stands {times} times below itself, as when a log was pasted twice or is faster than its sensor; each is taken once{new Way(" (--repeats keep takes all)", "")}, and {NumberText.Count(rows.Length, data.Noun)} of {data.Count} are left.")
            {
                Rows = data.Count - rows.Length,
            });
        }

        List<Repeat> repeats = RepeatsIn([.. rows.Select(r => groups[r])], told);
        if (repeats.Count > 0)
        {
            int[] again = [.. repeats.SelectMany(repeat => rows[repeat.From..(repeat.To + 1)]).Distinct()];
            if (keep)
            {
                findings.Add(new DataFinding(DataFindingKind.Copies, Sentence(data, rows, repeats, again.Length, $"kept: the score flatters, because the network is judged by rows that it has learned from")) { Rows = again.Length });
            }
            else if (MostCopies * (rows.Length - again.Length) < rows.Length)
            {
                // A timetable, or a model of whole days: nobody pastes a log so often, and one period says little of the others.
                findings.Add(new DataFinding(DataFindingKind.Copies, Periods(data, rows, repeats[0], again.Length)) { Rows = again.Length });
            }
            else
            {
                findings.Add(new DataFinding(DataFindingKind.Copies, Sentence(data, rows, repeats, again.Length, $"left out{new Way(" (--repeats keep has them in)", "")}: a network would be judged by rows that it has learned from")) { Rows = again.Length });
                rows = [.. rows.Except(again)];
            }
        }

        return rows.Length == data.Count ? data : data.Select(rows, findings);
    }

    /// <summary>
    /// Of rows that windows are cut from: the same without stretches that stand there already and are as long as a window. A sample, or a
    /// few, may well come again, and windows that overlap share samples; but a recording that was pasted twice is learned from and judged by.
    /// </summary>
    /// <param name="data">The samples in the order of their file.</param>
    /// <param name="window">Samples of a window.</param>
    /// <param name="findings">Told of them; becomes the list of the samples that are left.</param>
    /// <param name="keep">True: they stay, and are told of all the same.</param>
    internal static DataSet LeaveOutStretches(DataSet data, int window, List<DataFinding> findings, bool keep)
    {
        if (!Copies.HasFineInput(data.Inputs))
        {
            return data;
        }

        int[] rows = [.. Enumerable.Range(0, data.Count)];
        List<Repeat> repeats = [.. RepeatsIn(GroupsOf(data), _ => { }).Where(repeat => repeat.To - repeat.From + 1 >= window)];
        int[] again = [.. repeats.SelectMany(repeat => Enumerable.Range(repeat.From, repeat.To - repeat.From + 1)).Distinct()];
        if (again.Length == 0)
        {
            return data;
        }

        bool isCircle = MostCopies * (rows.Length - again.Length) < rows.Length;
        Saying kept = $"kept: the score flatters, because the network is judged by windows that it has learned from";
        Saying left = $"left out{new Way(" (--repeats keep has them in)", "")}: a network would be judged by windows that it has learned from";
        Saying sentence = isCircle && !keep ? Periods(data, rows, repeats[0], again.Length) : Sentence(data, rows, repeats, again.Length, keep ? kept : left);
        findings.Add(new DataFinding(DataFindingKind.Copies, sentence) { Rows = again.Length });
        return keep || isCircle ? data : data.Select([.. rows.Except(again)], findings);
    }

    /// <summary>
    /// The rows of a table to judge by that stand among those learned from, in the same order and for a window or longer; however windows lie
    /// in them, they show nothing of other recordings.
    /// </summary>
    /// <param name="learned">The samples learned from.</param>
    /// <param name="judges">The samples to judge by.</param>
    /// <param name="window">Samples of a window.</param>
    internal static int[] AmongLearned(DataSet learned, DataSet judges, int window)
    {
        double[][] rows = [.. learned.Inputs, .. judges.Inputs];
        if (!Copies.HasFineInput(rows))
        {
            return [];
        }

        // A row that is like no other keeps a stretch from going on from one table into the other.
        int[] groups = Copies.EqualTo(rows);
        int first = learned.Count + 1;
        return [.. RepeatsIn([.. groups[..learned.Count], -1, .. groups[learned.Count..]], _ => { })
            .Where(repeat => repeat.From >= first && repeat.From - repeat.Lag < learned.Count && repeat.To - repeat.From + 1 >= window)
            .SelectMany(repeat => Enumerable.Range(repeat.From - first, repeat.To - repeat.From + 1))];
    }

    private static int[] GroupsOf(DataSet data) => Copies.EqualTo([.. Enumerable.Range(0, data.Count)
        .Select(r => (double[])[.. data.Inputs[r], .. data.Task == TaskKind.Classify ? [data.Classes[r]] : data.Targets[r]])]);

    private static Saying Sentence(DataSet data, int[] rows, List<Repeat> repeats, int count, Saying fate)
    {
        string more = repeats.Count == 1 ? "" : repeats.Count == 2 ? ", and one more stretch" : $", and {repeats.Count - 1} more stretches";
        return $"{count} of {NumberText.Count(rows.Length, data.Noun)} stand in the table already, in the same order ({Places(data, rows, repeats[0])}{more}), and are {fate}.";
    }

    private static Saying Periods(DataSet data, int[] rows, Repeat first, int count) =>
        $"The log goes in circles: {count} of {NumberText.Count(rows.Length, data.Noun)} stand in it already, in the same order ({Places(data, rows, first)}). They are kept, as a timetable needs them; a score of such a log is one for more of the same circles, and if somebody pasted it together it flatters: take the copies out.";

    private static string Places(DataSet data, int[] rows, Repeat repeat)
    {
        string Lines(int from, int to)
        {
            string file = data.Files.Length == 0 ? "" : data.Files[rows[from]] + " ";
            return $"{file}lines {data.Lines[rows[from]]} to {data.Lines[rows[to]]}";
        }

        return $"{Lines(repeat.From, repeat.To)} are {Lines(repeat.From - repeat.Lag, repeat.To - repeat.Lag)} again";
    }

    // A row that is alone is no such table, and one of long plateaus has as many odd ones as even ones.
    private static int TimesBelowItself(List<Run> runs)
    {
        for (int times = MostTimes; times > 1 && runs.Count >= FewestChanges; times--)
        {
            if (runs.Count(run => run.Length % times == 0) >= NearlyAll * runs.Count)
            {
                return times;
            }
        }

        return 1;
    }

    private static List<Run> RunsOf(int[] rows, int[] groups)
    {
        List<Run> runs = [];
        for (int k = 0; k < rows.Length;)
        {
            int end = k + 1;
            while (end < rows.Length && groups[rows[end]] == groups[rows[k]])
            {
                end++;
            }

            runs.Add(new Run(k, end - k, groups[rows[k]]));
            k = end;
        }

        return runs;
    }

    // Compared run by run, so that hours of one value are one step.
    private static List<Repeat> RepeatsIn(int[] groups, Action<double> told)
    {
        List<Run> runs = RunsOf([.. Enumerable.Range(0, groups.Length)], groups);
        Dictionary<(int Group, int Length), List<int>> earlier = [];
        List<Repeat> repeats = [];
        long work = 0;
        int next = 0;
        for (int s = 0; s < runs.Count && work < MostWork;)
        {
            if (s >= next)
            {
                told((double)s / runs.Count);
                next = s + RunsAtOnce;
            }

            (int best, int source) = (0, 0);
            foreach (int p in earlier.GetValueOrDefault((runs[s].Group, runs[s].Length)) ?? [])
            {
                int length = 0;
                while (s + length < runs.Count && runs[p + length].Group == runs[s + length].Group && runs[p + length].Length == runs[s + length].Length)
                {
                    length++;
                }

                work += length + 1;
                (best, source) = length > best ? (length, p) : (best, source);
            }

            if (best >= FewestChanges && runs.Skip(s).Take(best).DistinctBy(run => run.Group).Take(FewestDifferent).Count() == FewestDifferent)
            {
                int least = repeats.Count == 0 ? 0 : repeats[^1].To + 1;
                repeats.Add(Widest(groups, runs[s].Start, runs[s + best - 1].Start + runs[s + best - 1].Length - 1, runs[s].Start - runs[source].Start, least));
                s += best;
                continue;
            }

            // Two values in turn are alike over and over; what is long and no repeat is passed by as a whole.
            for (int end = s + (best < FewestChanges ? 1 : best); s < end; s++)
            {
                List<int> sources = earlier.TryGetValue((runs[s].Group, runs[s].Length), out List<int>? known) ? known : earlier[(runs[s].Group, runs[s].Length)] = [];
                if (sources.Count < MostSources)
                {
                    sources.Add(s);
                }
            }
        }

        return repeats;
    }

    // The first and the last run may go on where the table does so otherwise.
    private static Repeat Widest(int[] groups, int from, int to, int lag, int least)
    {
        while (from > Math.Max(least, lag) && groups[from - 1] == groups[from - 1 - lag])
        {
            from--;
        }

        while (to + 1 < groups.Length && groups[to + 1] == groups[to + 1 - lag])
        {
            to++;
        }

        return new Repeat(from, to, lag);
    }

    private readonly record struct Run(int Start, int Length, int Group);

    private readonly record struct Repeat(int From, int To, int Lag);
}
