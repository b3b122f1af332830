using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;
using NeuralEdge.Tests.Quantisation;

namespace NeuralEdge.Tests.Models;

/// <summary>
/// What the golden vectors are worth: a thousand single faults are planted, one at a time, in what a board computes with after
/// a sound upload, and the board's own test must refuse.
/// </summary>
/// <remarks>
/// A change of a weight, shift or sign that none of 20,000 other inputs shows is no fault and is drawn again; so is one that
/// changes nothing at all, as the sign of a weight of 0. A change of a table entry always counts.
/// </remarks>
[TestClass]
[DoNotParallelize]
public sealed class PlantedFaultTests
{
    private const int Faults = 1000;
    private const int InputsTried = 20_000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void DamageToAnyTableIsFound()
    {
        foreach (int[] table in new[] { TanhTable.C0, TanhTable.C1, ExponentialTable.Coarse, ExponentialTable.Fine })
        {
            for (int i = 0; i < table.Length; i++)
            {
                table[i] ^= 1;
                bool passes = TableCheck.Passes();
                table[i] ^= 1;
                Assert.IsFalse(passes, $"entry {i}");
            }
        }

        for (int i = 0; i < TanhTable.C2.Length; i++)
        {
            TanhTable.C2[i] ^= 1;
            bool passes = TableCheck.Passes();
            TanhTable.C2[i] ^= 1;
            Assert.IsFalse(passes, $"entry {i} of C2");
        }

        Assert.IsTrue(TableCheck.Passes());
    }

    [TestMethod]
    public void NinetyNineOfAHundredPlantedFaultsAreRefused()
    {
        ConvertedModel[] models =
        [
            Convert(Examples.WorkedExample),
            Convert(MeasuredNetworks.Sine),
            Convert(MeasuredNetworks.Sine, Profile.Compact),
            Convert(MeasuredNetworks.Iris),
        ];
        PortableRandom random = new(7);
        int[] planted = new int[4];
        int[] refused = new int[4];
        for (int k = 0; k < Faults;)
        {
            ConvertedModel model = models[random.Next(models.Length)];
            int kind = k % 4;
            bool? found = kind == 0 ? PlantInTable(model.File, random) : PlantInNetwork(model, kind, random);
            if (found is bool isRefused)
            {
                k++;
                planted[kind]++;
                refused[kind] += isRefused ? 1 : 0;
            }
        }

        string[] kinds = ["table entry", "weight bit", "shift", "sign"];
        for (int kind = 0; kind < kinds.Length; kind++)
        {
            TestContext.WriteLine($"{kinds[kind]}: {refused[kind]} of {planted[kind]} refused");
        }

        Assert.IsGreaterThanOrEqualTo(0.99 * Faults, refused.Sum());
    }

    [TestMethod]
    public void NinetyNineOfAHundredPlantedFaultsOfFastModelsAreRefused()
    {
        ConvertedModel[] models =
        [
            Convert(Examples.WorkedExample, Profile.Fast),
            Convert(MeasuredNetworks.Sine, Profile.Fast),
            Convert(MeasuredNetworks.Iris, Profile.Fast),
        ];
        PortableRandom random = new(8);
        int[] planted = new int[4];
        int[] refused = new int[4];
        for (int k = 0; k < Faults;)
        {
            ConvertedModel model = models[random.Next(models.Length)];
            int kind = k % 4;
            bool? found = kind switch
            {
                0 => PlantInActivationTable(model.File, random),
                2 => PlantInNumbersOfTable(model, random),
                _ => PlantInNetwork(model, kind, random),
            };
            if (found is bool isRefused)
            {
                k++;
                planted[kind]++;
                refused[kind] += isRefused ? 1 : 0;
            }
        }

        string[] kinds = ["entry of an activation table", "weight bit", "multiplier or shift of a table", "sign"];
        for (int kind = 0; kind < kinds.Length; kind++)
        {
            TestContext.WriteLine($"{kinds[kind]}: {refused[kind]} of {planted[kind]} refused");
        }

        Assert.IsGreaterThanOrEqualTo(0.99 * Faults, refused.Sum());
    }

    [TestMethod]
    public void DamagedTableIsReportedBehindTheLastVector()
    {
        ModelFile file = Convert(Examples.WorkedExample).File;
        ExponentialTable.Fine[40] ^= 1;
        try
        {
            GoldenTest test = Run(file.Model);
            Assert.IsFalse(test.Passed);
            Assert.AreEqual(file.Model.Golden.Count, test.FailedVector);
        }
        finally
        {
            ExponentialTable.Fine[40] ^= 1;
        }

        Assert.IsTrue(Run(file.Model).Passed);
    }

