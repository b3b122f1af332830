using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Tests.Documents;
using Settings = NeuralEdge.Firmware.Settings;
using Tuning = NeuralEdge.Firmware.Tuning;

namespace NeuralEdge.Tests.Firmware;

/// <summary>The settings as they come fit a board that is wired as the document says.</summary>
[TestClass]
public sealed class SettingsTests
{
    private static readonly ILookup<string, int> Wired = new Document("firmware/README.md").Rows()
        .Where(row => row.Length == 3 && Regex.IsMatch(row[0], @"^GPIO\d"))
        .ToLookup(row => row[2], row => int.Parse(Regex.Match(row[0], @"\d+").Value, CultureInfo.InvariantCulture));

    [TestMethod]
    public void TheLinkHasThePinsOfTheDocumentAndNoLoadHasThem()
    {
        Chip chip = ChipTable.Find("esp32");
        ChipWiring wiring = ChipWiring.Choose(
            chip.Title, chip, Settings.OutputPins(chip), Built(nameof(Settings.LinkPort)), Built(nameof(Settings.LinkReceivePin)), Built(nameof(Settings.LinkTransmitPin)));
        Assert.AreEqual(Misfit.None, wiring.Misfit);
        int[] link = [Wired[$"receives for COM{wiring.LinkPort}"].Single(), Wired[$"sends for COM{wiring.LinkPort}"].Single()];
        CollectionAssert.AreEqual(link, new[] { wiring.ReceivePin, wiring.TransmitPin });
        int[] loads = [.. wiring.Outputs.Select(pin => pin.Pin)];
        Assert.IsEmpty(link.Intersect(loads));
        CollectionAssert.IsSubsetOf(Wired["safe output"].ToArray(), loads);
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(24576, 0)]
    [DataRow(60000, 35424)]
    [DataRow(80052, 55476)]
    [DataRow(2_000_000, 65536)]
    public void ModelsGetWhatIsFreeWithoutTheReserveAndNoMoreThanTheirLimit(int free, int expected) => Assert.AreEqual(expected, Tuning.ModelHeap(free));

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(24576, 0)]
    [DataRow(74544, 12492)]
    [DataRow(2_000_000, 32768)]
    public void CompiledCodeGetsAQuarterOfThatAndNoMoreThanItsLimit(int free, int expected) => Assert.AreEqual(expected, Tuning.TurboLimit(free));

    // By reflection: the constant of the firmware as it is built, not the one that these tests were compiled with.
    private static int Built(string name) => (int)typeof(Settings).GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetRawConstantValue()!;
}
