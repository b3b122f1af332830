using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Simulator.Turbo;
using NeuralEdge.Tests.Kernels;
using NeuralEdge.Tests.Quantisation;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Turbo;

/// <summary>From a model to compiled code and back: every step, every refusal, every doubt.</summary>
[TestClass]
public sealed class TurboCompilerTests
{
    private const int Plenty = 100_000;

    private readonly SimulatedCodeLoader _platform = new();

    [TestMethod]
    public void AModelIsCompiledInSmallStepsAndRunsItsPlannedPassesUntilTheLast()
    {
        RandomLaneNetwork network = new(new PortableRandom(1), [16, 32, 16, 4]);
        Model model = Compiled.ModelOf(network.Network);
        TurboCompiler compiler = new(_platform, Plenty);
        Assert.IsTrue(compiler.HasWork(model));
        int steps = 1;
        while (compiler.Step(model))
        {
            steps++;
            Assert.AreSame(network.Network.PlannedPass, network.Network.CurrentPass);
            Assert.AreEqual(0, compiler.GetBytesInUse(model));
            Assert.IsTrue(compiler.HasWork(model));
        }

        Assert.AreNotSame(network.Network.PlannedPass, network.Network.CurrentPass);
        Assert.AreEqual(_platform.Images.Single().Length, compiler.GetBytesInUse(model));
        Assert.AreEqual(TurboRefusal.None, compiler.Refusal);
        Assert.IsFalse(compiler.HasWork(model));
        Assert.IsFalse(compiler.Step(model));

        // Some 256 bytes of code to write or to read back, 256 to add to a checksum, or one vector each.
        int image = compiler.GetBytesInUse(model);
        Assert.IsInRange((2 * image / 384) + (image / 256) + Trial.Vectors, (3 * image / 256) + Trial.Vectors + 12, steps);
        Assert.IsLessThan(7000, image);
    }

    [TestMethod]
    public void WhatANetworkHoldsIsNotDisturbedByTheTrial()
    {
        RandomLaneNetwork network = new(new PortableRandom(2), [5, 8, 3]);
        Model model = Compiled.ModelOf(network.Network);
        TurboCompiler compiler = new(_platform, Plenty);
        PortableRandom random = new(3);
        bool more = true;
        while (more)
        {
            network.SetInputs(random);
            network.Network.Forward();
            int[] inputs = [.. Enumerable.Range(0, 5).Select(network.Network.GetInput)];
            int[] outputs = [.. network.Network.Outputs];
            more = compiler.Step(model);
            CollectionAssert.AreEqual(inputs, Enumerable.Range(0, 5).Select(network.Network.GetInput).ToArray());
            CollectionAssert.AreEqual(outputs, network.Network.Outputs);
        }

        Assert.AreEqual(TurboRefusal.None, compiler.Refusal);
    }

    /// <summary>NEURALEDGE_CHANGES=N for more of them.</summary>
    [TestMethod]
    public void ManyModelsOfOneShapeLeaveOneImage()
    {
        PortableRandom random = new(4);
        RandomLaneNetwork[] networks = new RandomLaneNetwork[40];
        for (int i = 0; i < networks.Length; i++)
        {
            networks[i] = new RandomLaneNetwork(random, [3, 5, 4], like: i == 0 ? null : networks[0]);
        }

        Model[] models = [.. networks.Select(network => Compiled.ModelOf(network.Network))];
        TurboCompiler compiler = new(_platform, Plenty);
        for (int change = 0; change < Campaigns.Number("NEURALEDGE_CHANGES", 10_000); change++)
        {
            // Never the one before.
            int k = (change + (random.Next(networks.Length - 1) * (change % 2))) % networks.Length;
            while (compiler.Step(models[k]))
            {
            }

            Assert.AreEqual(TurboRefusal.None, compiler.Refusal);
            Assert.IsGreaterThan(0, compiler.GetBytesInUse(models[k]));
            Assert.AreEqual(1, networks.Count(network => network.Network.CurrentPass != network.Network.PlannedPass));
            networks[k].SetInputs(random);
            networks[k].Network.Forward();
            CollectionAssert.AreEqual(networks[k].Reference(), networks[k].Network.Outputs);
        }

        Assert.HasCount(1, _platform.Images);
        Assert.AreEqual(1, compiler.ImageCount);
        Assert.AreEqual(new CodePlan(networks[0].Network).HeapBytes, compiler.UsedBytes);
    }

