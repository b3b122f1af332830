using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Features;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 5 and 6: what a host takes in sections that no board reads. Offsets are those of the walk in section 8.</summary>
[TestClass]
public sealed class LabelRuleTests
{
    private const int Task = 732;
    private const int Scale = 736;
    private const int Offset = 744;
    private const int Smallest = 752;
    private const int Largest = 760;
    private const int NameLength = 768;
    private const int Name = 769;
    private const int OutputScale = 806;
    private const int OutputNameLength = 822;
    private const int CertificateAt = 836;

    private static byte[] Sound => FactoryModel.GetBytes();

    [TestMethod]
    public void SmallestMayExceedLargestAndNamesMayRepeatAndHoldAnyCharacter()
    {
        FormatDocument.Says("All these numbers are finite, and a scale is not 0; smallest may exceed largest.");
        FormatDocument.Says("A name is not empty; names may repeat and hold any character.");
        Assert.AreEqual(9, Read(Set(Smallest, 9)).Signature.Inputs[0].Minimum);
        Assert.AreEqual("a", Read(new ModelBytes(Sound).Set(804, 0x61)).Signature.Inputs[1].Name);

        // The host takes what controls a terminal as the replacement character, because names are shown.
        Assert.AreEqual("\uFFFD", Read(new ModelBytes(Sound).Set(Name, 0x0A)).Signature.Inputs[0].Name);
        Assert.AreEqual("\uFFFD", Read(new ModelBytes(Sound).Set(Name, 0)).Signature.Inputs[0].Name);
    }

    [TestMethod]
    public void WhatIsNoNumberOrNoNameOrNoUtf8IsRefusedAsTheLabelsSection()
    {
        FormatDocument.Says("it refuses labels that break these rules with error 6, where = 4");
        foreach (double wrong in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            foreach (int at in (int[])[Scale, Offset, Smallest, Largest, OutputScale, OutputScale + 8])
            {
                Refuse(Set(at, wrong));
            }
        }

        Refuse(Set(Scale, 0));
        Refuse(Set(OutputScale, -0.0));
        Refuse(new ModelBytes(Sound).Set(Task, 2));
        Refuse(new ModelBytes(Sound).Set(Task + 3, 1));
        Refuse(new ModelBytes(Sound).Set(NameLength, 0));
        Refuse(new ModelBytes(Sound).Set(OutputNameLength, 0));
        Refuse(new ModelBytes(Sound).Set(OutputNameLength, 3));
        Refuse(new ModelBytes(Sound).Set(Name, 0xFF));
    }

    [TestMethod]
    public void TheClassIsTheFirstOutputOfTheLargestValue()
    {
        FormatDocument.Says("The class of a row is the first output of the largest value, computed in this way as an f64; with softmax it is the first of the largest raw outputs, the logits.");
        byte[] file = Three(argMax: false);
        ModelFile own = Labelled(file, (1, 0), (0.5, 0), (0.25, 60));
        Assert.AreEqual(0, own.ClassOf([100, 199, 0]));
        Assert.AreEqual(0, own.ClassOf([100, 200, 0]), "equal");
        Assert.AreEqual(1, own.ClassOf([100, 201, 0]));
        Assert.AreEqual(2, own.ClassOf([100, 201, 163]));
        Assert.AreEqual(0, Labelled(file, (-1, 0), (-1, 0), (-1, 0)).ClassOf([-3, 1, -3]));
        Assert.AreEqual(2, Labelled(Three(argMax: false, Networks.Activation.Softmax), (4, 0), (2, 0), (1, 0)).ClassOf([1, 2, 3]));
    }

