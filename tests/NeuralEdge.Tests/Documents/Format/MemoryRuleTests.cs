using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Numerics;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Familiar;
using NeuralEdge.Tests.Features;
using NeuralEdge.Tests.Kernels;
using NeuralEdge.Tests.Link;
using NeuralEdge.Tests.Quantisation;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>A host that counts memory as FORMAT.md says knows what a board will say.</summary>
[TestClass]
public sealed class MemoryRuleTests
{
    private static readonly ModelLimits Limits = new(1 << 24, 16, 4096, 0, 0xFF);
    private static readonly MemoryFormula Document = new();

    [TestMethod]
    public void TheDocumentCountsTheBytesOfThousandsOfNetworksOfEveryProfileAsTheCodeDoes()
    {
        PortableRandom random = new(72);
        for (int k = 0; k < 2000; k++)
        {
            RandomLaneNetwork network = new(random, [.. Enumerable.Range(0, 2 + random.Next(4)).Select(_ => KernelTests.Width(random))], inLanes: k % 2 == 0, hasCeilings: k % 4 == 1);
            int inputs = network.Network.InputCount;
            int outputs = network.Network.OutputCount;
            Model model = new(network.Network, BindingsReader.Empty(inputs, outputs), new GoldenVectors(1 + random.Next(80), inputs, outputs), 16 + random.Next(20_000), 0);
            Assert.AreEqual(ModelMemory.Of(model), Document.Running(model), network.ToString());
            Assert.AreEqual(ModelMemory.WhileLoading(model), Document.Loading(model), network.ToString());
        }
    }

    [TestMethod]
    public void SoItDoesThoseOfTabulatedLayers()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            // A wide layer before a narrow one takes more while it is read than later.
            PortableRandom random = new(seed);
            Model model = Examples.Convert(TabulatedNetworks.Create(random, seed == 0 ? 1000 : 1 + random.Next(8), seed == 0 ? 1 : 1 + random.Next(3))).File.Model;
            Assert.AreEqual(ModelMemory.Of(model), Document.Running(model), $"network {seed}");
            Assert.AreEqual(ModelMemory.WhileLoading(model), Document.Loading(model), $"network {seed}");
        }
    }

    [TestMethod]
    public void SoItDoesThoseOfPicturesOfTheInputs()
    {
        PortableRandom random = new(74);
        for (int k = 0; k < 100; k++)
        {
            RandomLaneNetwork network = new(random, [1 + (k % Familiarity.MaxInputs), 4, 2], inLanes: k % 2 == 0, hasCeilings: false);
            int inputs = network.Network.InputCount;
            Model model = new(network.Network, BindingsReader.Empty(inputs, 2), new GoldenVectors(1, inputs, 2), 5000, 0, RandomPictures.Create(random, inputs).ToCore(), null, null);
            Assert.AreEqual(ModelMemory.Of(model), Document.Running(model), network.ToString());
            Assert.AreEqual(ModelMemory.WhileLoading(model), Document.Loading(model), network.ToString());
        }
    }

    [TestMethod]
    public void SoItDoesThoseOfWindowsAndNoObjectOfThemIsForgotten()
    {
        FormatDocument.Says("S inputs are sampled: `S = I`, but with section 9 S is its number of channels, of T test windows, and of windows of H hops and N samples.");
        PortableRandom random = new(75);
        for (int seed = 0; seed < 100; seed++)
        {
            WindowShape shape = RandomWindows.Shape(new Random(seed));
            int inputs = shape.Features.Length;
            RandomLaneNetwork network = new(random, [inputs, 4, 2], inLanes: seed % 2 == 0, hasCeilings: false);
            Model model = new(
                network.Network, BindingsReader.Empty(shape.Channels.Length, 2), new GoldenVectors(1, inputs, 2), 5000, 0, null, new WindowStage(shape), new TestWindows(1 + (seed % 5), inputs));
            Assert.AreEqual(ModelMemory.Of(model), Document.Running(model), $"windows {seed}");
            Assert.AreEqual(ModelMemory.WhileLoading(model), Document.Loading(model), $"windows {seed}");
            Assert.AreEqual(WindowStage.MeasureHeap(shape), new HeapWalk().Measure(model.Windows), $"windows {seed}");
            Assert.AreEqual(TestWindows.MeasureHeap(model.WindowTests.Count, inputs), new HeapWalk().Measure(model.WindowTests), $"windows {seed}");
        }
    }

    [TestMethod]
    public void SoItDoesThoseOfRecentDecisions()
    {
        for (int votes = 1; votes <= RecentDecisions.MaxVotes; votes++)
        {
            int outputs = 1 + (votes % 4);
            Model model = Bench.Identity(outputs, new BoardSpec(100, [], []) { Decisions = new RecentDecisions(votes, votes % 9, 0, 0) }, NeuralEdge.Networks.Activation.Linear).Model;
            Assert.AreEqual(ModelMemory.Of(model), Document.Running(model), $"{votes} votes");
            Assert.AreEqual(ModelMemory.WhileLoading(model), Document.Loading(model), $"{votes} votes");
        }
    }

    [TestMethod]
    public void ABoardRefusesAModelExactlyWhenTheDocumentSaysThatItIsTooLarge()
    {
        FormatDocument.Says("The board refuses the model with error 15 if that is more than is free.");
        PortableRandom random = new(73);
        for (int k = 0; k < 200; k++)
        {
            // Among them such that take more while they are read than later: a wide layer before a narrow last one.
            int[] widths = k % 10 == 0
                ? [1 + random.Next(30), 500 + random.Next(1500), 1 + random.Next(3)]
                : [.. Enumerable.Range(0, 2 + random.Next(3)).Select(_ => KernelTests.Width(random))];
            RandomLaneNetwork network = new(random, widths, inLanes: k % 20 > 10, hasCeilings: k % 20 < 5);
            byte[] file = network.File();
            Model model = ModelReader.Read(file, file.Length, Limits, out _, out _)!;
            Assert.AreEqual(Document.Loading(model), ModelMemory.WhileLoading(model), network.ToString());
            int beside = Document.Loading(model) - HeapSize.Array(file.Length);
            Assert.AreEqual((ModelError.None, 0), Load(file, beside), network.ToString());
            Assert.AreEqual((ModelError.TooMuchMemory, beside - 1), Load(file, beside - 1), network.ToString());
        }
    }

    [TestMethod]
    public void TheBytesOfTheFactoryModelAreThoseInTheDocument()
    {
        byte[] file = FactoryModel.GetBytes();
        Model model = ModelReader.Read(file, file.Length, Limits, out _, out _)!;
        FormatDocument.Says($"The factory model has M = {ModelMemory.Of(model)}, and {file.Length} bytes of file take `A({file.Length})` = {ModelMemory.WhileLoading(model) - ModelMemory.Of(model)} more.");
    }

    // As a board that has the file in memory.
    private static (ModelError, int) Load(byte[] file, int free)
    {
        ModelLoader loader = new(null!, null!, Limits);
        loader.StartFactory(file, free);
        while (!loader.Step())
        {
        }

        return (loader.Error, loader.Where);
    }
}
