using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What --recall and --cost of a command line say.</summary>
internal static class GoalText
{
    private const double LargestCost = 1e6;

    /// <summary>The goal, null when neither is given.</summary>
    /// <param name="recall">"fault=0.9".</param>
    /// <param name="cost">"fault:ok=10".</param>
    /// <exception cref="InputRefusedException">It is not written so, or both are given.</exception>
    internal static DecisionGoal? Parse(string? recall, string? cost)
    {
        if (recall is not null && cost is not null)
        {
            throw new InputRefusedException("--recall and --cost both decide when a class is answered; give one of them.");
        }

        if (recall is not null)
        {
            (string name, double share) = Split(recall, "--recall", "fault=0.9");
            return share is > 0 and < 1
                ? new DecisionGoal(name) { Recall = share }
                : throw new InputRefusedException($"--recall must be a class and a share above 0 and below 1, like {name}=0.9, not {recall}.");
        }

        if (cost is null)
        {
            return null;
        }

        (string pair, double times) = Split(cost, "--cost", "fault:ok=10");
        string[] classes = pair.Split(':', 2, StringSplitOptions.TrimEntries);
        return classes.Length == 2 && classes[0] != classes[1] && times is > 0 and <= LargestCost
            ? new DecisionGoal(classes[0]) { InsteadOf = classes[1], Cost = times }
            : throw new InputRefusedException($"--cost must be two classes and a number above 0, like fault:ok=10, not {cost}.");
    }

    private static (string Name, double Number) Split(string text, string option, string example)
    {
        int at = text.LastIndexOf('=');
        return at > 0 && double.TryParse(text[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? (text[..at].Trim(), number)
            : throw new InputRefusedException($"{option} must be like {example}, not {text}.");
    }
}
