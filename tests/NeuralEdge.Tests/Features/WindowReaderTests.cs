using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Numerics;
using NeuralEdge.Tests.Documents.Format;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Features;

/// <summary>What a board does with a section of windows that is damaged, or that does not fit.</summary>
[TestClass]
public sealed class WindowReaderTests
{
    private static readonly ModelLimits Limits = new BoardLimits().ForReader();

    // Every kind of parameter, in few bytes: two channels, with bands.
    private static readonly WindowShape Shape = Small();
    private static readonly byte[] Sound = WindowedModels.With(WindowSection.Write(Shape), Shape.Features.Length);
    private static readonly int Section = ModelBytes.Find(Sound, ModelFormat.WindowSection);

    [TestMethod]
    public void EveryValueOfEveryByteIsRefusedOrFailsItsOwnTestOrComputesTheSame()
    {
        int length = Sound.Length - ModelFormat.TrailerLength - Section;
        int refused = 0;
        int failed = 0;
        List<string> harmless = [];
        for (int at = 0; at < length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] file = new ModelBytes(Sound).Set(Section + at, (byte)(Sound[Section + at] ^ (1 << bit))).File;
                Model? model = ModelReader.Read(file, file.Length, Limits, out ModelError error, out int where);
                if (model is null)
                {
                    Assert.IsTrue(error is ModelError.BadValue or ModelError.Section, $"bit {bit} of byte {at}: {error} at {where}");
                    Assert.IsTrue(error == ModelError.Section ? where == ModelFormat.WindowSection : where >= Section && where < Section + length, $"bit {bit} of byte {at}: {error} at {where}");
                    refused++;
                    continue;
                }

                GoldenTest test = Run(model);
                if (test.Passed)
                {
                    harmless.Add($"bit {bit} of byte {at}");
                }
                else
                {
                    Assert.IsTrue(test.FailedVector is >= GoldenTest.FirstWindow and < GoldenTest.FirstWindow + 256, $"bit {bit} of byte {at}");
                    failed++;
                }
            }
        }

        // What the test windows never show: ends of ranges or dead bands between two samples, the lowest bits of a turn of 8 entries.
        Assert.IsGreaterThan(600, refused);
        Assert.IsGreaterThan(700, failed);
        Assert.IsLessThanOrEqualTo((refused + failed) / 20, harmless.Count, string.Join("; ", harmless));
    }

    [TestMethod]
    public void AFailedTestWindowIsNamed()
    {
        int features = Shape.Features.Length;
        int tests = WindowReader.HeaderLength + (WindowReader.ChannelLength * Shape.Channels.Length) + (WindowReader.FeatureLength * features);
        for (int window = 0; window < Sound[Section + 4]; window++)
        {
            int at = Section + tests + (4 * window * (1 + features)) + 4 + (4 * (features - 1));
            byte[] file = new ModelBytes(Sound).Set(at, (byte)(Sound[at] ^ 1)).File;
            GoldenTest test = Run(ModelReader.Read(file, file.Length, Limits, out _, out _)!);
            Assert.IsFalse(test.Passed);
            Assert.AreEqual(GoldenTest.FirstWindow + window, test.FailedVector);
            StringAssert.StartsWith(ModelErrorText.Describe(ModelError.Golden, test.FailedVector), $"test window {window} gave other features than the model promises");
        }

        StringAssert.StartsWith(ModelErrorText.Describe(ModelError.Golden, 65535), "golden vector 65535 came out differently");
        Assert.IsTrue(Run(ModelReader.Read(Sound, Sound.Length, Limits, out _, out _)!).Passed);
    }

    [TestMethod]
    public void AStepOfTheTestIsShortHoweverLongTheWindowsAre()
    {
        WindowShape shape = new(4096, 1, 0, 0, [new ChannelShape(0, 4095, 0, 0, 0)], [new Feature(FeatureKind.Mean, 0, 0, 0, 0, 0)]);
        byte[] file = WindowedModels.With(WindowSection.Write(shape), 1);
        Model model = ModelReader.Read(file, file.Length, Limits, out _, out _)!;
        GoldenTest test = new(model);
        int steps = 1;
        while (!test.Step())
        {
            steps++;
        }

        Assert.IsTrue(test.Passed);
        Assert.IsGreaterThanOrEqualTo(3 * 4096 / 32, steps);
    }

    [TestMethod]
    public void WindowsThatDoNotFitAreRefusedBeforeTheyAreMade()
    {
        // Four panes of long bands and histograms: far more than the network.
        (int cosine, int sine) = Rotation.Of(1024);
        Feature[] features = [new(FeatureKind.Quantile, 0, 8, 0, 0, 0), .. Enumerable.Range(0, 15).Select(i => new Feature(FeatureKind.Band, i % 2, 1 + (8 * i), 8 + (8 * i), 0, 0))];
        WindowShape shape = new(256, 4, cosine, sine, [new ChannelShape(0, 4095, 0, 0, 0), new ChannelShape(-5, 5, 0, 0, 0)], features);
        byte[] file = WindowedModels.With(WindowSection.Write(shape), features.Length);
        Model model = ModelReader.Read(file, file.Length, Limits, out _, out _)!;
        int needed = model.HeapBytes;
        Assert.IsGreaterThan(20_000, needed);
        for (int budget = 0; budget < needed; budget += budget < needed - 2000 ? 97 : 1)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            (ModelError error, int where, Model? none) = Read(file, budget);
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.AreEqual((ModelError.TooMuchMemory, budget, null), (error, where, none));

            // A desktop's objects are larger; the sums alone would be more than all of this.
            Assert.IsLessThan((2 * budget) + 20_000, taken, $"budget {budget}");
        }

        Assert.AreEqual(ModelError.None, Read(file, needed).Error);
    }

    [TestMethod]
    public void MoreChannelsThanThereCanBeTakeNoMemory()
    {
        byte[] file = new ModelBytes(Sound).Set(Section, 255).File;
        Assert.AreEqual((ModelError.BadValue, Section), ModelBytes.Read(file, Limits));
        (ModelError error, int where, _) = Read(file, 10_000);
        Assert.IsTrue(error is ModelError.BadValue or ModelError.TooMuchMemory, $"{error} at {where}");
    }

    internal static GoldenTest Run(Model model)
    {
        GoldenTest test = new(model);
        while (!test.Step())
        {
        }

        return test;
    }

    private static WindowShape Small()
    {
        (int cosine, int sine) = Rotation.Of(32);
        ChannelShape[] channels = [new(0, 4095, 2000, 100, 3), new(-700, 650, -20, 0, 0)];
        Feature[] features =
        [
            .. Enum.GetValues<FeatureKind>().Where(kind => kind < FeatureKind.Quantile || kind is FeatureKind.Average or FeatureKind.Drift).Select(kind => new Feature(kind, (int)kind % 2, 0, 0, 100 * (int)kind, (int)kind % 3)),
            new(FeatureKind.Quantile, 1, 8, 0, -3, 0),
            new(FeatureKind.Octave, 0, 3, 0, 0, 0),
            new(FeatureKind.Band, 1, 2, 5, 0, 0),
        ];
        return new WindowShape(16, 2, cosine, sine, channels, features);
    }

    private static (ModelError Error, int Where, Model? Model) Read(byte[] file, int budget)
    {
        ModelReader reader = new(Limits) { HeapBudget = budget };
        reader.Start(file, file.Length);
        while (!reader.Step())
        {
        }

        return (reader.Error, reader.Where, reader.Model);
    }
}
