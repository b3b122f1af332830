using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>In how many stretches of a table each class comes. A label that flickers where one stretch ends and the next begins makes no stretch.</summary>
internal static class Stretches
{
    // What is left of a class without its flickers; where that is less they are events of their own.
    private const double Nearly = 0.9;
    private const int LongestFlicker = 3;
    private const double FlickerShare = 0.02;

    /// <summary>Stretches of each class; 0 for a class without rows.</summary>
    /// <param name="data">The rows in the order of their file.</param>
    internal static int[] Of(DataSet data)
    {
        int classes = data.ClassNames.Length;
        List<(int Class, int Length)> runs = [];
        foreach (int c in data.Classes)
        {
            bool goesOn = runs.Count > 0 && runs[^1].Class == c;
            (int before, int length) = goesOn ? (1, runs[^1].Length) : (0, 0);
            runs.RemoveRange(runs.Count - before, before);
            runs.Add((c, length + 1));
        }

        int[] rows = [.. Enumerable.Range(0, classes).Select(c => runs.Where(run => run.Class == c).Sum(run => run.Length))];
        bool IsShort((int Class, int Length) run) => run.Length <= Math.Max(LongestFlicker, FlickerShare * rows[run.Class]);
        bool[] flickers = [.. Enumerable.Range(0, classes).Select(c =>
            runs.Where(run => run.Class == c && !IsShort(run)).Sum(run => run.Length) >= Nearly * rows[c])];
        int[] stretches = new int[classes];
        int last = -1;
        foreach ((int Class, int Length) run in runs.Where(run => !flickers[run.Class] || !IsShort(run)))
        {
            stretches[run.Class] += run.Class == last ? 0 : 1;
            last = run.Class;
        }

        return stretches;
    }
}
