using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Tests.Features;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 3.4: what a section of windows may say, and the example of the document, byte by byte and feature by feature.</summary>
[TestClass]
public sealed partial class WindowRuleTests
{
    private const int Channel = 16;
    private const int Feature = Channel + 12;
    private const int Features = 17;
    private const int Test = Feature + (12 * Features);

    private static readonly byte[] Example = Convert.FromHexString(string.Concat(
        FormatDocument.Text.Rows().Where(row => row.Length == 2 && ExampleRow().IsMatch(row[0])).Select(row => row[1].Trim('`').Replace(" ", "", StringComparison.Ordinal))));

    private static readonly byte[] Sound = WindowedModels.With(Example, Features);
    private static readonly int Section = ModelBytes.Find(Sound, ModelFormat.WindowSection);
    private static readonly ModelLimits Limits = new BoardLimits().ForReader();
    private static readonly (ModelError, int) Accepted = (ModelError.None, 0);

    [TestMethod]
    public void TheExampleHasTheLengthOfTheDocumentAndPassesItsTest()
    {
        FormatDocument.Says("The length is exactly 16 + 12 channels + 12 inputs + 4 tests (1 + inputs).");
        FormatDocument.Says($"An example: one channel, a window of 2 hops of 8 samples, and every kind of feature, in {Example.Length} bytes.");
        Assert.AreEqual(Test + 4 + (4 * Features), Example.Length);
        Assert.AreEqual(WindowReader.LengthOf(1, Features, 1), Example.Length);
        Model model = Load(Sound);
        Assert.IsTrue(WindowReaderTests.Run(model).Passed);
        WindowShape shape = model.Windows.Shape;
        Assert.AreEqual((8, 2, -100, 4000, 1900, 300, 2), (shape.Hop, shape.Hops, shape.Channels[0].Lowest, shape.Channels[0].Highest, shape.Channels[0].Level, shape.Channels[0].DeadBand, shape.Channels[0].AverageShift));
        Assert.AreEqual(Features, shape.Features.Select(feature => feature.Kind).Distinct().Count());
    }

    [TestMethod]
    public void TheTestWindowOfTheExampleHasTheSamplesAndTheFeaturesOfTheDocument()
    {
        Model model = Load(Sound);
        WindowShape shape = model.Windows.Shape;
        int[] samples = [.. Numbers().Matches(Regex.Match(FormatDocument.Text.Text, @"The samples of its test window are ([^:]+?), and their features").Groups[1].Value).Select(m => Number(m.Value))];
        uint state = model.WindowTests.GetSeed(0);
        int x = shape.Channels[0].Lowest;
        List<int> generated = [];
        while (generated.Count < shape.Samples)
        {
            state = TestWindows.Next(state);
            generated.Add(x = TestWindows.Sample(state, x, shape.Channels[0]));
        }

        CollectionAssert.AreEqual(generated, samples);
        string[][] rows = [.. FormatDocument.Text.Rows().SkipWhile(row => !row.SequenceEqual(["kind", "value", "raw"])).Skip(2).Take(Features)];
        Assert.HasCount(Features, rows);
        for (int i = 0; i < Features; i++)
        {
            Assert.AreEqual((int)shape.Features[i].Kind, Number(rows[i][0]));
            Assert.AreEqual(PlainFeatures.Exact(shape, shape.Features[i], samples, samples.Length), Number(rows[i][1]), rows[i][0]);
            Assert.AreEqual(shape.Features[i].ToRaw(Number(rows[i][1])), Number(rows[i][2]), rows[i][0]);
            Assert.AreEqual(model.WindowTests.GetFeature(0, i, Features), Number(rows[i][2]), rows[i][0]);
        }
    }

