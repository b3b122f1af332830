using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 3.2: what the safeguards of a file may say. ProtectionTests has what a board does with them.</summary>
[TestClass]
public sealed class SafeguardRuleTests
{
    private static readonly ModelFile Sound = Bench.Identity(
        2,
        new BoardSpec(
            100,
            [new BoardInput("x0", 0, 1, Plausible: (40, 4000), FrozenMs: 70_000), new BoardInput("x1", 1, 1)],
            [
                new BoardOutput("y0", 18, ArgMax: true, MaxOnMs: 60_000, RestMs: 5_000),
                new BoardOutput("y1", 19, ArgMax: false, On: 2, Off: 1, MaxOnMs: 300, Group: "bridge"),
            ],
            DeadTimeMs: 250),
        Activation.Softmax);

    private static readonly int Section = ModelBytes.Find(Sound.Bytes, ModelFormat.SafeguardsSection);
    private static readonly int Input = Section + 8;
    private static readonly int Output = Input + (2 * 8);
    private static readonly ModelLimits Limits = new BoardLimits().ForReader();
    private static readonly (ModelError, int) Accepted = (ModelError.None, 0);

    [TestMethod]
    public void EveryFieldIsWhereTheDocumentHasItAndComesOutAsItWentIn()
    {
        FormatDocument.Says("The length is exactly 8 + 8 inputs + 12 outputs.");
        byte[] payload = Sound.Sections[ModelFormat.SafeguardsSection];
        byte[] expected =
        [
            250, 0, 0, 0, 0, 0, 0, 0,
            40, 0, 0xA0, 0x0F, 0x70, 0x11, 1, 0,
            0, 0, 0, 0, 0, 0, 0, 0,
            0x60, 0xEA, 0, 0, 0x88, 0x13, 0, 0, 1, 0, 0, 0,
            0x2C, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0,
        ];
        CollectionAssert.AreEqual(expected, payload);
        Safeguards safeguards = Sound.Model.Bindings.Safeguards;
        Assert.AreEqual(250, safeguards.DeadTimeMs);
        Assert.AreEqual((40, 4000, 70_000, true), (safeguards.GetLowest(0), safeguards.GetHighest(0), safeguards.GetFrozenMs(0), safeguards.HasPlausible(0)));
        Assert.AreEqual((0, false), (safeguards.GetFrozenMs(1), safeguards.HasPlausible(1)));
        Assert.AreEqual((60_000, 5_000, 1), (safeguards.GetMaxOnMs(0), safeguards.GetRestMs(0), safeguards.GetGroup(0)));
        Assert.AreEqual((300, 0, 2), (safeguards.GetMaxOnMs(1), safeguards.GetRestMs(1), safeguards.GetGroup(1)));
    }

    [TestMethod]
    public void AFileThatWouldSayWhatIsAssumedSaysNothing()
    {
        FormatDocument.Says("Without this section a dead time of 100 ms, group 1 for the outputs that follow arg-max and 0 for others, and 0 in every other field are assumed; a writer leaves the section out when that is what it would say.");
        ModelFile plain = Bench.Identity(2, 100, Activation.Softmax, new BoardOutput("y0", 18, ArgMax: true), new BoardOutput("y1", 21, ArgMax: false, On: 2, Off: 1));
        Assert.IsFalse(plain.Sections.ContainsKey(ModelFormat.SafeguardsSection));
        Safeguards safeguards = plain.Model.Bindings.Safeguards;
        Assert.AreEqual((100, 1, 0), (safeguards.DeadTimeMs, safeguards.GetGroup(0), safeguards.GetGroup(1)));
        Assert.AreEqual((0, 0, 0, 0), (safeguards.GetMaxOnMs(0), safeguards.GetRestMs(0), safeguards.GetFrozenMs(0), safeguards.GetHighest(0)));
    }

    [TestMethod]
    [DataRow(0, 0, 60000, DisplayName = "dead time")]
    [DataRow(4, 0, 0, DisplayName = "reserved")]
    [DataRow(8 + 4, 8, 86400000, DisplayName = "frozen, first input")]
    [DataRow(16 + 4, 16, 86400000, DisplayName = "frozen, second input")]
    [DataRow(24, 24, 86400000, DisplayName = "longest time on")]
    [DataRow(24 + 4, 24, 86400000, DisplayName = "rest")]
    [DataRow(24 + 8, 24, 255, DisplayName = "group")]
    [DataRow(36, 36, 86400000, DisplayName = "longest time on, second output")]
    [DataRow(36 + 4, 36, 86400000, DisplayName = "rest, second output")]
    [DataRow(36 + 8, 36, 255, DisplayName = "group, second output")]
    public void ANumberIs0OrMoreAndAtMostWhatTheDocumentSays(int offset, int entry, int most)
    {
        FormatDocument.Says("dead time in milliseconds, 0 to 60000");
        FormatDocument.Says("All times but the dead time are 0 to 86400000.");
        FormatDocument.Says("i32 group, 0 to 255");
        Assert.AreEqual(Accepted, new ModelBytes(Sound.Bytes).SetInt32(Section + offset, 0).Read(Limits));
        Assert.AreEqual(Accepted, new ModelBytes(Sound.Bytes).SetInt32(Section + offset, most).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Section + entry), new ModelBytes(Sound.Bytes).SetInt32(Section + offset, most + 1).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Section + entry), new ModelBytes(Sound.Bytes).SetInt32(Section + offset, -1).Read(Limits));
    }

    [TestMethod]
    [DataRow(0, 0, true)]
    [DataRow(0, 4095, true)]
    [DataRow(4095, 4095, true)]
    [DataRow(0, 4096, false)]
    [DataRow(5, 4, false)]
    [DataRow(1, 0, false)]
    public void TheLeastCountIsNotAboveTheMostAndThatIsAtMost4095(int least, int most, bool good)
    {
        FormatDocument.Says("the least not above the most, which is at most 4095 (most 0: left to the board)");
        Assert.AreEqual(
            good ? Accepted : (ModelError.BadValue, Input + 8),
            new ModelBytes(Sound.Bytes).SetInt32(Input + 8, least | (most << 16)).Read(Limits));
    }

    [TestMethod]
    public void ASectionOfAnotherLengthIsRefused()
    {
        byte[] payload = Sound.Sections[ModelFormat.SafeguardsSection];
        foreach (int length in new[] { payload.Length - 4, payload.Length + 4, 0 })
        {
            byte[] file = ModelWriter.Container(
                [.. Sound.Sections.OrderBy(section => section.Key).Select(section => (section.Key, section.Key is 1 or 2 or 3 or 7, section.Key == 7 ? Resized(payload, length) : section.Value))]);
            Assert.AreEqual((ModelError.Section, ModelFormat.SafeguardsSection), ModelBytes.Read(file, Limits), $"{length}");
        }

        static byte[] Resized(byte[] payload, int length)
        {
            Array.Resize(ref payload, length);
            return payload;
        }
    }

    [TestMethod]
    public void FieldsOfWhatIsNotWiredAreCheckedAndNotUsed()
    {
        FormatDocument.Says("Fields of inputs without a source and of outputs without a rule are checked and not used.");
        int bindings = ModelBytes.Find(Sound.Bytes, ModelFormat.BindingsSection);
        ModelBytes loose = new ModelBytes(Sound.Bytes).Set(bindings + 8, 0).Set(bindings + 16, 0);
        Assert.AreEqual(Accepted, loose.Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Output), loose.SetInt32(Output, -1).Read(Limits));
    }
}
