using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>How a network was judged, what would do as well, and what no way of judging can show.</summary>
internal static class Remarks
{
    /// <summary>That some classes were recorded once, so that nobody knows what was learned: the class, or its day.</summary>
    /// <param name="recorded">How the rows learned from follow each other.</param>
    /// <param name="byOthers">True when rows of another table judge.</param>
    internal static IEnumerable<string> WarningsOf(Partition recorded, bool byOthers)
    {
        string score = byOthers ? "" : ", which the score cannot show";
        if (recorded.EachClassOnce)
        {
            // A short recording is in no order that shows, and looks like a table sorted by class.
            yield return recorded.IsLog
                ? $"Each class was recorded in one go: the network may have learned the time of recording instead of the class{score}. Record each on several days."
                : $"Each class comes in one go: unless the {(recorded.Noun == "row" ? "rows were" : "table was")} sorted by class, the network may have learned the time of recording instead of the class{score}. Record each on several days.";
        }

        if (recorded.ClassesOnce.Count > 0)
        {
            string names = string.Join(", ", recorded.ClassesOnce.Select(Words.Name));
            (string come, string them) = recorded.ClassesOnce.Count == 1 ? ($"{names} comes", "it") : ($"Each of {names} comes", "each");
            yield return $"{come} in one stretch of the log: the network may have learned the time of recording instead of the class{score}. Record {them} several times.";
        }
    }

    /// <summary>That some classes were judged by so few rows that their figures say little; of those without any another sentence speaks.</summary>
    /// <param name="classes">The figures of each class.</param>
    /// <param name="noun">What a row is called.</param>
    internal static IEnumerable<string> WarningsOf(IReadOnlyList<ClassFigures> classes, string noun)
    {
        const int Listed = 4;
        ClassFigures[] few = [.. classes.Where(c => c.Rows is > 0 and < Partition.FewestJudged).OrderBy(c => c.Rows)];
        if (few.Length > 0)
        {
            string[] names = [.. few.Take(Listed).Select((c, i) => $"{(i == 0 ? NumberText.Count(c.Rows, noun) : c.Rows)} of {Words.Name(c.Name)}")];
            string more = few.Length > Listed ? $" and few of {few.Length - Listed} more classes" : "";
            bool one = few is [{ Rows: 1 }];
            yield return $"Only {string.Join(", ", names)}{more} {(one ? "was" : "were")} judged: that says little; record more of them.";
        }
    }

    internal static IEnumerable<Saying> Of(Evidence evidence)
    {
        Partition partition = evidence.Partition;
        string rows = NumberText.Count(evidence.Judged.Count, evidence.Judged.Noun);
        Way another = new("record some and give them with --test", "record on other days, too, and train again");
        yield return partition.Kind switch
        {
            SplitKind.Blocks => $"Judged by five stretches of the log, each held out once: {rows}. Another day or another sensor may do worse than all of them; {another}.",
            SplitKind.Recordings => $"Judged by whole recordings, held out in {Words.Parts(partition.PartCount)}, each once: {rows}. Another day or another sensor may do worse; {another}.",
            SplitKind.LastFifths => $"Judged by the last fifth of each class: {rows}. Another day or another sensor may do worse; {another}.",
            SplitKind.Folds => $"Judged by five parts chosen at random, each held out once: {rows}. They were recorded with the others; another day or another sensor may do worse.",
            SplitKind.OtherTable => $"Judged by {rows} of {new Way("the table given with --test", "another table")}.",
            _ => $"Judged by a fifth of the {evidence.Judged.Noun}s, chosen at random: {rows}. They were recorded with the others; another day or another sensor may do worse.",
        };
        if (evidence.Nested is NestedInputs nested)
        {
            yield return $"Features were chosen anew for each training that is judged, by its own windows alone: {Alike(nested.Alike, nested.Count)}.";
        }

        if (evidence.Chosen.ByPart is IReadOnlyList<Trial> byPart)
        {
            int[] parts = [.. partition.PartOf.Distinct()];
            yield return $"Hidden layers were chosen anew for each part that is judged, by the other parts alone: {Alike(parts.Count(part => byPart[part].Hidden.SequenceEqual(evidence.Chosen.Hidden)), parts.Length)}.";
        }

        if (partition.Kind == SplitKind.Blocks && evidence.All.Task == TaskKind.Classify && evidence.Chosen.Models.Any(model => model is null))
        {
            yield return $"In a stretch of the log nothing could be learned from the others, and the commonest class was answered there; record each class several times.";
        }

        if (evidence.Threshold is not null && VerdictMaker.ThresholdIsAsGood(evidence))
        {
            yield return $"Comparing one input with one number is as good as the network: {OneThreshold.Of(evidence.All)!.Name(evidence.All)}.";
        }

        if (evidence.LinearIsAsGood)
        {
            yield return $"A network without hidden layers is as good and much smaller: {new Way("--hidden none", "choose no hidden layers under More")}.";
        }

        if (evidence.ClassWeights is not null)
        {
            yield return $"Every class counts for as much as the others, however few {evidence.All.Noun}s it has, so that the rare ones are found; {new Way($"--balance off counts every {evidence.All.Noun} alike", $"under More every {evidence.All.Noun} can count alike")}.";
        }

        if (evidence.Goal is DecisionGoal goal)
        {
            yield return $"{(goal.Recall is double recall
                ? OfRecall(evidence, goal, recall)
                : $"The score of {Words.Name(goal.ClassName)} is shifted to where errors cost least, when answering {Words.Name(goal.InsteadOf!)} instead costs {Words.Error(goal.Cost)} of the others.")}";
        }
    }

    // How often what was chosen without the rows that judge is what is kept.
    private static string Alike(int alike, int count) => count == 1
        ? (alike == 1 ? "the same as those that are kept" : "others than those that are kept, so that the choice is not certain")
        : $"in {alike} of {count} the same as those that are kept{(2 * alike < count ? ", so that the choice is not certain" : "")}";

    // The shift is chosen at other rows than it is judged by, and a class of few rows may well miss its goal there.
    private static string OfRecall(Evidence evidence, DecisionGoal goal, double recall)
    {
        int mine = Array.IndexOf(evidence.All.ClassNames, goal.ClassName);
        int[] rows = [.. Enumerable.Range(0, evidence.Judged.Count).Where(r => evidence.Judged.Classes[r] == mine)];
        int found = rows.Count(r => Array.IndexOf(evidence.Network.Scores[r], evidence.Network.Scores[r].Max()) == mine);
        string asked = $"The score of {Words.Name(goal.ClassName)} is shifted to find {Words.Percent(recall)} of its {evidence.Judged.Noun}s, so that more of the others are taken for it";
        return found < recall * rows.Length
            ? $"{asked}; it finds {found} of the {rows.Length} held out, fewer than asked for: record more of them, or ask for more."
            : $"{asked}.";
    }
}
