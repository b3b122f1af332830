using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>From answers at rows held out to what can be said of the network.</summary>
internal static class VerdictMaker
{
    private static string LuckOf(string noun) => $"; chance may make such a difference on that many {noun}s";

    /// <summary>The verdict on a network that there are too few rows to judge.</summary>
    internal static Verdict Unjudged(DataSet all, Partition partition, IReadOnlyList<int> hidden, BoardSpec wiring, bool anyway) => new()
    {
        Kind = VerdictKind.Unjudged,
        Sentence = $"Nobody can say how good it is: {NumberText.Count(all.Count, all.Noun)} {(all.Count == 1 ? "is" : "are")} too few to hold some out; record at least 20{(all.Task == TaskKind.Classify ? " of each class" : "")}.",
        Split = SplitKind.None,
        Roughness = partition.Roughness,
        Hidden = hidden,
        Unwired = anyway ? [] : [.. wiring.Outputs.Select(load => load.Name)],
    };

    /// <summary>The verdict on a network that was judged.</summary>
    internal static Verdict Of(Evidence evidence, double shift, bool anyway)
    {
        (DataSet all, DataSet judged, Partition partition) = (evidence.All, evidence.Judged, evidence.Partition);
        bool classifies = all.Task == TaskKind.Classify;
        List<Standing> standings = [StandingOf(classifies ? $"always {Words.Name(all.ClassNames[Majority(evidence)])}" : "always the mean", judged, partition, evidence.Constant)];
        if (evidence.Linear is not null)
        {
            standings.Add(StandingOf(Standing.Linear, judged, partition, evidence.Linear.Scores));
        }

        // One that is worse is no alternative.
        if (evidence.Threshold is not null && ThresholdIsAsGood(evidence))
        {
            standings.Add(StandingOf(OneThreshold.Of(all)!.Name(all), judged, partition, evidence.Threshold));
        }

        if (evidence.Unbalanced is not null)
        {
            standings.Add(StandingOf("this network, --balance off", judged, partition, evidence.Unbalanced.Outputs) with { Plain = "this network, each row counting alike" });
        }

        string name = !evidence.Chosen.IsOfKeptShape ? Standing.ChosenAnew : evidence.Chosen.Hidden.Count == 0 ? "this network, linear" : $"this network, {Shapes.Name(evidence.Chosen.Hidden)}";
        Standing own = StandingOf(name, judged, partition, evidence.Network.Scores);
        standings.Add(own);
        bool[] beaten = [.. Beaten(evidence)];
        bool IsGuessed(BoardOutput load) => !beaten[classifies ? 0 : IndexOf(all, load)];
        bool IsTooFew(BoardOutput load)
        {
            int on = classifies ? judged.Classes.Count(c => c == IndexOf(all, load)) : 0;
            return classifies && !IsGuessed(load) && Math.Min(on, judged.Count - on) < Partition.FewestJudged;
        }

        string[] Names(Func<BoardOutput, bool> which) => anyway ? [] : [.. evidence.Wiring.Outputs.Where(which).Select(load => load.Name)];
        Saying sentence = classifies ? OfClasses(evidence, standings[0], own, beaten[0]) : $"{OfQuantities(evidence, standings[0], own, beaten)}";
        Saying[] remarks = [.. Evaluation.Remarks.Of(evidence)];
        return new Verdict
        {
            Kind = Array.Exists(beaten, better => better) ? VerdictKind.Useful : VerdictKind.NoBetter,
            Sentence = sentence.Terminal,
            PlainSentence = sentence.Page,
            Split = partition.Kind,
            IsLog = partition.IsLog,
            Parts = Words.Parts(partition.PartCount),
            Roughness = partition.Roughness,
            Hidden = evidence.Chosen.Hidden,
            ClassWeights = evidence.ClassWeights ?? [],
            Shift = shift,
            Standings = standings,
            Classes = classifies ? Figures(judged, own.Scores) : [],
            Mistakes = classifies ? Mistake.OfClasses(judged, evidence.Network) : Mistake.OfQuantities(judged, evidence.Network),
            Pins = [.. evidence.Wiring.Outputs.Select(load => PinFigures.Of(load, IndexOf(all, load), judged, evidence.Network, partition.IsLog))],
            PinsDecideInOrder = evidence.Network.Pins is not null,
            PinsBegin = evidence.Network.Pins is null ? "" : PinStarts.OfOneClass(evidence.Wiring, judged, partition),
            Unwired = Names(load => IsGuessed(load) || IsTooFew(load)),
            TooFewJudged = Names(IsTooFew),
            Warnings =
            [
                .. classifies ? Evaluation.Remarks.WarningsOf(Figures(judged, own.Scores), judged.Noun) : [],
                .. evidence.Network.Pins is not null && PinStarts.TooShort(evidence.Wiring, judged, partition) is string tooShort ? [tooShort] : (string[])[],
                .. Evaluation.Remarks.WarningsOf(evidence.Recorded, partition.Kind == SplitKind.OtherTable),
            ],
            Remarks = [.. remarks.Select(remark => remark.Terminal)],
            PlainRemarks = [.. remarks.Select(remark => remark.Page)],
        };
    }

