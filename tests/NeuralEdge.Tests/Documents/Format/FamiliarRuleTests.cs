using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Familiar;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 3.3: what a picture of the inputs may say, and the example of the document, byte by byte and row by row.</summary>
[TestClass]
public sealed class FamiliarRuleTests
{
    private const int Inputs = 2;
    private const int Input = 8;
    private const int Prototypes = Input + (10 * Inputs);
    private const int Matrix = Prototypes + (2 * 2 * Inputs);

    private static readonly byte[] Example = Convert.FromHexString(string.Concat(
        Cells(2).Where(row => Regex.IsMatch(row[1], "^`[0-9A-F ]+`$") && Regex.IsMatch(row[0], "^(2 prototypes|input [01]: centre|prototypes \\(|matrix:)")).Select(row => row[1].Trim('`').Replace(" ", ""))));

    private static readonly byte[] Sound = With(Example);
    private static readonly int Section = ModelBytes.Find(Sound, ModelFormat.FamiliaritySection);
    private static readonly ModelLimits Limits = new BoardLimits().ForReader();
    private static readonly (ModelError, int) Accepted = (ModelError.None, 0);

    [TestMethod]
    public void TheExampleHasTheBytesAndTheLengthOfTheDocument()
    {
        FormatDocument.Says("the length is exactly 8 + 10 n + 2 p n + n (n + 1) / 2: 92, 252 and 560 bytes for 3, 8 and 16 inputs and 8 prototypes");
        FormatDocument.Says($"An example: 2 inputs, 2 prototypes, and bit 0 set, in {Example.Length} bytes.");
        Assert.HasCount(Matrix + 3, Example);
        Assert.AreEqual((92, 252, 560), (FamiliarityReader.LengthOf(3, 8), FamiliarityReader.LengthOf(8, 8), FamiliarityReader.LengthOf(16, 8)));
        Assert.AreEqual(Accepted, ModelBytes.Read(Sound, Limits));
        ModelFile file = ModelFile.Parse(Sound, "file");
        CollectionAssert.AreEqual(Example, file.Familiar!.Write(isDoubt: true));
        Assert.IsTrue(file.Model.Familiarity!.IsDoubt);
    }

    [TestMethod]
    public void TheRowsOfTheExampleAreJudgedAsTheDocumentHasThem()
    {
        Familiarity core = ModelFile.Parse(Sound, "file").Model.Familiarity!;
        FamiliarReference reference = new(Example, Inputs);
        string[][] rows = [.. Cells(9).Where(row => row[8] is "yes" or "no")];
        Assert.HasCount(8, rows);
        foreach (string[] row in rows)
        {
            int[] raw = [Number(row[0]), Number(row[1])];
            var deviations = reference.Deviations(raw);
            Assert.AreEqual($"{row[2]} {row[3]}", string.Join(" ", deviations));
            Assert.AreEqual(row[8] == "yes", core.IsFamiliar(raw), row[0]);
            Assert.AreEqual(reference.IsInside(deviations), row[4].Length > 0, row[0]);
            if (row[4].Length > 0)
            {
                Assert.AreEqual($"{row[4]} {row[5]}", $"{core.GetWhitened(0)} {core.GetWhitened(1)}");
                Assert.AreEqual($"{row[6]} {row[7]}", string.Join(" ", reference.Distances(reference.Whitened(deviations))));
            }
        }
    }

    [TestMethod]
    public void EachFieldIsWithinTheBoundsOfTheDocument()
    {
        FormatDocument.Says("i32 centre, -2^30..2^30; u16 multiplier m; u8 shift s, 0..47; u8 shift t of its row of the matrix, 0..15; i8 least and i8 most, the range of its deviation, the least not above the most");
        Check(0, 0, 0, 17);
        Check(1, 0, 2, 255);
        Check(3, 0, 1, 255);
        Check(7, 0, 0x80);
        foreach (int input in (int[])[Input, Input + 10])
        {
            Check(input + 3, input, 0x80, 0x41);
            Check(input + 6, input, 48, 255);
            Check(input + 7, input, 16, 255);
            Check(input + 8, input, 0x7F);
        }

        for (int value = Prototypes; value < Matrix; value += 2)
        {
            foreach (int good in (int[])[-4095, 4095])
            {
                Assert.AreEqual(Accepted, Read(value, (byte)good, (byte)(good >> 8)));
            }

            foreach (int bad in (int[])[-4096, 4096, short.MinValue, short.MaxValue])
            {
                Assert.AreEqual((ModelError.BadValue, Section + value), Read(value, (byte)bad, (byte)(bad >> 8)), $"{bad}");
            }
        }

        FormatDocument.Says("for each row i, 128 times the sum of the magnitudes is at most 4095 * 2^t_i");
        for (int value = 0; value < 256; value++)
        {
            Assert.AreEqual(Accepted, Read(2, (byte)value), "room");

            // Row 0 has t = 3, row 1 has t = 2 and -3 besides.
            int weight = Math.Abs((int)(sbyte)value);
            Assert.AreEqual(128 * weight <= 4095 << 3 ? Accepted : (ModelError.BadValue, Section + Matrix), Read(Matrix, (byte)value), $"{value}");
            Assert.AreEqual(128 * (weight + 3) <= 4095 << 2 ? Accepted : (ModelError.BadValue, Section + Matrix + 1), Read(Matrix + 2, (byte)value), $"{value}");
        }

        static void Check(int at, int field, params byte[] bad)
        {
            foreach (byte value in bad)
            {
                Assert.AreEqual((ModelError.BadValue, Section + field), Read(at, value), $"{value} at {at}");
            }
        }

        static (ModelError, int) Read(int at, params byte[] bytes) => new ModelBytes(Sound).Set(Section + at, bytes).Read(Limits);
    }