    [TestMethod]
    public void TheNetworkBeforeHasItsPlannedPassesBackBeforeItsImageIsPatched()
    {
        PortableRandom random = new(5);
        RandomLaneNetwork first = new(random, [4, 6, 5]);
        RandomLaneNetwork second = new(random, [4, 6, 5], like: first);
        Model before = Compiled.ModelOf(first.Network);
        Model after = Compiled.ModelOf(second.Network);
        TurboCompiler compiler = new(_platform, Plenty);
        Complete(compiler, before);

        // At every step of the change, and of going back in the middle of it, both compute what they should.
        for (int given = 1; given < 80; given++)
        {
            for (int step = 0; step < given; step++)
            {
                _ = compiler.Step(after);
                AssertRight(first, random);
                AssertRight(second, random);
                Assert.AreSame(first.Network.PlannedPass, first.Network.CurrentPass);
            }

            Complete(compiler, before);
            Assert.IsGreaterThan(0, compiler.GetBytesInUse(before));
            AssertRight(first, random);
            AssertRight(second, random);
        }

        Assert.HasCount(1, _platform.Images);
    }

    [TestMethod]
    public void ModelsThatCannotBeCompiledKeepTheirPlannedPasses()
    {
        PortableRandom random = new(6);
        TurboCompiler compiler = new(_platform, Plenty);
        AssertRefused(compiler, TurboRefusal.NotFast, null);
        AssertRefused(compiler, TurboRefusal.NotFast, new RandomLayer(random, 4, 4).Network);
        AssertRefused(compiler, TurboRefusal.Locals, new RandomLaneNetwork(random, [300, 4, 4]).Network);
        AssertRefused(compiler, TurboRefusal.Size, new RandomLaneNetwork(random, [3, 100, 150, 3]).Network);
        Assert.HasCount(0, _platform.Images);
    }

    [TestMethod]
    public void TheBudgetIsKeptToTheByte()
    {
        RandomLaneNetwork network = new(new PortableRandom(7), [4, 6, 5]);
        int needed = new CodePlan(network.Network).HeapBytes;
        AssertRefused(new TurboCompiler(_platform, needed - 1), TurboRefusal.Budget, network.Network);
        AssertRefused(new TurboCompiler(_platform, needed), TurboRefusal.None, network.Network);

        // A second shape does not fit any more, a model of the first one does.
        RandomLaneNetwork second = new(new PortableRandom(8), [4, 5, 6]);
        TurboCompiler compiler = new(_platform, needed + new CodePlan(second.Network).HeapBytes - 1);
        AssertRefused(compiler, TurboRefusal.None, network.Network);
        AssertRefused(compiler, TurboRefusal.Budget, second.Network);
        AssertRefused(compiler, TurboRefusal.None, new RandomLaneNetwork(new PortableRandom(9), [4, 6, 5], like: network).Network);
        Assert.AreEqual(needed, compiler.UsedBytes);
    }

    [TestMethod]
    public void OnlySoManyShapesAreCompiled()
    {
        TurboCompiler compiler = new(_platform, Plenty);
        RandomLaneNetwork[] networks = [.. Enumerable.Range(1, TurboCompiler.MaxImages + 1).Select(n => new RandomLaneNetwork(new PortableRandom(n), [n, 3, 2]))];
        foreach (RandomLaneNetwork network in networks[..^1])
        {
            AssertRefused(compiler, TurboRefusal.None, network.Network);
        }

        AssertRefused(compiler, TurboRefusal.Images, networks[^1].Network);
        AssertRefused(compiler, TurboRefusal.None, networks[0].Network);
        Assert.HasCount(TurboCompiler.MaxImages, _platform.Images);
    }

