using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Control;

/// <summary>What a board keeps of its decisions, and that a fault takes all of it.</summary>
[TestClass]
public sealed class DecisionMemoryTests
{
    private const int Averaged = 4;

    [TestMethod]
    public void AfterAFaultAnAverageBeginsWithNothing()
    {
        Model model = Bench.Identity(1, new BoardSpec(100, [], []) { Decisions = new RecentDecisions(1, 2, 0, 0) }, Activation.Linear).Model;
        DecisionMemory memory = new(model);
        foreach (int seen in new[] { 1, 3, 4, 9 })
        {
            for (int i = 0; i < seen; i++)
            {
                Average(memory, model, 4000);
            }

            memory.Forget();
            for (int i = 1; i < Averaged; i++)
            {
                Assert.IsNull(Average(memory, model, 100), "three of four are no average");
            }

            Assert.AreEqual(Run(model, 100), Average(memory, model, 100), $"after {seen} others");
            memory.Forget();
        }
    }

    // Null where it is none yet.
    private static int? Average(DecisionMemory memory, Model model, int input)
    {
        Run(model, input);
        return memory.Average() ? model.Network.Outputs[0] : null;
    }

    private static int Run(Model model, int input)
    {
        model.Network.SetInputs([input], 0);
        model.Network.Forward();
        return model.Network.Outputs[0];
    }
}
