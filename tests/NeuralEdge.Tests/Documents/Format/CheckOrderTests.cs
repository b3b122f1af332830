using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>
/// FORMAT.md 7 and 7.1: each fault gives its code at its place, and of any two faults the one that the document names first
/// is reported. All pairs are tried.
/// </summary>
[TestClass]
public sealed class CheckOrderTests
{
    // At the offsets of the walk in section 8, in the order of section 7.1.
    private static readonly PlantedFault[] InFactoryModel =
    [
        PlantedFault.Limit("longer than the board takes", ModelError.TooLarge, 900, l => l with { MaxBytes = 900 }),
        PlantedFault.In("magic", 3, ModelError.NotAModel, 0, 0x48),
        PlantedFault.In("major version", 4, ModelError.Version, 3, 3),
        PlantedFault.In("length", 8, ModelError.Truncated, 940, 0xAC),
        PlantedFault.Limit("checksum", ModelError.Checksum, 0, l => l with { WrongChecksum = true }),
        PlantedFault.In("reserved word of the header", 12, ModelError.BadValue, 12, 1),
        PlantedFault.In("number of sections", 6, ModelError.BadValue, 6, 17),
        PlantedFault.In("flags of the network", 18, ModelError.Section, 1, 3),
        PlantedFault.In("flags of the bindings", 94, ModelError.Section, 2, 2),
        PlantedFault.In("padding of the labels", 827, ModelError.Section, 4, 1),
        PlantedFault.In("about is critical", 954, ModelError.Section, 6, 1),
        PlantedFault.In("no inputs", 24, ModelError.BadValue, 24, 0),
        PlantedFault.In("no layers", 26, ModelError.BadValue, 26, 0),
        PlantedFault.In("arithmetic", 27, ModelError.BadValue, 27, 2),
        PlantedFault.Limit("input too wide", ModelError.TooWide, 1, l => l with { MaxWidth = 1 }),
        PlantedFault.Limit("too many layers", ModelError.TooManyLayers, 1, l => l with { MaxLayers = 1 }),
        PlantedFault.In("ranges do not fit", 24, ModelError.Section, 1, 60),
        PlantedFault.In("range 0", 31, ModelError.BadValue, 28, 0x7F),
        PlantedFault.In("range 1", 43, ModelError.BadValue, 36, 0x80),
        PlantedFault.In("no neurons", 44, ModelError.BadValue, 44, 0),
        PlantedFault.In("layer too wide", 44, ModelError.TooWide, 512, 0x01, 0x02),
        PlantedFault.In("activation", 46, ModelError.BadValue, 46, 6),
        PlantedFault.In("bytes of a weight", 47, ModelError.BadValue, 47, 3),
        PlantedFault.In("slope", 48, ModelError.BadValue, 48, 1),
        PlantedFault.In("fraction bits", 50, ModelError.BadValue, 50, 1),
        PlantedFault.In("lanes", 51, ModelError.BadValue, 51, 1),
        PlantedFault.In("layer does not fit", 44, ModelError.Section, 1, 60),
        PlantedFault.In("padding behind the shifts", 55, ModelError.BadValue, 55, 1),
        PlantedFault.In("shift of neuron 0", 52, ModelError.BadValue, 52, 32),
        PlantedFault.In("accumulator of neuron 0", 59, ModelError.Overflow, 0, 0x80),
        PlantedFault.In("shift of neuron 1", 53, ModelError.BadValue, 53, 0xE0),
        PlantedFault.In("accumulator of neuron 1", 63, ModelError.Overflow, 1, 0x7F),
        PlantedFault.In("no neurons in layer 1", 72, ModelError.BadValue, 72, 0),
        PlantedFault.In("accumulator of layer 1", 87, ModelError.Overflow, 65536, 0x7F),
        PlantedFault.In("no vectors", 144, ModelError.BadValue, 144, 0),
        PlantedFault.In("reserved word of the vectors", 147, ModelError.BadValue, 144, 1),
        PlantedFault.In("length of the vectors", 144, ModelError.Section, 3, 47),
        PlantedFault.In("input of vector 0", 151, ModelError.BadValue, 148, 0x80),
        PlantedFault.In("input of vector 47", 719, ModelError.BadValue, 716, 1),
        PlantedFault.In("period below 0", 103, ModelError.BadValue, 100, 0x80),
        PlantedFault.In("reserved word of the bindings", 107, ModelError.BadValue, 100, 1),
        PlantedFault.In("source of input 0", 108, ModelError.BadValue, 108, 2),
        PlantedFault.In("channel of input 0", 109, ModelError.Channel, 0, 32),
        PlantedFault.In("conversions of input 1", 114, ModelError.BadValue, 112, 9),
        PlantedFault.In("fraction bits of input 1", 115, ModelError.BadValue, 112, 5),
        PlantedFault.Limit("channel of input 1", ModelError.Channel, 1, l => l with { Channels = 1 }),
        PlantedFault.In("flags of output 0", 118, ModelError.BadValue, 116, 2),
        PlantedFault.In("reserved byte of output 0", 119, ModelError.BadValue, 116, 1),
        PlantedFault.In("shortest time on", 131, ModelError.BadValue, 116, 0x80),
        PlantedFault.In("shortest time off", 135, ModelError.BadValue, 116, 0x80),
        PlantedFault.In("pin of output 0", 116, ModelError.Pin, 0, 1, 20),
        PlantedFault.In("output of vector 1", 168, ModelError.Golden, 1, 1),
        PlantedFault.In("output of vector 47", 723, ModelError.Golden, 47, 0),
    ];