    [TestMethod]
    public void EachFieldIsWithinTheBoundsOfTheDocument()
    {
        FormatDocument.Says("samples of a hop, no fewer than there are channels; n is 4 to 4096");
        Check(0, 0, 0, 17);
        Check(1, 0, 0, 3, 8);
        Check(3, 0, 0x08);
        Check(4, 0, 0);
        Check(5, 0, 1);
        Check(7, 0, 255);
        Assert.AreEqual((ModelError.Section, ModelFormat.WindowSection), Read(4, 2));
        Assert.AreEqual((ModelError.Section, ModelFormat.WindowSection), Read(0, 2));
        FormatDocument.Says("i16 lowest and i16 highest sample, the lowest not above the highest; i16 level; u16 dead band, at most 32767; u8 shift *a* of the average, 0 to 16; u8[3] reserved");
        Check(Channel + 1, Channel, 0x7F);
        Check(Channel + 7, Channel, 0x80);
        Check(Channel + 8, Channel, 17);
        Check(Channel + 9, Channel, 1);
        Check(Channel + 11, Channel, 1);
        FormatDocument.Says("u8 kind; u8 channel; u8 *p* and u8 *q*, 0 where the kind has none; i32 origin, -2^30..2^30; i8 shift *s*, -16 to 20; u8[3] reserved");
        for (int kind = 0; kind < Features; kind++)
        {
            int at = Feature + (12 * kind);
            Check(at, at, Features);
            Check(at + 1, at, 1);
            Check(at + 7, at, 0x41);
            Check(at + 8, at, 21);
            Check(at + 9, at, 1);
            Check(at + 11, at, 1);
            FeatureKind[] ranged = [FeatureKind.Quantile, FeatureKind.Octave, FeatureKind.Band];
            if ((FeatureKind)kind != FeatureKind.Band)
            {
                Check(at + 3, at, 1);
            }

            Check(at + 2, at, Array.IndexOf(ranged, (FeatureKind)kind) switch { 0 => [0, 16], 1 => [0, 4], 2 => [0, 4], _ => [1] });
        }

        int band = Feature + (12 * (int)FeatureKind.Band);
        Check(band + 3, band, 1, 8, 10);
        Assert.AreEqual(Accepted, Read(band + 3, 7), "2 q < 16");
        Assert.AreEqual((ModelError.BadValue, Section + 8), Read(band, 0, 0, 0, 0), "no band, but a turn");
        Assert.AreEqual((ModelError.BadValue, Section + Test), Read(Test, 0, 0, 0, 0), "a seed of 0");

        static void Check(int at, int field, params byte[] bad)
        {
            foreach (byte value in bad)
            {
                Assert.AreEqual((ModelError.BadValue, Section + field), Read(at, value), $"{value} at {at}");
            }
        }
    }

    [TestMethod]
    public void FaultsAreMetInTheOrderOfTheDocument()
    {
        FormatDocument.Says("The windows: length of the head (6), its first 8 bytes (9), length (6), channels (9), features (9), cos and sin (9). Then each input of the golden vectors against its range (9).");
        FormatDocument.Says("The seeds of the test windows (9).");
        int vectors = ModelBytes.Find(Sound, ModelFormat.GoldenSection);
        PlantedFault[] faults =
        [
            PlantedFault.In("no vectors", vectors, ModelError.BadValue, vectors, 0, 0),
            PlantedFault.In("hops", Section + 1, ModelError.BadValue, Section, 3),
            PlantedFault.In("tests", Section + 4, ModelError.Section, ModelFormat.WindowSection, 9),
            PlantedFault.In("channel", Section + Channel + 8, ModelError.BadValue, Section + Channel, 17),
            PlantedFault.In("first feature", Section + Feature + 8, ModelError.BadValue, Section + Feature, 21),
            PlantedFault.In("last feature", Section + Test - 1, ModelError.BadValue, Section + Test - 12, 21),
            PlantedFault.In("sin", Section + 15, ModelError.BadValue, Section + 8, 0x80),
            PlantedFault.In("input of a vector", vectors + 7, ModelError.BadValue, vectors + 4, 0x80),
            PlantedFault.In("seed", Section + Test, ModelError.BadValue, Section + Test, 0, 0, 0, 0),
            PlantedFault.In("feature of a test window", Section + Test + 4, ModelError.Golden, GoldenTest.FirstWindow, 0),
        ];
        for (int first = 0; first < faults.Length; first++)
        {
            Assert.AreEqual((faults[first].Error, faults[first].Where), PlantedFault.Meet(Sound, faults[first]), faults[first].Name);
            foreach (PlantedFault second in faults[(first + 1)..])
            {
                Assert.AreEqual((faults[first].Error, faults[first].Where), PlantedFault.Meet(Sound, second, faults[first]), $"{faults[first].Name}, then {second.Name}");
            }
        }

        Assert.AreEqual((ModelError.Section, ModelFormat.WindowSection), ModelBytes.Read(WindowedModels.With(Example[..15], Features), Limits));
    }

