using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using NeuralEdge.Tests.Documents;
using Settings = NeuralEdge.Firmware.Settings;

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
        int[] link = [Wired[$"receives for {Settings.LinkPort}"].Single(), Wired[$"sends for {Settings.LinkPort}"].Single()];
        CollectionAssert.AreEqual(link, new[] { Built(nameof(Settings.LinkReceivePin)), Built(nameof(Settings.LinkTransmitPin)) });
        int[] loads = [.. Settings.OutputPins().Select(pin => pin.Pin)];
        Assert.IsEmpty(link.Intersect(loads));
        CollectionAssert.IsSubsetOf(Wired["safe output"].ToArray(), loads);
    }

    // By reflection: the constant of the firmware as it is built, not the one that these tests were compiled with.
    private static int Built(string name) => (int)typeof(Settings).GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetRawConstantValue()!;
}
