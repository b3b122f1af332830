using System.Numerics;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Models;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>
/// What figures of pins owe to the beginnings of recordings, where all loads are off and averages and votes are not complete: too few windows
/// follow, or those that do are right for nothing.
/// </summary>
internal static class PinStarts
{
    /// <summary>That no pin could ever be on, because no recording that was judged is as long as averages and votes; null where one is.</summary>
    /// <param name="wiring">How the model would be wired.</param>
    /// <param name="judged">The windows that judge.</param>
    /// <param name="partition">How they are held out, and where pins began.</param>
    internal static string? TooShort(BoardSpec wiring, DataSet judged, Partition partition)
    {
        int needed = Needed(wiring);
        int longest = Lengths(partition).DefaultIfEmpty().Max();
        if (wiring.Outputs.Count == 0 || longest == 0 || needed <= longest)
        {
            return null;
        }

        RecentDecisions decisions = wiring.Decisions!;
        int average = 1 << decisions.AverageShift;
        string[] what = [.. average > 1 ? [$"an average of {average} windows"] : (string[])[], .. decisions.Votes > 1 ? [$"{decisions.Votes} votes"] : (string[])[]];

        // Votes are odd, and an average is over a power of two.
        int room = longest - decisions.Votes + 1;
        string take = room >= 1 ? $"an \"average\" of at most {1 << BitOperations.Log2((uint)room)}" : $"at most {longest - ((longest + 1) % 2)} \"votes\"{(average > 1 ? " and no \"average\"" : "")}";
        string subject = string.Join(" and ", what);
        return $"{char.ToUpperInvariant(subject[0])}{subject[1..]} {(what.Length == 1 && average > 1 ? "needs" : "need")} {needed} windows of a recording before the first pin may switch, and the longest that was judged has {longest}: no pin was ever on, and what is said of pins says nothing of the network. Take {take} in the board file, or record longer.";
    }

    /// <summary>What pins have for free where each recording is of one class and begins with all off; empty where nothing is remembered from one window to the next.</summary>
    /// <param name="wiring">How the model would be wired.</param>
    /// <param name="judged">The windows that judge.</param>
    /// <param name="partition">How they are held out, and where pins began.</param>
    internal static string OfOneClass(BoardSpec wiring, DataSet judged, Partition partition)
    {
        int needed = Needed(wiring);
        bool remembers = needed > 1 || wiring.Decisions?.QuietMs > 0 || wiring.Outputs.Any(load => !load.ArgMax || load.MinOnMs > 0 || load.MinOffMs > 0);
        if (judged.Task != TaskKind.Classify || !remembers)
        {
            return "";
        }

        int before = Lengths(partition).Sum(length => Math.Min(length, needed - 1));
        string yet = before == 0 ? "" : $": at {before} of {NumberText.Count(judged.Count, judged.Noun)} none can be on yet";
        return $"Each recording is of one class, so that the pins of all others begin it right for nothing{yet}. How soon a pin goes off when one class follows another is not in these figures.";
    }

    // Decisions up to the first at which a pin may go on.
    private static int Needed(BoardSpec wiring) => wiring.Decisions is RecentDecisions decisions ? (1 << decisions.AverageShift) + decisions.Votes - 1 : 1;

    // Windows of each stretch that pins are followed through: across the parts that one network answers.
    private static IEnumerable<int> Lengths(Partition answered)
    {
        int length = 0;
        foreach (bool begins in answered.PinsBegin)
        {
            if (begins && length > 0)
            {
                yield return length;
                length = 0;
            }

            length++;
        }

        if (length > 0)
        {
            yield return length;
        }
    }
}
