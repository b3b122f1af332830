using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Simulator.Turbo;
using NeuralEdge.Tests.Kernels;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Turbo;

/// <summary>
/// Compiled code gives the integers of the planned passes. NEURALEDGE_KERNEL_LAYERS=N tests N / 2 random networks instead of 5,000;
/// NEURALEDGE_KERNEL_SEED=S others.
/// </summary>
[TestClass]
public sealed class CompiledCodeTests
{
    [TestMethod]
    public void RandomNetworksGiveTheIntegersOfThePlannedPassesAlsoAfterPatching()
    {
        int compiled = 0;
        int deepest = 0;
        int networks = KernelTests.Layers / 2;
        Parallel.For(0, networks, new ParallelOptions { MaxDegreeOfParallelism = 2 }, k =>
        {
            PortableRandom random = new(((long)KernelTests.Seed << 32) + k);
            int[] widths = [.. Enumerable.Range(0, 2 + random.Next(4)).Select(_ => 1 + random.Next(random.Next(4) == 0 ? 60 : 16))];
            RandomLaneNetwork network = new(random, widths);
            if (new CodePlan(network.Network).Refusal == TurboRefusal.None)
            {
                Compiled code = Check(network, random);
                Interlocked.Increment(ref compiled);
                InterlockedMax(ref deepest, code.Pass.DeepestStack);
            }
        });
        Assert.IsGreaterThan(networks / 2, compiled);
        Assert.AreEqual(CodePlan.StackDepth, deepest, "the stack is as deep as it must be and no deeper");
    }

    [TestMethod]
    public void EveryNumberOfInputsNeuronsAndOutputsDoes()
    {
        PortableRandom random = new(6);
        for (int width = 1; width <= 40; width++)
        {
            for (int outputs = 1; outputs <= 10; outputs++)
            {
                Check(new RandomLaneNetwork(random, [width, outputs]), random);
                Check(new RandomLaneNetwork(random, [width, 1 + random.Next(8), outputs]), random);
                Check(new RandomLaneNetwork(random, [3, width, 1 + random.Next(8), outputs]), random);
                Check(new RandomLaneNetwork(random, [1 + random.Next(4), width, outputs]), random);
            }
        }
    }

    [TestMethod]
    [DataRow(64, 64, 8)]
    [DataRow(130, 80, 12)]
    [DataRow(200, 7, 3)]
    [DataRow(3, 200, 7)]
    [DataRow(64, 10, 10)]
    public void LargeNetworksDo(int inputs, int hidden, int outputs)
    {
        PortableRandom random = new(7);
        for (int k = 0; k < 4; k++)
        {
            Check(new RandomLaneNetwork(random, [inputs, hidden, outputs]), random);
        }
    }

    // A pass behind the last layer is not compiled, but must still come after it.
    [TestMethod]
    public void ShiftsAndActivationsOfTheLastLayerFollow()
    {
        PortableRandom random = new(8);
        int passes = 0;
        for (int k = 0; k < 60; k++)
        {
            RandomLaneNetwork network = new(random, [4, 6, 5]);
            Compiled code = Check(network, random);
            passes += code.Pass.Next is null ? 0 : 1;
        }

        Assert.IsGreaterThan(10, passes);
        Assert.IsLessThan(60, passes);
    }