    [TestMethod]
    public void AHostRefusesArgMaxOverOutputsOfUnlikeScales()
    {
        FormatDocument.Says("Arg-max compares raw outputs, so all outputs of a file with that rule need one scale above 0 and one offset (section 5). A board cannot see them; a host refuses a file whose labels say otherwise.");
        (double, double) half = (0.5, 3);
        byte[] free = Three(argMax: false);
        byte[] follows = Three(argMax: true);
        Assert.HasCount(3, Labelled(follows, half, half, half).Outputs);
        foreach ((double, double)[] odd in new[] { [half, half, (0.25, 3)], [half, (0.5, 4), half], [(0.25, 3), half, half], new[] { (-0.5, 3.0), (-0.5, 3), (-0.5, 3) } })
        {
            _ = Labelled(free, odd);
            Refusals.Expect("compared: |\"y0\" (scale |one scale above 0", () => Labelled(follows, odd));
        }
    }

    [TestMethod]
    public void NothingFollowsTheLastLabel()
    {
        FormatDocument.Says("and nothing follows the last of them");
        (int Id, bool Critical, byte[] Payload)[] sections = ContainerRuleTests.Sections(Sound);
        sections[3].Payload = [.. sections[3].Payload, 0];
        Refuse(new ModelBytes(ModelWriter.Container(sections)));
    }

    [TestMethod]
    public void ABoardDoesNotReadWhatOnlyHostsNeed()
    {
        FormatDocument.Says("A board does not read sections 4 to 6 and 10. A host must expect rubbish there, in a file that a board has accepted too");
        byte[] file = Sound;
        new Random(1).NextBytes(file.AsSpan(Task, 93));
        new Random(2).NextBytes(file.AsSpan(CertificateAt, 116));
        new Random(3).NextBytes(file.AsSpan(960, 36));
        Assert.AreEqual((ModelError.None, 0), new ModelBytes(file).Read(new BoardLimits().ForReader()));
    }

    [TestMethod]
    public void ACertificateHasAVersionAMethodAndCounts()
    {
        FormatDocument.Says("boxes or raw inputs looked at, 1 or more");
        FormatDocument.Says("rows of values at which the error was looked at besides, 0 or more");
        FormatDocument.Says("The length of version 2 is exactly 56 + 4 neurons + 48 outputs.");
        Assert.HasCount(56 + (4 * 3) + (48 * 1), ContainerRuleTests.Sections(Sound)[4].Payload);
        foreach ((int at, int value) in new[] { (0, 1), (0, 3), (1, 3), (2, 1), (3, 1), (11, 0x80), (15, 0x80), (19, 0x80), (23, 0x80), (36, 1) })
        {
            ModelFile file = Read(new ModelBytes(Sound).Set(CertificateAt + at, (byte)value));
            Assert.ThrowsExactly<InputRefusedException>(() => Certificate.Read(file), $"byte {at}");
        }

        Assert.ThrowsExactly<InputRefusedException>(() => Certificate.Read(Read(new ModelBytes(Sound).SetInt32(CertificateAt + 8, 0))));
        Assert.AreEqual(0, Certificate.Read(Read(new ModelBytes(Sound).SetInt32(CertificateAt + 12, 0)))!.Samples);
        Assert.IsNull(Certificate.Read(Read(new ModelBytes(Sound).SetInt32(CertificateAt + 20, 0)))!.Near);
    }

    [TestMethod]
    public void DecisionsAreCountedOrThereAreNone()
    {
        FormatDocument.Says("rows at which decisions were looked at, 0 or more; -1: nothing is decided");
        FormatDocument.Says("share of all inputs, by volume, with a proven decision, 0 to 1; -1: not looked for");
        Assert.IsNull(Certificate.Read(Read(new ModelBytes(Sound)))!.Decisions);
        Decisions decided = Certificate.Read(Read(Decided(9, 7, 8, 0.5)))!.Decisions!;
        Assert.AreEqual(new Decisions(9, 7, 8, 0.5), decided);
        Assert.IsTrue(double.IsNaN(Certificate.Read(Read(Decided(9, 7, 8, -1)))!.Decisions!.Share));
        foreach ((int rows, int proven, int same, double share) in new[] { (9, 10, 8, 0.5), (9, 7, 10, 0.5), (9, -1, 8, 0.5), (-1, 0, 0, -1), (9, 7, 8, 1.5), (9, 7, 8, -0.5), (9, 7, 8, double.NaN), (-1, -1, -1, 0.5) })
        {
            Assert.ThrowsExactly<InputRefusedException>(() => Certificate.Read(Read(Decided(rows, proven, same, share))), $"{rows} {proven} {same} {share}");
        }
    }

