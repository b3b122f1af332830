using System.Text.RegularExpressions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Models;

/// <summary>
/// A board must survive whatever arrives and must never run what it cannot trust. NEURALEDGE_MODELS=N mutates N models, NEURALEDGE_SEED=S
/// others.
/// </summary>
[TestClass]
public sealed class ModelReaderTests
{
    private static readonly ModelLimits Limits = new(16384, 16, 512, 0x0E6E_F010L | (1L << 32), 0xF9);

    private static readonly Regex Unknown = new("unknown model error [1-9]");

    public required TestContext TestContext { get; set; }

    private static byte[] Sound => FactoryModel.GetBytes();

    [TestMethod]
    public void SoundModelIsAcceptedAndPassesItsGoldenVectors()
    {
        Model model = ModelReader.Read(Sound, Sound.Length, Limits, out ModelError error, out _)!;
        Assert.AreEqual(ModelError.None, error);
        GoldenTest test = new(model);
        int steps = 1;
        while (!test.Step())
        {
            steps++;
        }

        Assert.IsTrue(test.Passed);
        Assert.AreEqual(model.Golden.Count, steps, "one vector at each step");
    }

    [TestMethod]
    public void EveryTruncationIsRefused()
    {
        byte[] file = Sound;
        for (int length = 0; length < file.Length; length++)
        {
            Assert.IsNull(ModelReader.Read(file[..length], length, Limits, out ModelError error, out _), $"{length} bytes");
            Assert.AreNotEqual(ModelError.None, error);
        }
    }