    [TestMethod]
    public void PatchingChangesConstantsAndNothingElse()
    {
        PortableRandom random = new(9);
        RandomLaneNetwork first = new(random, [5, 7, 4, 4]);
        RandomLaneNetwork second = new(random, [5, 7, 4, 4], like: first);
        Compiled code = new(first.Network);
        byte[] before = [.. code.Bytes];
        Assert.IsTrue(code.Patch(second.Network));
        Assert.IsTrue(code.Holds(second.Network));
        Assert.IsFalse(code.Holds(first.Network));
        List<int> changed = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != code.Bytes[i])];
        Assert.IsTrue(changed.TrueForAll(i => i >= code.CodeAt));

        // A constant is 4 or 8 bytes behind the instruction that pushes it; nothing else may differ.
        HashSet<int> constants = [.. code.Constants()];
        Assert.IsTrue(changed.TrueForAll(constants.Contains));
        Assert.IsTrue(code.Patch(first.Network));
        CollectionAssert.AreEqual(before, code.Bytes);
    }

    [TestMethod]
    public void AnImageOfAnotherShapeIsNotPatched()
    {
        PortableRandom random = new(10);
        Compiled code = new(new RandomLaneNetwork(random, [5, 7, 4]).Network);
        foreach (int[] widths in new int[][] { [5, 7, 3], [5, 8, 4], [6, 7, 4], [5, 7, 4, 4], [5, 7] })
        {
            byte[] before = [.. code.Bytes];
            int codeEnd = code.CodeAt + code.Plan.CodeBytes;
            bool patched;
            try
            {
                patched = code.Patch(new RandomLaneNetwork(random, widths).Network);
            }
            catch (IndexOutOfRangeException)
            {
                patched = false;
            }

            Assert.IsFalse(patched);
            HashSet<int> constants = [.. code.Constants()];
            Assert.IsTrue(Enumerable.Range(0, before.Length).All(i => before[i] == code.Bytes[i] || constants.Contains(i)), "code is never changed");
            Assert.AreEqual(before[codeEnd], code.Bytes[codeEnd]);
        }
    }

    [TestMethod]
    public void WhatNoMethodCanHoldIsRefused()
    {
        PortableRandom random = new(11);

        // Inputs and neurons with more than one row behind them need a local each: 2 + 249 + 4 fit, one more does not.
        Assert.AreEqual(TurboRefusal.None, RefusalOf(random, 249, 4, 4));
        Assert.AreEqual(255, new CodePlan(new RandomLaneNetwork(random, [249, 4, 4]).Network).Locals);
        Assert.AreEqual(TurboRefusal.Locals, RefusalOf(random, 250, 4, 4));
        Assert.AreEqual(TurboRefusal.Locals, RefusalOf(random, 512, 512, 512));

        // A single row needs no local, however long it is.
        Assert.AreEqual(TurboRefusal.None, RefusalOf(random, 512, 3, 1));
        Assert.AreEqual(TurboRefusal.Size, RefusalOf(random, 3, 100, 150, 3));

        // With three lanes, an image one byte too long for 16 bits.
        CodePlan tooLong = Enumerable.Range(1, 20).Select(seed => new CodePlan(new RandomLaneNetwork(new PortableRandom(seed), [93, 151]).Network)).First(plan => plan.ImageBytes == 1 << 16);
        Assert.AreEqual(TurboRefusal.Size, tooLong.Refusal);
        CodePlan notFast = new(new RandomLayer(random, 4, 4).Network);
        Assert.AreEqual(TurboRefusal.NotFast, notFast.Refusal);
        Assert.AreEqual(0, notFast.HeapBytes + notFast.ImageBytes + notFast.Locals);
    }

    [TestMethod]
    public void ThePlanKnowsWhatACompiledNetworkTakes()
    {
        // Measured on the runtime built for Arm, without the frame of a call: 984 to 996, and 6852 to 6864.
        CodePlan small = new(FastModels.Read(FastModels.File(1, NeuralEdge.Conversion.Quantisation.Profile.Fast, 2, 2, 1)).Network);
        Assert.IsInRange(996, 1300, small.HeapBytes);
        CodePlan large = new(new RandomLaneNetwork(new PortableRandom(1), [16, 32, 16, 4]).Network);
        Assert.IsInRange(6864, 8000, large.HeapBytes);
    }

    [TestMethod]
    public void TheBytesOfAnImageAreTheseAndNoOthers()
    {
        // What differs here differs on the board too: look at it there before the number below is changed.
        RandomLaneNetwork network = new(new PortableRandom(12), [3, 5, 4, 4]);
        Compiled code = new(network.Network);
        byte[] image = new byte[code.Bytes.Length];
        code.Bytes.AsSpan(code.CodeAt).CopyTo(image.AsSpan(code.CodeAt));
        ImageHead.Write(image, code.Plan, new Version(0, 0, 0, 0));
        Assert.AreEqual("900 bytes, BD942A03", $"{image.Length} bytes, {Numerics.Checksum.Crc32(image, 0, image.Length):X8}");
    }

    [TestMethod]
    public void TheChecksumIsThatOfThePlatform()
    {
        byte[] digits = "123456789"u8.ToArray();
        ImageChecksum checksum = new();
        Assert.AreEqual(0x89A1897Fu, checksum.Add(0, digits, 0, 9));
        Assert.AreEqual(0x89A1897Fu, checksum.Add(checksum.Add(0, digits, 0, 4), digits, 4, 9));
        Assert.AreEqual(0x89A1897Fu, ImageReader.Crc(digits));
    }

    // The interpreter of the tests must refuse what the platform would not notice.
    [TestMethod]
    public void EveryBitOfAnImageMattersToTheInterpreter()
    {
        RandomLaneNetwork network = new(new PortableRandom(13), [2, 3, 2]);
        Compiled code = new(network.Network);
        for (int at = 0; at < code.CodeAt; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] image = [.. code.Bytes];
                image[at] ^= (byte)(1 << bit);
                Assert.ThrowsExactly<BadImageException>(() => new InterpretedPass(image), $"checksums, byte {at}");

                // With right checksums; versions and the image's own name may be anything, and the stack larger than needed.
                PlantedLoader.Seal(image);
                bool free = at is >= 8 and < 16 or >= 28 and < 38 or >= 132 and < 136 or 211 || IsInNameOfTheImage(code.Bytes, at);
                Assert.IsTrue(free || !Takes(image), $"byte {at}, bit {bit}");
            }
        }
    }

    private static bool Takes(byte[] image)
    {
        try
        {
            _ = new InterpretedPass(image);
            return true;
        }
        catch (BadImageException)
        {
            return false;
        }
    }

    private static bool IsInNameOfTheImage(byte[] image, int at)
    {
        ReadOnlySpan<byte> name = "NeuralEdge.Compiled"u8;
        int start = image.AsSpan().IndexOf(name);
        return at >= start && at < start + name.Length;
    }

    private static TurboRefusal RefusalOf(PortableRandom random, params int[] widths) =>
        new CodePlan(new RandomLaneNetwork(random, widths).Network).Refusal;

    private static Compiled Check(RandomLaneNetwork network, PortableRandom random)
    {
        Compiled code = new(network.Network);
        Compare(code, network, random);
        RandomLaneNetwork other = new(random, network.Widths, like: network);
        Assert.IsTrue(code.Patch(other.Network), other.ToString());
        Assert.IsTrue(code.Holds(other.Network), other.ToString());
        Compare(code, other, random);
        return code;
    }

    private static void Compare(Compiled code, RandomLaneNetwork network, PortableRandom random)
    {
        for (int r = 0; r < 3; r++)
        {
            network.SetInputs(random);
            network.Network.Forward();
            int[] planned = [.. network.Network.Outputs];
            CollectionAssert.AreEqual(planned, code.Run(network.Network), network.ToString());
            CollectionAssert.AreEqual(network.Reference(), planned, network.ToString());
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
        {
            int was = Interlocked.CompareExchange(ref target, value, seen);
            if (was == seen)
            {
                return;
            }

            seen = was;
        }
    }
}
