using System.Buffers.Binary;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Cli;

/// <summary>A pin that is not what its output asks for looks broken unless somebody says what holds it.</summary>
[TestClass]
public sealed class HeldTextTests
{
    private const byte PinOff = 0;

    [TestMethod]
    [DataRow(3500, PinOff, "held: once off, for 700 ms at least")]
    [DataRow(2000, (byte)LinkProtocol.PinOn, "held: once on, for 5 s at least")]
    [DataRow(3500, (byte)LinkProtocol.PinOn, null)]
    [DataRow(2000, PinOff, null)]
    [DataRow(2700, PinOff, null)]
    [DataRow(2700, (byte)LinkProtocol.PinOn, null)]
    [DataRow(3500, (byte)LinkProtocol.PinResting, null)]
    [DataRow(3500, (byte)LinkProtocol.NoPin, null)]
    public void APinThatATimeHoldsIsExplained(int value, byte pin, string? words) =>
        Assert.AreEqual(words, Of(value, pin, minOnMs: 5000, minOffMs: 700));

    [TestMethod]
    public void WithoutATimeNothingIsClaimed() => Assert.IsNull(Of(3500, PinOff, minOnMs: 0, minOffMs: 0));

    private static string? Of(int value, byte pin, int minOnMs, int minOffMs)
    {
        ModelFile file = ModelFile.Parse(
            Bench.Identity(1, 0, new BoardOutput("y0", 18, ArgMax: false, On: 3000, Off: 2500, MinOnMs: minOnMs, MinOffMs: minOffMs)).Bytes, "held");
        int[] raw = file.ToRaw([value]);
        byte[] data = new byte[30];
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(16), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(18), 1);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(20), raw[0]);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(24), file.Run(raw)[0]);
        data[28] = pin;
        return HeldText.Of(file, LiveValues.Read(data)!, 0);
    }
}