    [TestMethod]
    public void ASectionOfAnotherLengthIsRefused()
    {
        FormatDocument.Says("a network of at most 32 inputs and length of the head (6), head (9), length (6), inputs (9), prototypes (9), the rows of the matrix (9)");
        foreach (int length in (int[])[0, 7, 8, Example.Length - 1, Example.Length + 1])
        {
            byte[] payload = [.. Example];
            Array.Resize(ref payload, length);
            Assert.AreEqual((ModelError.Section, ModelFormat.FamiliaritySection), ModelBytes.Read(With(payload), Limits), $"{length}");
        }

        Assert.AreEqual((ModelError.Section, ModelFormat.FamiliaritySection), ModelBytes.Read(With([3, .. Example[1..]]), Limits), "one prototype more");
        Assert.AreEqual((ModelError.BadValue, Section), ModelBytes.Read(With([17, .. Example[1..8]]), Limits), "the head before the length");
    }

    [TestMethod]
    public void OfTwoFaultsTheOneThatTheDocumentNamesFirstIsReported()
    {
        PlantedFault[] faults =
        [
            PlantedFault.In("head", Section + 1, ModelError.BadValue, Section, 2),
            PlantedFault.In("length", Section, ModelError.Section, ModelFormat.FamiliaritySection, 3),
            PlantedFault.In("input 0", Section + Input + 6, ModelError.BadValue, Section + Input, 48),
            PlantedFault.In("input 1", Section + Input + 17, ModelError.BadValue, Section + Input + 10, 16),
            PlantedFault.In("prototype 0", Section + Prototypes, ModelError.BadValue, Section + Prototypes, 0, 0x10),
            PlantedFault.In("prototype 1", Section + Prototypes + 6, ModelError.BadValue, Section + Prototypes + 6, 0, 0xF0),
            PlantedFault.In("row 1 of the matrix", Section + Matrix + 2, ModelError.BadValue, Section + Matrix + 1, 0x80),
        ];
        for (int first = 0; first < faults.Length; first++)
        {
            Assert.AreEqual((faults[first].Error, faults[first].Where), PlantedFault.Meet(Sound, faults[first]), faults[first].Name);
            foreach (PlantedFault second in faults[(first + 1)..])
            {
                Assert.AreEqual((faults[first].Error, faults[first].Where), PlantedFault.Meet(Sound, second, faults[first]), $"{faults[first].Name}, then {second.Name}");
            }
        }
    }

    [TestMethod]
    public void ANetworkWithMoreThan32InputsHasNone()
    {
        FormatDocument.Says("A network with more than 32 inputs has none.");
        foreach (int inputs in (int[])[32, 33])
        {
            byte[] payload = [1, 0, 0, 0, 0, 0, 0, 0, .. new byte[FamiliarityReader.LengthOf(inputs, 1) - 8]];
            byte[] file = With(payload, Bench.Identity(inputs, 100).Bytes);
            Assert.AreEqual(inputs == 32 ? Accepted : (ModelError.Section, ModelFormat.FamiliaritySection), ModelBytes.Read(file, new ModelLimits(65536, 16, 512, 0, 0xFF)));
        }
    }

    [TestMethod]
    public void OnlyAPictureThatAsksForSafeOutputsIsCriticalAndTheMinorVersionTellsOfIt()
    {
        FormatDocument.Says("if it asks for safe outputs");
        FormatDocument.Says("minor version: 2 with section 9, else 1 with section 8, else 0; a reader ignores it");
        FormatDocument.Says("a section 8 that asks for no protection they pass over");
        foreach (bool asks in (bool[])[false, true])
        {
            byte[] file = PicturedModels.Create(asks).Bytes;
            Assert.AreEqual(1, file[5]);
            Assert.AreEqual(asks, ContainerRuleTests.Sections(file).Single(section => section.Id == ModelFormat.FamiliaritySection).Critical);
        }

        Assert.AreEqual(0, Bench.Identity(2, 100).Bytes[5]);
    }

    private static byte[] With(byte[] payload, byte[]? sound = null) =>
        ModelWriter.Container([.. ContainerRuleTests.Sections(sound ?? Bench.Identity(Inputs, 100).Bytes), (ModelFormat.FamiliaritySection, false, payload)]);

    private static IEnumerable<string[]> Cells(int columns) => FormatDocument.Text.Rows().Where(row => row.Length == columns);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
