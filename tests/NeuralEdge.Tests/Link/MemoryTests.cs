using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Kernels;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Link;

/// <summary>What a model takes of the board's heap is counted alike by PC and board, and what does not fit is never sent.</summary>
[TestClass]
public sealed class MemoryTests
{
    private static readonly byte[] Small = Examples.Convert(Examples.WorkedExample).File.Bytes;
    private static readonly byte[] Large = Examples.Convert(Examples.WorkedExample, Profile.Fast).File.Bytes;

    [TestMethod]
    public void ReadingNeedsNoMoreThanWhatIsStated()
    {
        PortableRandom random = new(5);
        Profile[] profiles = [Profile.Exact, Profile.Compact, Profile.Fast];
        for (int k = 0; k < 60; k++)
        {
            byte[] file = Examples.Convert(Examples.RandomModel(random), profiles[k % 3]).File.Bytes;
            int stated = ModelMemory.Of(Read(file, int.MaxValue, out _));
            Assert.IsNotNull(Read(file, stated, out ModelError error), $"model {k}: {error} with {stated} bytes");
        }
    }

    [TestMethod]
    public void ANetworkTakesNoMoreThanIsStated()
    {
        PortableRandom random = new(6);
        for (int k = 0; k < 2000; k++)
        {
            int[] widths = [.. Enumerable.Range(0, 2 + random.Next(3)).Select(_ => KernelTests.Width(random))];
            AssertStated(new RandomLaneNetwork(random, widths, inLanes: k % 2 == 0).Network, string.Join('-', widths));
        }

        // Whole models, with bindings and golden vectors; and rows in pairs, of which there is nothing to gain.
        Profile[] profiles = [Profile.Exact, Profile.Compact, Profile.Fast];
        for (int k = 0; k < 60; k++)
        {
            Model model = Read(Examples.Convert(Examples.RandomModel(random), profiles[k % 3]).File.Bytes, int.MaxValue, out _);
            Assert.IsLessThanOrEqualTo(model.HeapBytes, new HeapWalk().Measure(model), $"model {k}");
        }

        AssertStated(new RandomLaneNetwork(random, [88, 2, 2], inLanes: true).Network, "88-2-2");
        AssertStated(new RandomLaneNetwork(random, [14, 1], inLanes: true).Network, "14-1");
    }

    [TestMethod]
    public void ReadingEndsBeforeItTakesMoreThanItMay()
    {
        const int ModelObject = 72;
        int needed = Read(Large, int.MaxValue, out _).HeapBytes - ModelObject;
        for (int budget = 0; budget < needed; budget += 97)
        {
            Assert.IsNull(Read(Large, budget, out ModelError error));
            Assert.AreEqual(ModelError.TooMuchMemory, error);
        }
    }

    [TestMethod]
    public void AModelThatDoesNotFitIsRefusedBeforeTheFirstByteIsSent()
    {
        using VirtualBoard board = new(heapBytes: Needed(Large) + Needed(Small));
        using BoardLink link = board.Connect();
        link.Upload(Large);
        BoardReport before = link.Info();
        string[] stored = [.. board.Flash.Files.Keys];
        List<UploadProgress> progress = [];
        InputRefusedException e = Assert.ThrowsExactly<InputRefusedException>(() => link.Upload(Other(Large), progress: new Progress(progress)));
        StringAssert.Contains(e.Message, $"loading it takes {Needed(Large)} bytes of memory, and {before.HeapLeft} are free");
        StringAssert.Contains(e.Message, "revert");
        Assert.IsEmpty(progress);
        CollectionAssert.AreEquivalent(stored, board.Flash.Files.Keys.ToArray(), "nothing has been stored");

        link.Revert();
        link.Upload(Other(Large));
        Assert.AreEqual(ModelState.Confirmed, link.Info().State);
    }

    [TestMethod]
    public void TheBoardSaysHowMuchIsLeftBesideTheModelThatStays()
    {
        const int Limit = 50_000;
        using VirtualBoard board = new(heapBytes: Limit);
        using BoardLink link = board.Connect();
        int factory = ModelMemory.Of(Read(FactoryModel.GetBytes(), int.MaxValue, out _));
        Assert.AreEqual(Limit, link.Info().MaxHeapBytes);
        Assert.AreEqual(Limit - factory, link.Info().HeapLeft);

        // A model in test makes room for the next one; the confirmed one stays.
        link.Upload(Large, confirm: false);
        Assert.AreEqual(Limit - factory, link.Info().HeapLeft);
        link.Confirm(anyway: true);
        Assert.AreEqual(Limit - ModelMemory.Of(Read(Large, int.MaxValue, out _)), link.Info().HeapLeft);
    }

    [TestMethod]
    [DataRow(0, true)]
    [DataRow(-1, false)]
    public void ABoardThatIsSentSuchAModelAllTheSameRefusesItAndGoesOn(int spare, bool fits)
    {
        byte[] factory = FactoryModel.GetBytes();
        int limit = Needed(Large) + ModelMemory.Of(Read(factory, int.MaxValue, out _)) + spare;
        Bench bench = new();
        bench.Settings.Limits = new ModelLimits(16384, 16, 512, 0, 0xFF, limit);
        ScriptedHost host = new(bench.Clock, 87);
        bench.Parts.Link = host;
        TeachableBoard board = new(bench.Parts, bench.Settings, factory);
        board.Start();
        host.EnqueueUpload(Large);
        while (!host.IsDone)
        {
            board.RunOnce();
        }

        Assert.AreEqual(fits ? RequestStatus.Ok : RequestStatus.ModelRefused, host.Replies[^2]);
        Assert.AreEqual(StoreBoard.DigestOf(fits ? Large : factory), board.Loop.Model.Digest);
    }

    [TestMethod]
    public void ABoardOfTheFirstVersionSaysNothingAboutMemory()
    {
        BoardReport report = BoardReport.Read([0, 1, 0, 0, 0, LinkProtocol.FactorySlot, .. new byte[InfoReply.FirstLength - 6]]);
        Assert.IsNull(report.HeapLeft);
        Assert.IsNull(report.MaxHeapBytes);
    }

    private static int Needed(byte[] file) => ModelMemory.WhileLoading(Read(file, int.MaxValue, out _));

    // The same network under another digest: a reader ignores the minor version.
    private static byte[] Other(byte[] file)
    {
        byte[] other = (byte[])file.Clone();
        other[5]++;
        int end = file.Length - ModelFormat.TrailerLength;
        LittleEndian.WriteUInt32(other, end, Checksum.Crc32(other, 0, end));
        return other;
    }

    private static void AssertStated(Network network, string description) =>
        Assert.IsLessThanOrEqualTo(network.HeapBytes, new HeapWalk().Measure(network), description);

    private static Model Read(byte[] file, int budget, out ModelError error)
    {
        ModelReader reader = new(VirtualBoard.Limits) { HeapBudget = budget };
        reader.Start(file, file.Length);
        while (!reader.Step())
        {
        }

        error = reader.Error;
        return reader.Model;
    }

    private sealed class Progress(List<UploadProgress> all) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) => all.Add(value);
    }
}