    [TestMethod]
    public void TheTurnIsMadeAsTheDocumentSays()
    {
        FormatDocument.Says("A writer rounds 2^30 cos(2 pi / n) and 2^30 sin(2 pi / n) to nearest.");
        FormatDocument.Says("`T[i] = (X + 2^15) >> 16`, then `X' = (X cos - Y sin + 2^29) >> 30` and `Y' = (X sin + Y cos + 2^29) >> 30`; but T[n / 4] = 0. The rest is symmetry: T[n / 2 - i] = T[n / 2 + i] = -T[i] and T[n - i] = T[i].");
        for (int n = 4; n <= 1024; n += 4)
        {
            (int cosine, int sine) = Rotation.Of(n);
            short[] turn = CosineTable.Create(n, cosine, sine);
            (long x, long y) = (1L << 30, 0);
            for (int i = 0; i <= n / 4; i++)
            {
                long entry = i == n / 4 ? 0 : (x + 32768) >> 16;
                Assert.AreEqual((entry, -entry, -entry, entry), (turn[i], turn[(n / 2) - i], turn[(n / 2) + i], turn[(n - i) % n]), $"{n}: {i}");
                (x, y) = (((x * cosine) - (y * sine) + (1L << 29)) >> 30, ((x * sine) + (y * cosine) + (1L << 29)) >> 30);
            }
        }
    }

    [TestMethod]
    public void WindowsAreCriticalAndChannelsAreForTheHost()
    {
        FormatDocument.Says("| 9 | windows | yes | no | board and host |");
        FormatDocument.Says("| 10 | channels | no | no | host |");
        FormatDocument.Says("minor version: 2 with section 9, else 1 with section 8, else 0; a reader ignores it");
        byte[] file = WindowedModels.Create(10, 8, 2, 2, ["mean", "std"]).Bytes;
        Assert.AreEqual(2, file[5]);
        (int Id, bool Critical, byte[])[] sections = ContainerRuleTests.Sections(file);
        Assert.IsTrue(sections.Single(section => section.Id == ModelFormat.WindowSection).Critical);
        Assert.IsFalse(sections.Single(section => section.Id == ModelFormat.ChannelsSection).Critical);
    }

    [TestMethod]
    public void BindingsAndSafeguardsAreThoseOfTheChannels()
    {
        FormatDocument.Says("In a file with windows (section 3.4) the inputs of this section, of 3.1 and of 3.2 are its channels.");
        byte[] file = WindowedModels.Create(10, 8, 2, 2, ["mean", "std", "range"]).Bytes;
        Assert.HasCount(8 + (4 * 2) + (20 * 6), ModelFile.Parse(file, "file").Sections[ModelFormat.BindingsSection]);
        int bindings = ModelBytes.Find(file, ModelFormat.BindingsSection);
        ModelLimits limits = new(65536, 16, 512, 0, 1);
        Assert.AreEqual((ModelError.Channel, 1), ModelBytes.Read(file, limits));
        Assert.AreEqual(Accepted, new ModelBytes(file).Set(bindings + 8 + 5, 0).Read(limits));
    }

    [TestMethod]
    public void RubbishInTheChannelsIsRefusedByTheHostAlone()
    {
        FormatDocument.Says("it refuses labels that break these rules with error 6, where = 4, and channels with where = 10. It does not look at section 10 without section 9.");
        byte[] sound = WindowedModels.Create(10, 8, 2, 1, ["mean"]).Bytes;
        int at = ModelBytes.Find(sound, ModelFormat.ChannelsSection);
        byte[] file = new ModelBytes(sound).Set(at, 0, 0, 0, 0, 0, 0, 0, 0).File;
        Assert.AreEqual(Accepted, ModelBytes.Read(file, Limits));
        StringAssert.Contains(Assert.ThrowsExactly<InputRefusedException>(() => ModelFile.Parse(file, "file")).Message, ModelErrorText.Describe(ModelError.Section, ModelFormat.ChannelsSection));

        byte[] plain = ModelWriter.Container([.. ContainerRuleTests.Sections(FactoryModel.GetBytes()), (ModelFormat.ChannelsSection, false, [1, 2, 3])]);
        Assert.AreEqual("a", ModelFile.Parse(plain, "file").Channels[0].Name);
    }

    private static (ModelError, int) Read(int at, params byte[] bytes) => new ModelBytes(Sound).Set(Section + at, bytes).Read(Limits);

    private static Model Load(byte[] file) => ModelReader.Read(file, file.Length, Limits, out _, out _)!;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(windows: 1 channel|channel: |feature: |test: seed )")]
    private static partial Regex ExampleRow();

    [GeneratedRegex(@"-?\d+")]
    private static partial Regex Numbers();
}