    [TestMethod]
    public void WhateverThePlatformDoesInsteadOfLoadingTheModelKeepsItsPlannedPassesForGood()
    {
        Func<byte[], object>[] platforms =
        [
            _ => throw new BadImageException("planted"),
            _ => throw new NotSupportedException(),
            _ => null!,
            _ => new object(),
        ];
        foreach (Func<byte[], object> platform in platforms)
        {
            RandomLaneNetwork network = new(new PortableRandom(10), [4, 6, 5]);
            PlantedLoader loader = new(platform);
            TurboCompiler compiler = new(loader, Plenty);
            AssertRefused(compiler, TurboRefusal.Load, network.Network);
            Assert.AreEqual(1, compiler.ImageCount, "its place is gone");
            AssertRefused(compiler, TurboRefusal.Load, network.Network);
            Assert.AreEqual(1, loader.Loads);
        }
    }

    [TestMethod]
    public void CodeThatLeavesTheOutputsAsTheyAreFailsTheTrial()
    {
        int alone = 0;
        for (int seed = 1; seed <= 100; seed++)
        {
            IdlePass code = new();
            TurboCompiler compiler = new(new PlantedLoader(_ => code), Plenty);
            Complete(compiler, Compiled.ModelOf(new RandomLaneNetwork(new PortableRandom(seed), [4, 6, 5]).Network));
            if (code.IsLast)
            {
                alone++;
                Assert.AreEqual(TurboRefusal.Trial, compiler.Refusal);
            }
        }

        Assert.IsGreaterThan(0, alone, "only where nothing follows the code do outputs that are left look like right ones");
    }

    [TestMethod]
    public void WithoutMemoryTheModelKeepsItsPlannedPassesAndAnotherMayTryAgain()
    {
        bool full = true;
        PlantedLoader loader = new(image => full ? throw new InsufficientMemoryException() : new InterpretedPass(image));
        TurboCompiler compiler = new(loader, Plenty);
        AssertRefused(compiler, TurboRefusal.OutOfMemory, new RandomLaneNetwork(new PortableRandom(11), [4, 6, 5]).Network);
        full = false;
        AssertRefused(compiler, TurboRefusal.None, new RandomLaneNetwork(new PortableRandom(12), [4, 6, 4]).Network);
    }

    // The platform does not show what it has made of an image: outputs are all there is to see.
    [TestMethod]
    [DataRow("iris")]
    [DataRow("random")]
    public void PlantedFaultsInTheCodeAreFoundByTheTrial(string name)
    {
        FloatModel model = name == "iris" ? MeasuredNetworks.Iris : FastModels.Random(20, 5, 7, 6, 4);
        byte[] file = Examples.Convert(model, Profile.Fast).File.Bytes;
        Model fast = FastModels.Read(file);
        Compiled sound = new(fast.Network);
        HashSet<int> weights = [.. sound.Constants()];
        (int tried, int missed) code = (0, 0);
        (int tried, int missed) constants = (0, 0);
        for (int at = sound.CodeAt; at < sound.CodeAt + sound.Plan.CodeBytes; at++)
        {
            bool isWeight = weights.Contains(at);
            for (int bit = 0; bit < 8; bit++)
            {
                int place = at;
                TurboCompiler compiler = new(PlantedLoader.Changing(image => image[place] ^= (byte)(1 << bit)), Plenty);
                Complete(compiler, fast);
                bool found = compiler.Refusal is TurboRefusal.Trial or TurboRefusal.Failure;
                Assert.AreEqual(!found, fast.Network.CurrentPass != fast.Network.PlannedPass);
                fast.Network.Restore();
                (int tried, int missed) seen = isWeight ? constants : code;
                seen = (seen.tried + 1, seen.missed + (found ? 0 : 1));
                (constants, code) = isWeight ? (seen, code) : (constants, seen);
            }
        }

        // The last bits of a bias do not move a sum from one entry of a table to the next, or not at these vectors; and a bit of a
        // mask may lie where sums have none. That is one reason why the image is read back, below.
        Console.WriteLine($"code: {code.missed} of {code.tried} missed; constants: {constants.missed} of {constants.tried} missed");
        Assert.IsLessThanOrEqualTo(code.tried / 1000, code.missed);
        Assert.IsLessThan(constants.tried / 25, constants.missed);
    }