    [TestMethod]
    public void ACertificateOfVersion1IsStillRead()
    {
        FormatDocument.Says("A reader knows versions 1 to 3 of this section.");
        FormatDocument.Says("Its length is exactly 16 + 4 neurons + 24 outputs.");
        (int Id, bool Critical, byte[] Payload)[] sections = ContainerRuleTests.Sections(Sound);
        Certificate now = Certificate.Read(Read(new ModelBytes(Sound)))!;
        byte[] payload = sections[4].Payload;
        sections[4].Payload = [1, .. payload[1..16], .. payload[56..(56 + 12)], .. payload[(56 + 12)..(56 + 12 + 24)]];
        Certificate old = Certificate.Read(Read(new ModelBytes(ModelWriter.Container(sections))))!;
        CollectionAssert.AreEqual(now.Bound.Total, old.Bound.Total);
        CollectionAssert.AreEqual(now.Observed, old.Observed);
        CollectionAssert.AreEqual(now.Accumulators[0], old.Accumulators[0]);
        Assert.AreEqual(now.Samples, old.Samples);
        Assert.IsNull(old.Found);
        Assert.IsNull(old.Near);
        Assert.IsNull(old.Decisions);
        CollectionAssert.AreEqual(sections[4].Payload, old.Write());
        Assert.IsEmpty(Certificate.Verify(Read(new ModelBytes(ModelWriter.Container(sections)))));
    }

    [TestMethod]
    public void OnlyAFileWithWindowsHasVersion3AndOneOfVersion2BeginsAtItsFeatures()
    {
        FormatDocument.Says("it is for files with windows (3.4) only, where its errors begin at the samples.");
        FormatDocument.Says("A file with windows and version 2 is of the first writers");
        FormatDocument.Says("in version 3 followed by that of the windows (id 9): what the certificate is of");
        byte[] sound = WindowedModels.Create(10, 8, 2, 1, ["mean", "q8"]).Bytes;
        int at = ModelBytes.Find(sound, ModelFormat.CertificateSection);
        Assert.AreEqual(3, sound[at]);
        Certificate now = Certificate.Read(Read(new ModelBytes(sound)))!;
        Certificate old = Certificate.Read(Read(new ModelBytes(sound).Set(at, 2)))!;
        Assert.IsTrue(now.IsFromSamples);
        Assert.IsFalse(old.IsFromSamples);
        CollectionAssert.AreEqual(now.Bound.Total, old.Bound.Total);
        Assert.ThrowsExactly<InputRefusedException>(() => Certificate.Read(Read(new ModelBytes(Sound).Set(CertificateAt, 3))));
    }

    // Sixteenths, of a window of 20 samples of -100..4000, whose quantiles have bins of 128.
    [TestMethod]
    [DataRow("0, 6, 9: mean, mean step, slope", "1 / 2", 0.5, FeatureKind.Mean, FeatureKind.MeanStep, FeatureKind.Slope)]
    [DataRow("1: standard deviation", "1 / 2 + 1 / n", 0.5 + (1.0 / 20), FeatureKind.Deviation)]
    [DataRow("5, 15: root mean square, octave", "1", 1.0, FeatureKind.RootMeanSquare, FeatureKind.Octave)]
    [DataRow("12: quantile", "8 (w - 1)", 8.0 * 127, FeatureKind.Quantile)]
    [DataRow("13, 14: average, drift", "2", 2.0, FeatureKind.Average, FeatureKind.Drift)]
    [DataRow("all others", "0", 0.0, FeatureKind.Least, FeatureKind.Most, FeatureKind.Range, FeatureKind.LargestStep, FeatureKind.Crossings, FeatureKind.First, FeatureKind.Last)]
    public void WhatAFeatureCanBeOffByIsAsTheTableSays(string kinds, string sixteenths, double value, params FeatureKind[] listed)
    {
        Assert.IsTrue(FormatDocument.Text.Rows().Any(row => row.SequenceEqual([kinds, sixteenths])), kinds);
        WindowShape shape = new(10, 2, 0, 0, [new ChannelShape(-100, 4000, 0, 0, 5)], []);
        foreach (FeatureKind kind in listed)
        {
            Assert.AreEqual(value, 16 * FeatureError.Bound(shape, new Feature(kind, 0, kind is FeatureKind.Quantile or FeatureKind.Octave ? 1 : 0, 0, 0, 0)), 1e-12, $"{kind}");
        }
    }

