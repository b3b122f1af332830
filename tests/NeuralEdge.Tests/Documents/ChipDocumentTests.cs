using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Boards;

namespace NeuralEdge.Tests.Documents;

/// <summary>The hardware guide has what the table of chips has.</summary>
[TestClass]
public sealed class ChipDocumentTests
{
    [TestMethod]
    public void TheGuideHasALineForEveryChip()
    {
        string guide = File.ReadAllText(Repository.PathOf("firmware/README.md"));
        Violations.AssertNone("firmware/README.md lacks these lines", BoardPins.Chips.Select(LineOf).Where(line => !guide.Contains(line, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void WhatTheGuideQuotesOfTheDebuggersOutputIsWhatTheFirmwarePrints()
    {
        string guide = string.Join(' ', File.ReadAllText(Repository.PathOf("firmware/README.md")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string program = File.ReadAllText(Repository.PathOf("firmware/NeuralEdge.Firmware/Program.cs"));
        foreach (string quoted in (string[])["NeuralEdge runs.", "NeuralEdge could not run and starts again, because this failed:"])
        {
            StringAssert.Contains(guide, $"\"{quoted}\"");
            StringAssert.Contains(program, $"Console.WriteLine(\"{quoted}\")");
        }
    }

    private static string LineOf(Chip chip)
    {
        int[] channels = BoardPins.ChannelsOf(chip);
        int[] link = PinList.Expand(chip.Link);
        string volts = chip.MostMillivolts == 0 ? "not stated" : $"{chip.LeastMillivolts} to {chip.MostMillivolts}";
        return $"| `{chip.Name}` | {string.Join(' ', channels)} | {string.Join(' ', channels.Select(chip.GpioOfAdc))} | {volts} | {string.Join(' ', BoardPins.OutputsOf(chip))} | COM{chip.LinkPort}, {link[0]} and {link[1]} |";
    }
}