    [TestMethod]
    public void EveryByteOfTheCodeIsReadBack()
    {
        RandomLaneNetwork network = new(new PortableRandom(13), [3, 4, 4]);
        Compiled sound = new(network.Network);
        for (int at = sound.CodeAt; at < sound.CodeAt + sound.Plan.CodeBytes; at++)
        {
            int place = at;
            TurboCompiler compiler = new(
                new PlantedLoader(image =>
                {
                    InterpretedPass kernel = new([.. image]);
                    image[place] ^= (byte)(1 << (place % 8));
                    return kernel;
                }),
                Plenty);
            AssertRefused(compiler, TurboRefusal.ReadBack, network.Network);
        }
    }

    [TestMethod]
    public void AnImageThatChangesBehindTheBoardsBackIsNotPatched()
    {
        PortableRandom random = new(14);
        RandomLaneNetwork network = new(random, [3, 4, 4]);
        TurboCompiler compiler = new(_platform, Plenty);
        AssertRefused(compiler, TurboRefusal.None, network.Network);
        Compiled sound = new(network.Network);
        int place = Enumerable.Range(sound.CodeAt, sound.Plan.CodeBytes).Except(sound.Constants()).ElementAt(20);
        _platform.Images[0][place] ^= 1;
        RandomLaneNetwork other = new(random, [3, 4, 4], like: network);
        AssertRefused(compiler, TurboRefusal.ReadBack, other.Network);
        AssertRefused(compiler, TurboRefusal.ReadBack, new RandomLaneNetwork(random, [3, 4, 4], like: network).Network);
        Assert.HasCount(1, _platform.Images);
    }

    [TestMethod]
    public void CodeThatThrowsWhileItRunsIsNeverTriedAgain()
    {
        RandomLaneNetwork network = new(new PortableRandom(15), [3, 4, 4]);
        Model model = Compiled.ModelOf(network.Network);
        TurboCompiler compiler = new(_platform, Plenty);
        Complete(compiler, model);

        // What runs the network takes it off the code; the compiler notices at its next step.
        _platform.Images[0].AsSpan(new Compiled(network.Network).CodeAt).Clear();
        Assert.ThrowsExactly<BadImageException>(network.Network.Forward);
        Assert.IsTrue(network.Network.Restore());
        Assert.IsTrue(compiler.HasWork(model));
        Assert.IsFalse(compiler.Step(model));
        Assert.AreEqual(TurboRefusal.Failure, compiler.Refusal);
        Assert.AreEqual(0, compiler.GetBytesInUse(model));
        Assert.IsFalse(compiler.HasWork(model));
        AssertRefused(compiler, TurboRefusal.Failure, network.Network);
    }

    private static void Complete(TurboCompiler compiler, Model model)
    {
        while (compiler.Step(model))
        {
        }
    }

    private static void AssertRefused(TurboCompiler compiler, TurboRefusal expected, Network? network)
    {
        Model? model = network is null ? null : Compiled.ModelOf(network);
        Complete(compiler, model!);
        Assert.AreEqual(expected, compiler.Refusal);
        Assert.AreEqual(expected == TurboRefusal.None, compiler.GetBytesInUse(model!) > 0);
        if (network is not null)
        {
            Assert.AreEqual(expected != TurboRefusal.None, network.CurrentPass == network.PlannedPass);
        }

        Assert.IsFalse(compiler.HasWork(model!));
    }

    private static void AssertRight(RandomLaneNetwork network, PortableRandom random)
    {
        network.SetInputs(random);
        network.Network.Forward();
        CollectionAssert.AreEqual(network.Reference(), network.Network.Outputs);
    }

    /// <summary>Compiled code that computes nothing.</summary>
    private sealed class IdlePass : CompiledPass
    {
        public bool IsLast { get; private set; }

        internal override void Forward() => IsLast = Next is null;
    }
}