    [TestMethod]
    public void EverySingleBitFlipIsRefused()
    {
        byte[] file = Sound;
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            file[bit >> 3] ^= (byte)(1 << (bit & 7));
            Assert.IsNull(ModelReader.Read(file, file.Length, Limits, out _, out _), $"bit {bit}");
            file[bit >> 3] ^= (byte)(1 << (bit & 7));
        }
    }

    // With a correct checksum only the structure stands between a mutated file and the board.
    [TestMethod]
    public void MutatedFilesWithCorrectChecksumsNeitherCrashNorOverflow()
    {
        long count = Campaigns.Number("NEURALEDGE_MODELS", 100_000);
        PortableRandom random = new(3 + Campaigns.Seed);
        PortableRandom corners = new(3 + Campaigns.Seed);
        long accepted = 0;
        byte[][] others = [.. Enumerable.Range(0, 500).Select(_ => Examples.Convert(Examples.RandomModel(random), (Profile)random.Next(3)).File.Bytes)];
        for (long k = 0; k < count; k++)
        {
            byte[] file = k % 2 == 0 ? Sound : [.. others[random.Next(others.Length)]];
            for (int m = 1 + random.Next(3); m > 0; m--)
            {
                Mutate(file, random);
            }

            ModelBytes.Seal(file);
            Model? model = ModelReader.Read(file, file.Length, Limits, out ModelError error, out int where);
            Assert.AreEqual(model is null, error != ModelError.None);
            StringAssert.DoesNotMatch(ModelErrorText.Describe(error, where), Unknown);
            if (model is not null)
            {
                accepted++;
                RunAtItsLimits(model, corners, k % 10 == 0 ? 4 : 1);
            }
        }

        TestContext.WriteLine($"NEURALEDGE_SEED={Campaigns.Seed}: {count} mutated models, {accepted} accepted and run, {count - accepted} refused");
        Assert.IsGreaterThan(count / 20, accepted, "too few mutants reached the network to say anything");
    }

    [TestMethod]
    [DataRow(0, 0x4E + 1, ModelError.NotAModel, DisplayName = "magic")]
    [DataRow(4, 3, ModelError.Version, DisplayName = "major version")]
    [DataRow(8, 1, ModelError.Truncated, DisplayName = "length")]
    [DataRow(12, 1, ModelError.BadValue, DisplayName = "reserved word of the header")]
    [DataRow(6, 99, ModelError.BadValue, DisplayName = "number of sections")]
    [DataRow(16, 9, ModelError.Section, DisplayName = "id of the network section")]
    [DataRow(18, 3, ModelError.Section, DisplayName = "flags of the network section")]
    [DataRow(24, 0, ModelError.BadValue, DisplayName = "no inputs")]
    [DataRow(25, 3, ModelError.TooWide, DisplayName = "too many inputs")]
    [DataRow(26, 0, ModelError.BadValue, DisplayName = "no layers")]
    [DataRow(26, 17, ModelError.TooManyLayers, DisplayName = "too many layers")]
    [DataRow(27, 2, ModelError.BadValue, DisplayName = "unknown arithmetic")]
    [DataRow(31, 0x7F, ModelError.BadValue, DisplayName = "smallest raw input above the largest")]
    [DataRow(31, 0xBF, ModelError.BadValue, DisplayName = "smallest raw input below -2^30")]
    [DataRow(35, 0x40, ModelError.BadValue, DisplayName = "largest raw input above 2^30")]
    [DataRow(44, 0, ModelError.BadValue, DisplayName = "no neurons")]
    [DataRow(45, 3, ModelError.TooWide, DisplayName = "too many neurons")]
    [DataRow(46, 6, ModelError.BadValue, DisplayName = "unknown activation")]
    [DataRow(46, 5, ModelError.BadValue, DisplayName = "softmax before the last layer")]
    [DataRow(47, 3, ModelError.BadValue, DisplayName = "bytes of a weight")]
    [DataRow(48, 1, ModelError.BadValue, DisplayName = "slope without leaky ReLU")]
    [DataRow(50, 1, ModelError.BadValue, DisplayName = "logit bits without softmax")]
    [DataRow(51, 1, ModelError.BadValue, DisplayName = "reserved byte of a layer")]
    [DataRow(52, 32, ModelError.BadValue, DisplayName = "shift")]
    [DataRow(54, 1, ModelError.BadValue, DisplayName = "padding of the shifts")]
    [DataRow(59, 0x80, ModelError.Overflow, DisplayName = "bias at the end of 32 bits")]
    public void PlantedFaultIsRefusedForItsReason(int offset, int value, ModelError expected)
    {
        byte[] file = Sound;
        file[offset] = (byte)value;
        ModelBytes.Seal(file);
        Assert.IsNull(ModelReader.Read(file, file.Length, Limits, out ModelError error, out _));
        Assert.AreEqual(expected, error);
    }

    [TestMethod]
    public void ASlopeAboveOneIsRefused()
    {
        byte[] file = Sound;
        file[46] = (byte)NeuralEdge.Networks.Activation.LeakyRelu;
        file[49] = 0x80;
        ModelBytes.Seal(file);
        Assert.IsNull(ModelReader.Read(file, file.Length, Limits, out ModelError error, out int where));
        Assert.AreEqual((ModelError.BadValue, 48), (error, where));
    }

    [TestMethod]
    [DataRow(0, ModelError.None)]
    [DataRow(1, ModelError.Section)]
    public void ASectionThatTheBoardDoesNotKnowIsPassedOverUnlessItIsCritical(int flags, ModelError expected)
    {
        byte[] file = [.. Sound[..^4], 99, 0, (byte)flags, 0, 4, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0];
        LittleEndian.WriteUInt16(file, 6, LittleEndian.ReadUInt16(file, 6) + 1);
        LittleEndian.WriteInt32(file, 8, file.Length);
        ModelBytes.Seal(file);
        _ = ModelReader.Read(file, file.Length, Limits, out ModelError error, out int where);
        Assert.AreEqual(expected, error);
        Assert.AreEqual(expected == ModelError.None ? 0 : 99, where);
    }

    [TestMethod]
    [DataRow(ModelFormat.NetworkSection)]
    [DataRow(ModelFormat.GoldenSection)]
    public void AFileWithoutItsNetworkOrItsGoldenVectorsIsRefusedForTheLackOfThem(int section)
    {
        Assert.AreEqual((ModelError.None, 0), new ModelBytes(Sound).Read(Limits), "with it");
        Assert.AreEqual((ModelError.Section, section), new ModelBytes(Without(Sound, section)).Read(Limits));
    }

    [TestMethod]
    public void AReaderKeepsNothingOfTheFileBefore()
    {
        byte[][] files =
        [
            CeilingModel.Write(isFault: true, maxOnMs: 5000),
            CeilingModel.Write(hasCeiling: false),
            Examples.Convert(Examples.WorkedExample).File.Bytes,
            CeilingModel.Write()[..^9],
            new ModelBytes(Without(CeilingModel.Write(), ModelFormat.NetworkSection)).File,
        ];
        ModelLimits limits = new(16384, 16, 512, 1L << 18, 0xFF);
        ModelReader reader = new(limits);
        for (int pair = 0; pair < files.Length * files.Length; pair++)
        {
            Say(reader, files[pair / files.Length]);
            byte[] next = files[pair % files.Length];
            Assert.AreEqual(Say(new ModelReader(limits), next), Say(reader, next), $"file {pair % files.Length} after file {pair / files.Length}");
        }

        static string Say(ModelReader reader, byte[] file)
        {
            reader.Start(file, file.Length);
            while (!reader.Step())
            {
            }

            Bindings? bindings = reader.Model?.Bindings;
            string said = $"{reader.Error} {reader.Where} {reader.Model?.HeapBytes} {reader.Model?.Golden.Count}";
            return bindings is null ? said : $"{said} {bindings.PeriodMs} {bindings.SaturationIsFault} {string.Join(' ', bindings.Outputs.Select((output, i) => $"{output.Pin} {bindings.Safeguards.GetMaxOnMs(i)}"))}";
        }
    }

    [TestMethod]
    public void TheKernelsOfANetworkAreCountedBeforeTheyAreMade()
    {
        byte[] file = Sound;
        Model model = ModelReader.Read(file, file.Length, Limits, out _, out _)!;
        int at = ModelBytes.Find(file, ModelFormat.NetworkSection);
        foreach (int spare in new[] { 0, -1 })
        {
            NetworkReader reader = new(file, at, LittleEndian.ReadInt32(file, at - 4), file[4], Limits, model.Network.HeapBytes + spare);
            while (!reader.Step())
            {
            }

            Assert.AreEqual(spare == 0, reader.Network is not null);
            Assert.AreEqual(spare == 0 ? ModelError.None : ModelError.TooMuchMemory, reader.Error);
        }
    }

    [TestMethod]
    public void AModelThatTakesALimitToItsEndIsWithinIt()
    {
        NeuralEdge.Networks.Network network = ModelReader.Read(Sound, Sound.Length, Limits, out _, out _)!.Network;
        int layers = network.LayerCount;
        int width = Enumerable.Range(0, layers).Select(network.GetLayer).Max(layer => Math.Max(layer.InputCount, layer.NeuronCount));
        Assert.AreEqual((ModelError.None, 0), Read(Sound.Length, layers, width));
        Assert.AreEqual((ModelError.TooLarge, Sound.Length - 1), Read(Sound.Length - 1, layers, width));
        Assert.AreEqual((ModelError.TooManyLayers, layers - 1), Read(Sound.Length, layers - 1, width));
        Assert.AreEqual((ModelError.TooWide, width - 1), Read(Sound.Length, layers, width - 1));

        static (ModelError, int) Read(int bytes, int layers, int width) => ModelBytes.Read(Sound, new(bytes, layers, width, Limits.OutputPins, Limits.AdcChannels));
    }

    [TestMethod]
    public void LargerThanTheLimitIsRefusedBeforeAnythingIsRead()
    {
        Assert.IsNull(ModelReader.Read(new byte[8], 16385, Limits, out ModelError error, out int where));
        Assert.AreEqual(ModelError.TooLarge, error);
        Assert.AreEqual(16384, where);
    }

    [TestMethod]
    public void ChannelThatTheBoardDoesNotSampleIsRefused()
    {
        ModelLimits noChannels = new(16384, 16, 512, 0, adcChannels: 1);
        Assert.IsNull(ModelReader.Read(Sound, Sound.Length, noChannels, out ModelError error, out int where));
        Assert.AreEqual(ModelError.Channel, error);
        Assert.AreEqual(1, where);
    }

    [TestMethod]
    public void WrongGoldenOutputFailsTheTestAtItsVector()
    {
        byte[] file = Sound;
        int golden = ModelBytes.Find(file, ModelFormat.GoldenSection);
        file[golden + 4 + (3 * 12) + 8] ^= 1;
        ModelBytes.Seal(file);
        Model model = ModelReader.Read(file, file.Length, Limits, out _, out _)!;
        GoldenTest test = new(model);
        while (!test.Step())
        {
        }

        Assert.IsFalse(test.Passed);
        Assert.AreEqual(3, test.FailedVector);
    }

    private static byte[] Without(byte[] sound, int section)
    {
        int payload = ModelBytes.Find(sound, section);
        int end = (payload + LittleEndian.ReadInt32(sound, payload - 4) + 3) & ~3;
        byte[] file = [.. sound[..(payload - ModelFormat.SectionHeaderLength)], .. sound[end..]];
        LittleEndian.WriteUInt16(file, 6, LittleEndian.ReadUInt16(file, 6) - 1);
        LittleEndian.WriteInt32(file, 8, file.Length);
        return file;
    }

    private static void RunAtItsLimits(Model model, PortableRandom random, int corners)
    {
        for (int r = 0; r < corners; r++)
        {
            for (int i = 0; i < model.Network.InputCount; i++)
            {
                model.Network.SetInput(i, random.Next(2) == 0 ? model.Network.GetInputMinimum(i) : model.Network.GetInputMaximum(i));
            }

            // Every partial sum in 64 bits must stay inside 32: then the board's 32-bit sums are exact. In a lane of 21 bits
            // the final sum alone counts.
            int[] x = model.Network.Inputs;
            for (int l = 0; l < model.Network.LayerCount; l++)
            {
                NeuralEdge.Networks.DenseLayer layer = model.Network.GetLayer(l);
                for (int n = 0; n < layer.NeuronCount; n++)
                {
                    long sum = layer.GetBias(n);
                    for (int i = 0; i < layer.InputCount; i++)
                    {
                        sum += (long)layer.GetWeight(n, i) * x[i];
                        Assert.IsTrue(layer.LaneCount == 3 || sum is >= int.MinValue and <= int.MaxValue, "a partial sum left 32 bits");
                    }

                    Assert.IsTrue(layer.LaneCount < 3 || sum is >= -(1 << 20) and < 1 << 20, "a sum left its lane");
                }

                int[] y = new int[layer.NeuronCount];
                layer.Forward(x, y);
                x = y;
            }
        }
    }

    private static void Mutate(byte[] file, PortableRandom random)
    {
        int at = random.Next(file.Length - 4);
        file[at] = random.Next(4) switch
        {
            0 => (byte)random.Next(256),
            1 => (byte)(file[at] ^ (1 << random.Next(8))),
            2 => (byte)(file[at] + 1),
            _ => (byte)(random.Next(2) == 0 ? 0 : 0xFF),
        };
    }
}