    /// <summary>True when comparing one input with one number is within one standard error of the network.</summary>
    internal static bool ThresholdIsAsGood(Evidence evidence) =>
        evidence.ClassWeights is null && Scores.Of(evidence.Judged, evidence.Threshold!).Accuracy >= evidence.Chosen.Score - evidence.Chosen.StandardError;

    private static int IndexOf(DataSet all, BoardOutput load) => Array.IndexOf(all.OutputNames, load.Name);

    private static int Majority(Evidence evidence) => Array.IndexOf(evidence.Constant[0], evidence.Constant[0].Max());

    // One for a classifier, one for each quantity.
    private static IEnumerable<bool> Beaten(Evidence evidence) => evidence.All.Task == TaskKind.Classify
        ? [Chance.IsBeaten(evidence.Judged, evidence.Partition.PartOf, evidence.Network.Scores, Majority(evidence), evidence.ClassWeights is not null || evidence.Goal is not null)]
        : Enumerable.Range(0, evidence.All.TargetNames.Length)
            .Select(j => Chance.IsBeaten(evidence.Judged, evidence.Partition.PartOf, evidence.Network.Values, j, evidence.Constant[0][j]));

    private static Standing StandingOf(string name, DataSet judged, Partition partition, double[][] outputs)
    {
        Scores scores = Scores.Of(judged, outputs);
        int[][] parts = [.. Enumerable.Range(0, judged.Count).GroupBy(r => partition.PartOf[r]).Select(g => g.ToArray())];
        Scores[] ofParts = [.. parts.Select(part => Scores.Of(judged.Select(part), [.. part.Select(r => outputs[r])]))];
        if (judged.Task == TaskKind.Regress)
        {
            return new Standing(name, scores, [.. Enumerable.Range(0, judged.TargetNames.Length)
                .Select(j => (ofParts.Min(s => s.RootMeanSquare[j]), ofParts.Max(s => s.RootMeanSquare[j])))]);
        }

        // Rows of a log are no draws of their own: an interval from their number would be far too narrow.
        return new Standing(name, scores, [partition.IsLog ? (ofParts.Min(s => s.Accuracy), ofParts.Max(s => s.Accuracy)) : Wilson.Interval(scores.Accuracy, scores.Count)]);
    }

    private static ClassFigures[] Figures(DataSet judged, Scores scores) => [.. judged.ClassNames.Select((name, c) =>
        new ClassFigures(name, scores.Confusion[c].Sum(), scores.Confusion[c][c], scores.Confusion.Sum(row => row[c])))];

