using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Kernels;

/// <summary>What the planner states is what it makes, and what it makes can be replaced and put back.</summary>
[TestClass]
public sealed class PassPlannerTests
{
    [TestMethod]
    public void ANetworkTakesTheBytesThatAreStatedAndNoFewer()
    {
        PortableRandom random = new(30);
        for (int k = 0; k < 2000; k++)
        {
            RandomLaneNetwork network = Draw(random, k % 2 == 0);
            Assert.AreEqual(network.Network.HeapBytes, new HeapWalk().Measure(network.Network), network.ToString());
        }
    }

    [TestMethod]
    public void AnInferenceAllocatesNothing()
    {
        PortableRandom random = new(31);
        for (int k = 0; k < 200; k++)
        {
            RandomLaneNetwork network = Draw(random, k % 2 == 0);
            network.SetInputs(random);
            network.Network.Forward();
            Allocations.AssertNone(_ => network.Network.Forward(), network.ToString());
        }
    }

    [TestMethod]
    public void OtherPassesRunInTheirPlaceUntilTheyArePutBack()
    {
        Network network = Draw(new PortableRandom(32), inLanes: true).Network;
        CountingPass other = new();
        Assert.IsFalse(network.Restore(), "nothing has been replaced yet");
        network.Replace(other);
        network.Forward();
        Assert.AreEqual(1, other.Count);
        Assert.AreSame(other, network.CurrentPass);
        Assert.IsTrue(network.Restore());
        network.Forward();
        Assert.AreEqual(1, other.Count);
        Assert.AreSame(network.PlannedPass, network.CurrentPass);
    }

    [TestMethod]
    public void AfterAFailureThePlannedPassesComputeOnce()
    {
        RandomLaneNetwork network = Draw(new PortableRandom(33), inLanes: true);
        network.SetInputs(new PortableRandom(34));
        Assert.IsFalse(network.Network.ForwardAsPlanned(), "the planned passes were what failed");
        network.Network.Replace(new CountingPass());
        Array.Clear(network.Network.Outputs);
        Assert.IsTrue(network.Network.ForwardAsPlanned());
        CollectionAssert.AreEqual(network.Reference(), network.Network.Outputs);
        Assert.IsFalse(network.Network.ForwardAsPlanned());
    }

    private static RandomLaneNetwork Draw(PortableRandom random, bool inLanes) =>
        new(random, [.. Enumerable.Range(0, 2 + random.Next(4)).Select(_ => KernelTests.Width(random))], inLanes: inLanes);

    private sealed class CountingPass : Pass
    {
        internal int Count { get; private set; }

        internal override void Forward() => Count++;
    }
}