    // Written down once more, by the words of the document.
    [TestMethod]
    public void WhatABandCanBeOffByIsAsTheWordsSay()
    {
        Assert.IsTrue(FormatDocument.Text.Rows().Any(row => row.SequenceEqual(["16: band", "2 (16 r + 1) / n + 1 / 2, see below"])));
        const int N = 20;
        (int cosine, int sine) = Rotation.Of(N);
        WindowShape shape = new(10, 2, cosine, sine, [new ChannelShape(-100, 4000, 0, 0, 0)], []);
        short[] turn = CosineTable.Create(N, cosine, sine);
        double r = Math.Sqrt(new[] { (3, 0), (3, 15), (4, 0), (4, 15) }.Sum(sum =>
        {
            double[] d = [.. Enumerable.Range(0, N).Select(i => ((sum.Item1 * i) + sum.Item2) % N).Select(i => (turn[i] / 16384.0) - Math.Cos(2 * Math.PI * i / N))];
            return Math.Pow((1 / 32.0) + (4100 / 2.0 * d.Sum(Math.Abs)) + Math.Abs(3900 / 2.0 * d.Sum()), 2);
        }));
        double bound = 16 * FeatureError.Bound(shape, new Feature(FeatureKind.Band, 0, 3, 4, 0, 0));
        Assert.AreEqual((2 * ((16 * r) + 1) / N) + 0.5, bound, 1e-6);
    }

    /// <summary>A file of three outputs, of which the second may have a pin.</summary>
    private static byte[] Three(bool argMax, Networks.Activation last = Networks.Activation.Linear)
    {
        BoardOutput[] pins = argMax ? [new("y1", 18, ArgMax: true)] : [];
        return Bench.Identity(3, 0, last, pins).Bytes;
    }

    /// <summary>Such a file whose outputs have these scales and offsets.</summary>
    private static ModelFile Labelled(byte[] sound, params (double Scale, double Offset)[] outputs)
    {
        (int Id, bool Critical, byte[] Payload)[] sections = ContainerRuleTests.Sections(sound);
        byte[] labels = sections[3].Payload;

        // An output has two numbers of 8 bytes, a name of 3 with its length, and no unit.
        const int OutputLength = 20;
        int at = labels.Length - (3 * OutputLength);
        foreach ((double scale, double offset) in outputs)
        {
            BitConverter.TryWriteBytes(labels.AsSpan(at), scale);
            BitConverter.TryWriteBytes(labels.AsSpan(at + 8), offset);
            at += OutputLength;
        }

        return ModelFile.Parse(ModelWriter.Container(sections), "compared");
    }

    private static ModelBytes Decided(int rows, int proven, int same, double share) => Set(CertificateAt + 48, share)
        .SetInt32(CertificateAt + 24, rows).SetInt32(CertificateAt + 28, proven).SetInt32(CertificateAt + 32, same);

    private static ModelBytes Set(int at, double value) => new ModelBytes(Sound).Set(at, BitConverter.GetBytes(value));

    private static ModelFile Read(ModelBytes file) => ModelFile.Parse(file.File, "file");

    private static void Refuse(ModelBytes file)
    {
        InputRefusedException refusal = Assert.ThrowsExactly<InputRefusedException>(() => Read(file));
        StringAssert.Contains(refusal.Message, ModelErrorText.Describe(ModelError.Section, ModelFormat.LabelsSection));
    }
}
