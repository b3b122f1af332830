using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Simulator;

namespace NeuralEdge.Tests.Boards;

/// <summary>The one table of chips, against what the makers' documents say, written down apart from it.</summary>
[TestClass]
public sealed class ChipTableTests
{
    public static IEnumerable<object[]> Chips => ChipFacts.All.Select(facts => new object[] { facts.Name });

    [TestMethod]
    public void EveryRowHasItsFactsAndCanBeSimulated()
    {
        string[] names = [.. ChipFacts.All.Select(facts => facts.Name)];
        CollectionAssert.AreEqual(names, ChipTable.Names.Split(' '));
        CollectionAssert.AreEqual(names, BoardPins.Chips.Select(chip => chip.Name).ToArray());
        CollectionAssert.IsSubsetOf(names, SimulatedBoard.Chips.ToArray());
        Assert.IsNull(ChipTable.Find("esp32-c5"));
        Assert.IsNotNull(ChipTable.WhyRefused("esp32-c5"));
    }

    [TestMethod]
    [DynamicData(nameof(Chips))]
    public void APinIsRefusedIfAndOnlyIfItMustNotDrive(string name)
    {
        (ChipFacts facts, Chip chip) = Of(name);
        Violations.AssertNone($"{name}: pins", Enumerable.Range(0, 64).Where(pin => facts.IsForbidden(pin) != (chip.WhyNotOutput(pin) is not null)).Select(pin => $"{pin}: {chip.WhyNotOutput(pin) ?? "may drive"}"));
    }