    private static ConvertedModel Convert(FloatModel model, Profile profile = Profile.Exact) =>
        Converter.Convert(new(model, ModelTask.Regression, Examples.NoBoard, profile));

    // One bit of one entry of the tables of tanh.
    private static bool PlantInTable(ModelFile file, PortableRandom random)
    {
        int entry = random.Next(TanhTable.C0.Length);
        int table = random.Next(3);
        int bit = random.Next(table == 2 ? 16 : 32);
        void Flip()
        {
            switch (table)
            {
                case 0:
                    TanhTable.C0[entry] ^= 1 << bit;
                    break;
                case 1:
                    TanhTable.C1[entry] ^= 1 << bit;
                    break;
                default:
                    TanhTable.C2[entry] ^= (short)(1 << bit);
                    break;
            }
        }

        Flip();
        try
        {
            return !Run(file.Model).Passed;
        }
        finally
        {
            Flip();
        }
    }

    // One bit of one entry of the table that the board has computed.
    private static bool PlantInActivationTable(ModelFile file, PortableRandom random)
    {
        Model model = ModelFile.Parse(file.Bytes, "to be damaged").Model;
        model.Network.GetLayer(0).Table.Entries[random.Next(ActivationTable.Count)] ^= 1L << random.Next(10);
        return !Run(model).Passed;
    }

    // The file says another table than its maker had, and its checksum is right.
    private static bool? PlantInNumbersOfTable(ConvertedModel conversion, PortableRandom random)
    {
        byte[] bytes = [.. conversion.File.Bytes];
        int at = ModelFormat.HeaderLength + ModelFormat.SectionHeaderLength + 4 + (8 * conversion.Network.Inputs.Length) + 8;
        Assert.AreEqual(conversion.Network.Layers[0].Table!.Multiplier, LittleEndian.ReadInt32(bytes, at), "the offset of FORMAT.md 2.3");
        bytes[random.Next(3) == 0 ? at + 8 : at + random.Next(3)] ^= (byte)(1 << random.Next(8));
        ModelBytes.Seal(bytes);
        Model? model = ModelReader.Read(bytes, bytes.Length, ModelFile.DesktopLimits, out _, out _);
        if (model is null || !Run(model).Passed)
        {
            return true;
        }

        return HasEffect(conversion.File.Model.Network, model.Network, random) ? false : null;
    }

    // The integers are changed before they are packed, so that the kernels compute with the fault.
    private static bool? PlantInNetwork(ConvertedModel conversion, int kind, PortableRandom random)
    {
        QuantisedLayer[] layers = Array.ConvertAll(conversion.Network.Layers, layer => layer with { Neurons = [.. layer.Neurons] });
        QuantisedLayer layer = layers[random.Next(layers.Length)];
        int n = random.Next(layer.Neurons.Length);
        QuantisedNeuron neuron = layer.Neurons[n];
        int[] weights = [.. neuron.Weights];
        int i = random.Next(weights.Length);
        int shift = neuron.Shift;
        switch (kind)
        {
            case 1:
                int flipped = weights[i] ^ (1 << random.Next(8 * layer.WeightBytes));
                weights[i] = layer.WeightBytes == 1 ? (sbyte)flipped : (short)flipped;
                break;
            case 2:
                shift = Math.Clamp(shift + (random.Next(2) == 0 ? 1 : -1), -31, 31);
                break;
            default:
                weights[i] = (short)-weights[i];
                break;
        }

        layer.Neurons[n] = neuron with { Weights = weights, Shift = shift };
        Model sound = conversion.File.Model;
        Network faulty = new IntegerNetwork(conversion.Network with { Layers = layers }).Core;
        try
        {
            if (!Run(new Model(faulty, sound.Bindings, sound.Golden, sound.Length, sound.Digest)).Passed)
            {
                return true;
            }
        }
        catch (IndexOutOfRangeException)
        {
            // A sum left its lane and the look-up its table: a board stops there.
            return true;
        }

        return HasEffect(sound.Network, faulty, random) ? false : null;
    }

    private static bool HasEffect(Network sound, Network faulty, PortableRandom random)
    {
        for (int k = 0; k < InputsTried; k++)
        {
            for (int i = 0; i < sound.InputCount; i++)
            {
                int low = sound.GetInputMinimum(i);
                int raw = low + random.Next(sound.GetInputMaximum(i) - low + 1);
                sound.SetInput(i, raw);
                faulty.SetInput(i, raw);
            }

            sound.Forward();
            faulty.Forward();
            if (!sound.Outputs.AsSpan().SequenceEqual(faulty.Outputs))
            {
                return true;
            }
        }

        return false;
    }

    private static GoldenTest Run(Model model)
    {
        GoldenTest test = new(model);
        while (!test.Step())
        {
        }

        return test;
    }
}
