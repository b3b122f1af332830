using System.Globalization;
using System.Text;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Series;

/// <summary>Time series of which it is known what a window of them holds.</summary>
internal static class Logs
{
    /// <summary>A log with a row every 10 ms, recordings one after the other with a pause between them.</summary>
    /// <param name="recordings">Label of each, and its samples.</param>
    /// <param name="pauseMs">Time between two.</param>
    internal static string Text(IEnumerable<(string Label, double[] Samples)> recordings, int pauseMs = 1000)
    {
        StringBuilder text = new("time_ms,x,label\n");
        int at = 0;
        foreach ((string label, double[] samples) in recordings)
        {
            foreach (double sample in samples)
            {
                text.Append(CultureInfo.InvariantCulture, $"{at},{sample:F3},{label}\n");
                at += 10;
            }

            at += pauseMs;
        }

        return text.ToString();
    }

    /// <summary>Recordings of some classes in turn: noise around a level of its own, each class louder than the one before.</summary>
    internal static IEnumerable<(string Label, double[] Samples)> Loudness(int recordings, int samples, int classes = 2, long seed = 1)
    {
        PortableRandom random = new(seed);
        for (int r = 0; r < recordings; r++)
        {
            double level = 1000 + (1000 * random.NextDouble());
            double size = 20 * Math.Pow(4, r % classes);
            yield return ($"loud{r % classes}", [.. Enumerable.Range(0, samples).Select(_ => level + (size * (random.NextDouble() - 0.5)))]);
        }
    }

    /// <summary>The windows of a log.</summary>
    internal static WindowedData Windows(Table table, WindowOptions options, params string[] targets)
    {
        TrainOptions request = new(table, targets.Length == 0 ? ["label"] : targets) { Windows = options };
        request = TrainingWindows.Unfolded(request);
        DataSet samples = DataSet.From(request.Data, request.Targets, keepRepeats: true);
        return TrainingWindows.Of(samples, request, null, CancellationToken.None);
    }
}