    [TestMethod]
    [DynamicData(nameof(Chips))]
    public void AChannelIsAtItsPinAndMeasuresUnlessThePinHasAnotherPurpose(string name)
    {
        (ChipFacts facts, Chip chip) = Of(name);
        CollectionAssert.AreEqual(facts.Adc, Enumerable.Range(0, facts.Adc.Length).Select(chip.GpioOfAdc).ToArray());
        Assert.AreEqual(-1, chip.GpioOfAdc(facts.Adc.Length));
        Assert.AreEqual(-1, chip.GpioOfAdc(-1));
        for (int channel = 0; channel < 32; channel++)
        {
            Assert.AreEqual(facts.Measures(channel), chip.WhyNotAdc(channel) is null, $"channel {channel}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Chips))]
    public void WhatTheChipHasByDefaultHarmsNothingAndDoesNotMeet(string name)
    {
        (ChipFacts facts, Chip chip) = Of(name);
        int[] outputs = BoardPins.OutputsOf(chip);
        int[] sensors = [.. BoardPins.ChannelsOf(chip).Select(chip.GpioOfAdc)];
        int[] link = PinList.Expand(chip.Link);
        Assert.IsGreaterThan(1, outputs.Length);
        Assert.IsGreaterThan(1, sensors.Length);
        Assert.IsFalse(Array.Exists(outputs, facts.IsForbidden));
        Assert.HasCount(outputs.Length + sensors.Length + link.Length, outputs.Concat(sensors).Concat(link).Distinct().ToArray());
        ChipWiring wiring = facts.Wire();
        Assert.AreEqual((Misfit.None, name), (wiring.Misfit, wiring.ChipName));
        CollectionAssert.AreEqual(link, new[] { wiring.ReceivePin, wiring.TransmitPin });
        Assert.AreEqual(chip.AdcChannels, wiring.AdcChannels);

        // One cable: UART0 is the link wherever the debugger has a USB of its own.
        Assert.AreEqual(chip.Usb.Length > 0 ? Chip.FirstPort : 2, wiring.LinkPort);
        Assert.AreEqual(chip.Usb.Length > 0, chip.Link == chip.Uart0);
    }

    [TestMethod]
    [DataRow("nanoCLR running @ ESP32_C3 built with ESP-IDF 38eeba2", "ESP32_C3")]
    [DataRow("nanoCLR running @ ESP32", "ESP32")]
    [DataRow("something else", "something else")]
    [DataRow("", "")]
    [DataRow(null, "")]
    public void TheRuntimeNamesItsChip(string? description, string name) => Assert.AreEqual(name, ChipTable.RuntimeName(description));

    [TestMethod]
    [DataRow("ESP32", "ESP32_REV3", false, "esp32")]
    [DataRow("ESP32", "ESP32_PSRAM_REV3", false, "esp32")]
    [DataRow("ESP32", "ESP32_PSRAM_REV3", true, "esp32-wrover")]
    [DataRow("ESP32", "ESP32_PICO", false, "esp32-wrover")]
    [DataRow("ESP32", "M5StickCPlus", false, "esp32-wrover")]
    [DataRow("ESP32_S3", "ESP32_S3_QUAD", true, "esp32-s3")]
    [DataRow("ESP32_S3", "ESP32_S3_OCTAL", false, "esp32-s3-octal")]
    [DataRow("ESP32_S3", "AtomS3", false, "esp32-s3")]
    [DataRow("ESP32_S3", "Another", true, "esp32-s3-octal")]
    [DataRow("ESP32_C6", "ESP32_C6_THREAD", false, "esp32-c6")]
    [DataRow("ESP32_P4", "ESP32_P4_REV_LESS3", true, "esp32-p4")]
    [DataRow("ESP32_C5", "ESP32_C5_THREAD", false, null)]
    [DataRow("ESP32_C61", "ESP32_C61", false, null)]
    [DataRow("", null, false, null)]
    public void AChipIsRecognisedByItsRuntime(string runtime, string? target, bool hasPsram, string? name) =>
        Assert.AreEqual(name, ChipTable.Recognise(runtime, target, hasPsram)?.Name);

    [TestMethod]
    [DataRow("esp32-s3", "18 19", 0, -1, -1, Misfit.OutputPin, 19, "GPIO 19 is the USB socket")]
    [DataRow("esp32-c3", "18-23", 0, -1, -1, Misfit.OutputPin, 18, "GPIO 18 is the USB socket")]
    [DataRow("esp32-s3", "21 38 21", 0, -1, -1, Misfit.OutputTwice, 21, "GPIO 21 is an output twice")]
    [DataRow("esp32-s3", "17 18", 2, 18, 17, Misfit.OutputOnLink, 17, "GPIO 17 is an output and a pin of the link")]
    [DataRow("esp32", "18", 1, -1, -1, Misfit.LinkPort, 1, "COM1 is the debugger's on the ESP32")]
    [DataRow("esp32-c3", "10", 3, 6, 7, Misfit.LinkPort, 3, "COM3 is no port on the ESP32-C3")]
    [DataRow("esp32-c3", "10", 2, -1, -1, Misfit.LinkPin, 255, "the link is on a pin that is not given")]
    [DataRow("esp32-c3", "10", 2, 6, 12, Misfit.LinkPin, 12, "the link is on GPIO 12, which is wired to the flash")]
    [DataRow("esp32", "18", 2, 16, 34, Misfit.LinkPin, 34, "the link is on GPIO 34, which is an input only")]
    [DataRow("esp32", "18", 2, 34, 17, Misfit.None, 0, "")]
    [DataRow("esp32-s3", "18 8", 3, 17, 16, Misfit.None, 0, "")]
    public void SettingsThatDoNotSuitComeToNothingButALinkAndSayWhy(string name, string outputs, int port, int receive, int transmit, Misfit misfit, int at, string why)
    {
        Chip chip = ChipTable.Find(name);
        ChipWiring wiring = ChipWiring.Choose(chip.Runtime, chip, SafePin.All(outputs, false), port, receive, transmit);
        Assert.AreEqual((misfit, at), (wiring.Misfit, wiring.MisfitAt));
        if (misfit == Misfit.None)
        {
            Assert.AreEqual((port, receive, transmit), (wiring.LinkPort, wiring.ReceivePin, wiring.TransmitPin));
            Assert.HasCount(PinList.Expand(outputs).Length, wiring.Outputs);
            return;
        }

        StringAssert.Contains(wiring.Describe(), why);
        Assert.IsEmpty(wiring.Outputs);
        Assert.AreEqual(0, wiring.AdcChannels);
        Assert.IsTrue(wiring.LinkPort > 0 && wiring.ReceivePin >= 0 && wiring.TransmitPin >= 0, "it can be asked");
    }

    [TestMethod]
    public void WhatAnOutputOrTheLinkHasIsNoChannelAnyMore()
    {
        Chip chip = ChipTable.Find("esp32-s3");
        ChipWiring wiring = ChipWiring.Choose(chip.Runtime, chip, SafePin.All("21 5", false), 2, 1, 2);
        Assert.AreEqual(chip.AdcChannels & ~0b10011, wiring.AdcChannels, "GPIO 1, 2 and 5 are channels 0, 1 and 4");
    }

    [TestMethod]
    [DataRow("esp32", "18 19", 21, 22, Misfit.None, 0, "")]
    [DataRow("esp32", "18 21", 21, 22, Misfit.OutputOnBus, 21, "GPIO 21 is an output and a pin of the I2C bus")]
    [DataRow("esp32", "18 22", 21, 22, Misfit.OutputOnBus, 22, "GPIO 22 is an output and a pin of the I2C bus")]
    [DataRow("esp32", "18", 34, 22, Misfit.BusPin, 34, "the I2C bus is on GPIO 34, which is an input only")]
    [DataRow("esp32", "18", 21, 6, Misfit.BusPin, 6, "the I2C bus is on GPIO 6, which")]
    [DataRow("esp32", "18", 21, 21, Misfit.BusPin, 21, "the I2C bus is on GPIO 21, which it cannot have")]
    [DataRow("esp32", "18", 16, 22, Misfit.BusPin, 16, "the I2C bus is on GPIO 16, which")]
    [DataRow("esp32", "18", 21, -1, Misfit.BusPin, 255, "the I2C bus is on a pin that is not given")]
    [DataRow("esp32", "18", -1, 22, Misfit.BusPin, 255, "the I2C bus is on a pin that is not given")]
    [DataRow("esp32-s3", "21", 8, 9, Misfit.None, 0, "")]
    public void TheI2cBusHasTwoPinsThatCanDriveAndThatNothingElseHas(string name, string outputs, int data, int clock, Misfit misfit, int at, string why)
    {
        Chip chip = ChipTable.Find(name);
        ChipWiring wiring = ChipWiring.Choose(chip.Runtime, chip, SafePin.All(outputs, false), 0, -1, -1, data, clock);
        Assert.AreEqual((misfit, at), (wiring.Misfit, wiring.MisfitAt));
        if (misfit != Misfit.None)
        {
            StringAssert.Contains(wiring.Describe(), why);
            Assert.IsEmpty(wiring.Outputs);
            return;
        }

        int[] sampled = [.. Enumerable.Range(0, 32).Where(channel => (wiring.AdcChannels >> channel & 1) != 0).Select(chip.GpioOfAdc)];
        Assert.IsFalse(sampled.Contains(data) || sampled.Contains(clock), "no channel either");
        CollectionAssert.IsSubsetOf(BoardPins.ChannelsOf(chip).Select(chip.GpioOfAdc).Where(pin => pin != data && pin != clock).ToArray(), sampled, "the others still are");
    }

    [TestMethod]
    public void PinsThatTheBusHasAreLeftOutOfAList()
    {
        CollectionAssert.AreEqual(new[] { 18, 23 }, SafePin.AllBut(21, 22, "18 21-23", false).Select(pin => pin.Pin).ToArray());
        CollectionAssert.AreEqual(new[] { 18, 21 }, SafePin.AllBut(-1, -1, "18 21", true).Select(pin => pin.Pin).ToArray());
        Assert.IsEmpty(SafePin.AllBut(18, 21, "18 21", false));
    }

    private static (ChipFacts Facts, Chip Chip) Of(string name) => (ChipFacts.All.Single(facts => facts.Name == name), ChipTable.Find(name));
}
