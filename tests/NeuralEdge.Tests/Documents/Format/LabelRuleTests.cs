using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
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
        Assert.AreEqual("\n", Read(new ModelBytes(Sound).Set(Name, 0x0A)).Signature.Inputs[0].Name);
        Assert.AreEqual("\0", Read(new ModelBytes(Sound).Set(Name, 0)).Signature.Inputs[0].Name);
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
        FormatDocument.Says("A board does not read sections 4 to 6. A host must expect rubbish there, in a file that a board has accepted too");
        byte[] file = Sound;
        new Random(1).NextBytes(file.AsSpan(Task, 93));
        new Random(2).NextBytes(file.AsSpan(CertificateAt, 52));
        new Random(3).NextBytes(file.AsSpan(896, 36));
        Assert.AreEqual((ModelError.None, 0), new ModelBytes(file).Read(new BoardLimits().ForReader()));
    }

    [TestMethod]
    public void ACertificateHasAVersionAMethodAndCounts()
    {
        FormatDocument.Says("boxes or raw inputs looked at, 1 or more");
        FormatDocument.Says("rows of values at which the error was looked at besides, 0 or more");
        FormatDocument.Says("Its length is exactly 16 + 4 neurons + 24 outputs.");
        Assert.HasCount(16 + (4 * 3) + (24 * 1), ContainerRuleTests.Sections(Sound)[4].Payload);
        foreach ((int at, int value) in new[] { (0, 2), (1, 3), (2, 1), (3, 1), (11, 0x80), (15, 0x80) })
        {
            ModelFile file = Read(new ModelBytes(Sound).Set(CertificateAt + at, (byte)value));
            Assert.ThrowsExactly<InputRefusedException>(() => Certificate.Read(file), $"byte {at}");
        }

        Assert.ThrowsExactly<InputRefusedException>(() => Certificate.Read(Read(new ModelBytes(Sound).SetInt32(CertificateAt + 8, 0))));
        Assert.AreEqual(0, Certificate.Read(Read(new ModelBytes(Sound).SetInt32(CertificateAt + 12, 0)))!.Samples);
    }

    private static ModelBytes Set(int at, double value) => new ModelBytes(Sound).Set(at, BitConverter.GetBytes(value));

    private static ModelFile Read(ModelBytes file) => ModelFile.Parse(file.File, "file");

    private static void Refuse(ModelBytes file)
    {
        InputRefusedException refusal = Assert.ThrowsExactly<InputRefusedException>(() => Read(file));
        StringAssert.Contains(refusal.Message, ModelErrorText.Describe(ModelError.Section, ModelFormat.LabelsSection));
    }
}
