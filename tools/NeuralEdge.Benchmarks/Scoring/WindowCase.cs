using System.Globalization;
using System.Text;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;
using NeuralEdge.Simulator.Gestures;

namespace NeuralEdge.Benchmarks.Scoring;

/// <summary>Gestures learned from windows, by their features or by all their samples, and judged by other people.</summary>
/// <param name="Name">What the network sees of a window.</param>
/// <param name="Inputs">How many inputs that is.</param>
/// <param name="Hidden">Hidden layers.</param>
/// <param name="Printed">Share that is printed without these others, by recordings that are held out.</param>
/// <param name="Right">Share of the others' windows that the board's integers answer rightly.</param>
/// <param name="Bytes">Length of the model file.</param>
internal sealed record WindowCase(string Name, int Inputs, IReadOnlyList<int> Hidden, double Printed, double Right, int Bytes)
{
    private const int Hop = 12;
    private const int Samples = 4 * Hop;
    private const int PeriodMs = 20;
    private const string Label = "gesture";
    private const int People = 8;
    private const int Others = 6;
    private const int Seconds = 8;
    private const int OthersSeconds = 6;

    private static readonly string[] Axes = ["x", "y", "z"];

    /// <summary>The logs of the examples.</summary>
    /// <param name="folder">Their folder.</param>
    internal static (Table Learned, Table Later) Examples(string folder) => (Table.Read(Path.Combine(folder, "gestures.csv")), Table.Read(Path.Combine(folder, "gestures.later.csv")));

    /// <summary>Logs of as many other people, whom nobody has looked at.</summary>
    /// <param name="seed">Decides who comes.</param>
    internal static (Table Learned, Table Later) Generated(int seed) => (
        Table.Parse(GestureLog.Text(GestureLog.Generate(seed, People, Seconds)), "gestures.csv"),
        Table.Parse(GestureLog.Text(GestureLog.Generate(seed + 1, Others, OthersSeconds)), "gestures.later.csv"));

    /// <summary>By features.</summary>
    /// <param name="logs">What is learned from, and what came later.</param>
    /// <param name="options">How to train.</param>
    /// <param name="features">Their names; null for those that are chosen.</param>
    internal static WindowCase OfFeatures((Table Learned, Table Later) logs, Hyperparameters options, IReadOnlyList<string>? features)
    {
        WindowOptions windows = new(Samples * PeriodMs / 1000.0) { Features = features };
        TrainResult result = Train(logs.Learned, logs.Later, options, windows);
        return Of(features is null ? $"chosen features: {string.Join(", ", Kinds(result))}" : string.Join(", ", features), Train(logs.Learned, null, options, windows), result);
    }

    /// <summary>By all samples, side by side in a row.</summary>
    /// <param name="logs">What is learned from, and what came later.</param>
    /// <param name="options">How to train.</param>
    internal static WindowCase OfSamples((Table Learned, Table Later) logs, Hyperparameters options)
    {
        Table learned = SideBySide(logs.Learned);
        return Of("all samples", Train(learned, null, options, null), Train(learned, SideBySide(logs.Later), options, null));
    }

    private static TrainResult Train(Table table, Table? later, Hyperparameters options, WindowOptions? windows) =>
        Pipeline.Train(new TrainOptions(table, Label) { Test = later, Hyperparameters = options, Windows = windows, Work = 1e4 });

    private static WindowCase Of(string name, TrainResult heldOut, TrainResult result) =>
        new(name, result.Model.File.Inputs.Length, result.Verdict.Hidden, heldOut.IntegerScores!.Accuracy, result.IntegerScores!.Accuracy, result.Model.File.Bytes.Length);

    private static IEnumerable<string> Kinds(TrainResult result) => result.Model.File.Inputs.Select(input => input.Name.Split(' ')[^1]).Distinct();

    private static Table SideBySide(Table log)
    {
        double[] at = log.Numbers("ms");
        double[][] axes = Array.ConvertAll(Axes, log.Numbers);
        string[] labels = log.Texts(Label);
        StringBuilder text = new(string.Join(',', Axes.SelectMany(axis => Enumerable.Range(0, Samples).Select(i => $"{axis}{i}"))) + $",{Label}\n");
        int begin = 0;
        for (int row = 0; row < at.Length; row++)
        {
            begin = row > 0 && at[row] - at[row - 1] == PeriodMs && labels[row] == labels[row - 1] ? begin : row;
            int end = row + 1;
            if (end - begin >= Samples && (end - begin) % Hop == 0)
            {
                text.AppendJoin(',', axes.SelectMany(axis => axis[(end - Samples)..end]).Select(count => count.ToString(CultureInfo.InvariantCulture))).Append(',').Append(labels[row]).Append('\n');
            }
        }

        return Table.Parse(text.ToString(), "windows.csv");
    }
}
