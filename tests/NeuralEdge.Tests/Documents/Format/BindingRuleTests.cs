using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 3: what is checked in bindings that bind nothing, and what is refused in those that do.</summary>
[TestClass]
public sealed class BindingRuleTests
{
    // Two outputs on pins 18 and 19, two inputs on channels 0 and 1.
    private static readonly byte[] Sound = Bench.Identity(
        2, 0, new BoardOutput("y0", 18, ArgMax: false, On: 2, Off: 1), new BoardOutput("y1", 19, ArgMax: false, On: 2, Off: 1)).Bytes;

    private static readonly int Section = ModelBytes.Find(Sound, ModelFormat.BindingsSection);
    private static readonly int Input = Section + 8;
    private static readonly int Output = Input + (2 * 4);
    private static readonly ModelLimits Limits = new BoardLimits().ForReader();
    private static readonly (ModelError, int) Accepted = (ModelError.None, 0);

    [TestMethod]
    public void APeriodIs0OrMoreAndAtMostAnHour()
    {
        FormatDocument.Says("0 or more and at most 3600000; 0: the board's own");
        Assert.AreEqual(Accepted, new ModelBytes(Sound).SetInt32(Section, 0).Read(Limits));
        Assert.AreEqual(Accepted, new ModelBytes(Sound).SetInt32(Section, 3600000).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Section), new ModelBytes(Sound).SetInt32(Section, 3600001).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Section), new ModelBytes(Sound).SetInt32(Section, -1).Read(Limits));
    }

    [TestMethod]
    public void WithoutASourceTheChannelIsIgnoredAndTheRestIsStillChecked()
    {
        FormatDocument.Says("An input without a source keeps the raw value nearest to 0; its channel is ignored, but s and f are still checked.");
        Assert.AreEqual(Accepted, new ModelBytes(Sound).Set(Input, 0, 200, 8, 8).Read(Limits));
        Assert.AreEqual(Accepted, new ModelBytes(Sound).Set(Input, 0, 200, 0, unchecked((byte)-12)).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Input), new ModelBytes(Sound).Set(Input, 0, 0, 9, 0).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Input), new ModelBytes(Sound).Set(Input, 0, 0, 3, 4).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Input), new ModelBytes(Sound).Set(Input, 0, 0, 0, unchecked((byte)-13)).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Input), new ModelBytes(Sound).Set(Input, 3).Read(Limits));
    }

    [TestMethod]
    [DataRow(-9, 4095, 0)]
    [DataRow(5, 4095, 5)]
    [DataRow(-4095, -3, -3)]
    public void AnInputWithoutASourceKeepsTheRawValueNearestTo0(int smallest, int largest, int nearest)
    {
        Model model = new TinyModel { Smallest = smallest, Largest = largest, Weight = 1 }.Load();
        Assert.AreEqual(AnalogSampler.NoFault, new AnalogSampler(model, new BoardParts { Inputs = new FakeInputs(_ => 1000) }, [], 1000).Sample(0));
        model.Network.Forward();
        Assert.AreEqual(nearest, model.Network.Outputs[0]);
    }

    [TestMethod]
    public void AChannelAbove31OrThatTheBoardDoesNotSampleIsRefused()
    {
        FormatDocument.Says("A board refuses a channel that it does not sample, and every channel above 31.");
        Assert.AreEqual((ModelError.Channel, 1), new ModelBytes(Sound).Set(Input + 5, 8).Read(Limits));
        ModelLimits all = (new BoardLimits() with { Channels = -1 }).ForReader();
        Assert.AreEqual(Accepted, new ModelBytes(Sound).Set(Input + 5, 31).Read(all));
        Assert.AreEqual((ModelError.Channel, 1), new ModelBytes(Sound).Set(Input + 5, 32).Read(all));
    }

    [TestMethod]
    public void ASensorThatTheBoardHasNotIsRefusedAndItHasNoConversions()
    {
        FormatDocument.Says("A board numbers them from 0, has at most 32, and refuses a sensor that it has not");
        ModelLimits three = new BoardLimits().ForReader();
        three.Sensors = 3;
        Assert.AreEqual(Accepted, new ModelBytes(Sound).Set(Input, 2, 2, 0, 0).Read(three));
        Assert.AreEqual((ModelError.Channel, 0), new ModelBytes(Sound).Set(Input, 2, 3, 0, 0).Read(three));
        Assert.AreEqual((ModelError.Channel, 1), new ModelBytes(Sound).Set(Input + 4, 2, 255, 0, 0).Read(three));
        Assert.AreEqual((ModelError.Channel, 0), new ModelBytes(Sound).Set(Input, 2, 0, 0, 0).Read(Limits), "a board without sensors");
        FormatDocument.Says("u8 s (log2 of conversions, 0..8; of a sensor 0), i8 f (fraction bits, -12..s)");
        Assert.AreEqual((ModelError.BadValue, Input), new ModelBytes(Sound).Set(Input, 2, 0, 1, 0).Read(three));
        Assert.AreEqual((ModelError.BadValue, Input), new ModelBytes(Sound).Set(Input, 2, 0, 0, 1).Read(three));
        Assert.AreEqual(Accepted, new ModelBytes(Sound).Set(Input, 2, 0, 0, unchecked((byte)-12)).Read(three));
        Assert.AreEqual((ModelError.BadValue, Input), new ModelBytes(Sound).Set(Input, 2, 0, 0, unchecked((byte)-13)).Read(three));
        FormatDocument.Says("raw is v shifted right by -f, rounded half up");
    }

    [TestMethod]
    public void WithoutARuleThePinIsIgnoredAndMayRepeat()
    {
        FormatDocument.Says("An output without a rule moves no pin: its pin is ignored and may repeat, its other fields are still checked.");
        Assert.AreEqual(Accepted, new ModelBytes(Sound).Set(Output, 0, 19).Read(Limits), "the other output's pin");
        Assert.AreEqual(Accepted, new ModelBytes(Sound).Set(Output, 0, 255).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, Output), new ModelBytes(Sound).Set(Output, 0, 255, 2).Read(Limits), "flags");
        Assert.AreEqual((ModelError.BadValue, Output), new ModelBytes(Sound).Set(Output, 0, 255, 0, 1).Read(Limits), "reserved");
        Assert.AreEqual((ModelError.BadValue, Output), new ModelBytes(Sound).Set(Output, 0).SetInt32(Output + 12, -1).Read(Limits), "time on");
        Assert.AreEqual((ModelError.BadValue, Output), new ModelBytes(Sound).Set(Output, 0).SetInt32(Output + 16, -1).Read(Limits), "time off");
        Assert.AreEqual((ModelError.BadValue, Output), new ModelBytes(Sound).Set(Output, 3).Read(Limits), "rule");
    }

    [TestMethod]
    public void ABoundPinAbove62OrTakenOrForbiddenIsRefused()
    {
        FormatDocument.Says("A board refuses a bound pin that it must not drive, one that an earlier output has, and every bound pin above 62.");
        ModelLimits all = (new BoardLimits() with { Pins = -1 }).ForReader();
        Assert.AreEqual(Accepted, new ModelBytes(Sound).Set(Output + 1, 62).Read(all));
        Assert.AreEqual((ModelError.Pin, 0), new ModelBytes(Sound).Set(Output + 1, 63).Read(all));
        Assert.AreEqual((ModelError.Pin, 1), new ModelBytes(Sound).Set(Output + 21, 18).Read(Limits), "taken");
        Assert.AreEqual((ModelError.Pin, 0), new ModelBytes(Sound).Set(Output + 1, 20).Read(Limits), "forbidden");
    }

    [TestMethod]
    public void AWrongLengthIsAnErrorOfTheSection()
    {
        FormatDocument.Says("The length is exactly 8 + 4 inputs + 20 outputs.");
        (int Id, bool Critical, byte[] Payload)[] sections = ContainerRuleTests.Sections(Sound);
        Assert.HasCount(8 + (4 * 2) + (20 * 2), sections[1].Payload);
        foreach (byte[] payload in (byte[][])[sections[1].Payload[..^4], [.. sections[1].Payload, 0, 0, 0, 0]])
        {
            sections[1].Payload = payload;
            Assert.AreEqual((ModelError.Section, 2), ModelBytes.Read(ModelWriter.Container(sections), Limits));
        }
    }
}
