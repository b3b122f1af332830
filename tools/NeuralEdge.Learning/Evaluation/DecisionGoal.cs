using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>
/// What matters more than being right most often: to find enough rows of one class, or that missing it costs more than a wrong
/// alarm. The class's score is raised or lowered by one number, chosen on held-out rows and then part of the network's last bias, so
/// that the class, its probability and a pin all follow it.
/// </summary>
/// <param name="ClassName">The class.</param>
public sealed record DecisionGoal(string ClassName)
{
    /// <summary>The share of the class's rows to find, above 0 and below 1; null when a cost is given.</summary>
    public double? Recall { get; init; }

    /// <summary>The class that must not be answered instead; null when a recall is given.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>What answering <see cref="InsteadOf"/> costs, in errors of any other kind; above 0.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>Refuses a goal that the data does not have.</summary>
    /// <param name="data">The rows.</param>
    /// <exception cref="InputRefusedException">Quantities have no such goal, or a class is unknown.</exception>
    internal void Require(DataSet data)
    {
        if (data.Task != TaskKind.Classify)
        {
            throw new InputRefusedException("A recall or a cost is of classes, and this target is learned as a quantity; set \"on\" and \"off\" in the board file instead.");
        }

        foreach (string name in InsteadOf is null ? new[] { ClassName } : [ClassName, InsteadOf])
        {
            if (!data.ClassNames.Contains(name, StringComparer.Ordinal))
            {
                throw new InputRefusedException($"There is no class {NumberText.Quote(name)}; the classes are {string.Join(", ", data.ClassNames)}.");
            }
        }
    }

    /// <summary>What to add to the class's score so that the goal is met at the given rows.</summary>
    /// <param name="data">Rows that no training has seen.</param>
    /// <param name="scores">Scores[row][class], before softmax.</param>
    internal double Shift(DataSet data, double[][] scores)
    {
        int mine = Array.IndexOf(data.ClassNames, ClassName);
        int instead = Array.IndexOf(data.ClassNames, InsteadOf);

        // With a shift above its distance a row is answered with the class.
        double[] distance = Array.ConvertAll(scores, s => s.Where((_, j) => j != mine).Max() - s[mine]);
        int[] order = [.. Enumerable.Range(0, data.Count).OrderBy(r => distance[r])];
        int all = data.Classes.Count(c => c == mine);
        if (order.Length == 0 || all == 0)
        {
            return 0;
        }

        // Rows order[0 .. taken - 1] are answered with the class. Their number is all that there is to choose.
        double cost = 0;
        double least = 0;
        int best = 0;
        int found = 0;
        for (int taken = 1; taken <= order.Length; taken++)
        {
            int row = order[taken - 1];
            int other = Other(scores[row], mine);
            double before = data.Classes[row] == other ? 0 : data.Classes[row] == mine && other == instead ? Cost : 1;
            double after = data.Classes[row] == mine ? 0 : 1;
            found += data.Classes[row] == mine ? 1 : 0;
            cost += after - before;
            if (Recall is double wanted)
            {
                if (found >= wanted * all)
                {
                    best = taken;
                    break;
                }
            }
            else if (cost < least)
            {
                (least, best) = (cost, taken);
            }
        }

        const double Beyond = 1;
        return best == 0 ? distance[order[0]] - Beyond
            : best == order.Length ? distance[order[^1]] + Beyond
            : (distance[order[best - 1]] + distance[order[best]]) / 2;
    }

    private static int Other(double[] scores, int mine)
    {
        int best = -1;
        for (int j = 0; j < scores.Length; j++)
        {
            best = j != mine && (best < 0 || scores[j] > scores[best]) ? j : best;
        }

        return best;
    }
}