    private static Saying OfClasses(Evidence evidence, Standing constant, Standing own, bool better)
    {
        int rows = evidence.Judged.Count;
        string right = Words.OfRows(own.Scores.Accuracy, rows, evidence.Judged.Noun);
        string always = $"always answering {Words.Name(evidence.All.ClassNames[Majority(evidence)])} would be right in {Words.Part(constant.Scores.Accuracy, rows)}";
        ClassFigures[] classes = Figures(evidence.Judged, own.Scores);
        ClassFigures rarest = Leading(evidence, classes);
        if (!better)
        {
            string luck = own.Scores.Accuracy > constant.Scores.Accuracy ? LuckOf(evidence.Judged.Noun) : "";
            return $"No better than guessing: right in {right} it has not seen, and {always}{luck}.";
        }

        if (evidence.ClassWeights is null && evidence.Goal is null)
        {
            return $"Right in {right} it has not seen ({always}).";
        }

        Saying without = evidence.Unbalanced is null || evidence.Goal is not null ? new Saying(0, 0) : OfUnbalanced(evidence, rarest);
        if (rarest.Rows < Partition.FewestJudged)
        {
            return $"Right in {right} it has not seen, finding {rarest.Found} of {NumberText.Count(rarest.Rows, evidence.Judged.Noun)} of {Words.Name(rarest.Name)} ({without}{always}).";
        }

        return $"Finds {rarest.Found} of {NumberText.Count(rarest.Rows, evidence.Judged.Noun)} of {Words.Name(rarest.Name)} that it has not seen, and is right in {right} ({without}{always}, and find {(rarest.Name == evidence.All.ClassNames[Majority(evidence)] ? "nothing else" : "none")}).";
    }

    private static Saying OfUnbalanced(Evidence evidence, ClassFigures rarest)
    {
        Scores scores = Scores.Of(evidence.Judged, evidence.Unbalanced!.Outputs);
        ClassFigures found = Figures(evidence.Judged, scores).First(c => c.Name == rarest.Name);
        return $"{new Way("--balance off", "each row counting alike")} would find {found.Found}, and be right in {Words.Part(scores.Accuracy, evidence.Judged.Count)}; ";
    }

    // The rarest class of what was learned, whatever rows judge it, so that two verdicts on one log speak of one class.
    private static ClassFigures Leading(Evidence evidence, ClassFigures[] classes)
    {
        if (evidence.Goal is DecisionGoal goal)
        {
            return classes.First(c => c.Name == goal.ClassName);
        }

        int Learned(ClassFigures c) => evidence.All.Classes.Count(k => evidence.All.ClassNames[k] == c.Name);
        return classes.Where(c => c.Rows > 0).OrderBy(c => Learned(c) < RareLabels.FewestRows).ThenBy(Learned).First();
    }

    private static string OfQuantities(Evidence evidence, Standing constant, Standing own, bool[] better)
    {
        DataSet all = evidence.All;
        string OfTarget(int j)
        {
            string luck = !better[j] && own.Scores.RootMeanSquare[j] < constant.Scores.RootMeanSquare[j] ? LuckOf(evidence.Judged.Noun) : "";
            double range = all.Targets.Max(row => row[j]) - all.Targets.Min(row => row[j]);
            double error = own.Scores.RootMeanSquare[j];
            return $"{Words.Name(all.TargetNames[j])} by {Words.Error(error)}, {Words.Percent(error / range)} of its range (always answering the mean: {Words.Error(constant.Scores.RootMeanSquare[j])}{luck})";
        }

        int[] good = [.. Enumerable.Range(0, better.Length).Where(j => better[j])];
        int[] bad = [.. Enumerable.Range(0, better.Length).Where(j => !better[j])];
        string off = $"At {all.Noun}s it has not seen it is off in {string.Join(", in ", good.Select(OfTarget))}.";
        string guess = $"No better than guessing: at {all.Noun}s it has not seen it is off in {string.Join(", in ", bad.Select(OfTarget))}.";
        return bad.Length == 0 ? off : good.Length == 0 ? guess : $"{off} {guess}";
    }
}
