using NeuralEdge.Conversion.Features;
using NeuralEdge.Features;

namespace NeuralEdge.Tests.Features;

[TestClass]
public sealed class LateFeaturesTests
{
    private const int Hop = 48;

    [TestMethod]
    public void AWindowIsWhatItWasThoughTheNextHopHasNearlyEnded()
    {
        // Blocks of sixteen samples have come into the next pane by then.
        string[] names = ["mean", "std", "min", "max", "mad", "maxdiff", "crossings", "slope", "first", "last", "q4", "q12", "octave1", "octave4", "band2-3"];
        (int cosine, int sine) = Rotation.Of(4 * Hop);
        WindowShape shape = new(Hop, 4, cosine, sine, [new ChannelShape(0, 4095, 2000, 20, 5)], [.. names.Select(name => FeatureNames.Parse(name, 0, scale: 1))]);
        WindowStage prompt = new(shape);
        WindowStage late = new(shape);
        Random random = new(5);
        int[]? row = null;
        int windows = 0;
        for (int t = 0; t < 12 * Hop; t++)
        {
            if (row is not null && t % Hop == Hop - 1)
            {
                CollectionAssert.AreEqual(row, Complete(late), $"sample {t}");
                windows++;
            }

            int[] sample = [(int)(2000 + (1500 * Math.Sin(t / 7.0)) + random.Next(400))];
            late.Add(sample);
            row = prompt.Add(sample) ? Complete(prompt) : row;
        }

        Assert.AreEqual(8, windows);
    }

    private static int[] Complete(WindowStage stage)
    {
        while (!stage.Compute())
        {
        }

        return [.. stage.Row];
    }
}