    // The worked example in the profile fast has its first layer at 44 too, with a table of 12 bytes behind its head.
    private static readonly PlantedFault[] InFastModel =
    [
        PlantedFault.In("lanes", 51, ModelError.BadValue, 51, 2),
        PlantedFault.In("multiplier", 55, ModelError.BadValue, 52, 1),
        PlantedFault.In("shift of the table", 60, ModelError.BadValue, 60, 32),
        PlantedFault.In("reserved byte of the table", 62, ModelError.BadValue, 62, 1),
        PlantedFault.In("digest", 59, ModelError.BadValue, 56, 0x55),
        PlantedFault.In("accumulator", 67, ModelError.Overflow, 0, 0x40),
        PlantedFault.In("no vectors", 0, ModelError.BadValue, 0, 0, 0),
    ];

    [TestMethod]
    public void EachFaultGivesItsCodeAtItsPlace() => TryAlone(FactoryModel.GetBytes(), InFactoryModel);

    [TestMethod]
    public void OfTwoFaultsTheOneThatTheDocumentNamesFirstIsReported()
    {
        FormatDocument.Says("A reader reports the first fault it meets");
        FormatDocument.Says("Only then comes the next layer's head.");
        FormatDocument.Says("Error 9 points at the first byte of the field.");
        Assert.IsGreaterThan(1300, TryPairs(FactoryModel.GetBytes(), InFactoryModel));
    }

    [TestMethod]
    public void TheFaultsOfATableAreMetInTheOrderOfTheDocument()
    {
        byte[] sound = Examples.Convert(Examples.WorkedExample, Profile.Fast).File.Bytes;
        int vectors = Models.ModelBytes.Find(sound, ModelFormat.GoldenSection);
        PlantedFault[] faults = [.. InFastModel.Select(fault => fault.At == 0 ? fault with { At = vectors, Where = vectors } : fault)];
        TryAlone(sound, faults);
        Assert.AreEqual(21, TryPairs(sound, faults));
        FormatDocument.Says("a table's multiplier, shift and reserved bytes, or the padding behind the shifts (9); a table's digest (9).");
        FormatDocument.Says("For padding and the reserved bytes of a table it points at the byte that is not 0.");
    }

    // 3 inputs and 1 neuron of 8-bit weights: a byte of padding behind the weights.
    [TestMethod]
    public void ThePaddingBehindTheWeightsComesAfterTheAccumulatorsAndBeforeTheNextLayer()
    {
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[1, -1, 0.5]], [0], Activation.Tanh), new FloatLayer([[1]], [0], Activation.Linear)),
            [new InputSpec("a", "", -1, 1), new InputSpec("b", "", -1, 1), new InputSpec("c", "", -1, 1)],
            [new OutputSpec("y")]);
        byte[] sound = Examples.Convert(model, Profile.Compact).File.Bytes;
        const int Layer = 24 + 4 + (3 * 8);
        const int Padding = Layer + 8 + 4 + 4 + 3;
        PlantedFault[] faults =
        [
            PlantedFault.In("shift", Layer + 8, ModelError.BadValue, Layer + 8, 32),
            PlantedFault.In("accumulator", Layer + 8 + 4 + 3, ModelError.Overflow, 0, 0x80),
            PlantedFault.In("padding behind the weights", Padding, ModelError.BadValue, Padding, 1),
            PlantedFault.In("no neurons in the next layer", Padding + 1, ModelError.BadValue, Padding + 1, 0),
        ];
        TryAlone(sound, faults);
        Assert.AreEqual(6, TryPairs(sound, faults));
    }

    private static void TryAlone(byte[] sound, PlantedFault[] faults)
    {
        Assert.AreEqual((ModelError.None, 0), PlantedFault.Meet(sound));
        Violations.AssertNone("Other code or place", faults
            .Select(fault => (fault, Met: PlantedFault.Meet(sound, fault)))
            .Where(t => t.Met != (t.fault.Error, t.fault.Where))
            .Select(t => $"{t.fault.Name}: {t.Met} instead of {(t.fault.Error, t.fault.Where)}"));
    }

    private static int TryPairs(byte[] sound, PlantedFault[] faults)
    {
        List<string> wrong = [];
        int tried = 0;
        for (int first = 0; first < faults.Length; first++)
        {
            foreach (PlantedFault second in faults[(first + 1)..].Where(second => !second.Touches(faults[first])))
            {
                tried++;
                (ModelError, int) met = PlantedFault.Meet(sound, second, faults[first]);
                if (met != (faults[first].Error, faults[first].Where))
                {
                    wrong.Add($"{faults[first].Name}, then {second.Name}: {met}");
                }
            }
        }

        Violations.AssertNone("Not the first of two faults", wrong);
        return tried;
    }
}
