using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Control;

/// <summary>What becomes of the pins when one model takes over from another.</summary>
[TestClass]
public sealed class PinTakeOverTests
{
    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);

    [TestMethod]
    public void ARelayThatTheNextModelDoesNotUseIsReleasedAsTheBoardIsWired()
    {
        // Pin 19 is active low on this board.
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Pump with { Pin = 19, ActiveLow = true });
        Assert.IsTrue(bench.Period(loop));
        Assert.IsFalse(bench.Pins.Levels[19], "on");
        bench.Pins.Log.Clear();
        loop.Use(bench.Load(Bench.Identity(1, 100, Pump)));
        CollectionAssert.Contains(bench.Pins.Log, (19, true));
        Assert.IsTrue(bench.Pins.Levels[19]);
        bench.Pins.Levels.Clear();
        bench.Outputs.DriveSafe();
        Assert.IsTrue(bench.IsSafe());
    }

    [TestMethod]
    public void APinThatIsOnAndNotWantedGoesOffWithTheFirstInference()
    {
        int count = 4000;
        Bench bench = new(_ => count);
        ControlLoop loop = Loop(bench, Pump);
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
        loop.Use(bench.Load(Bench.Identity(1, 100, Pump)));
        Assert.IsTrue(bench.Pins.Levels[18]);
        count = 100;
        bench.Period(loop);
        Assert.IsFalse(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void TheAgeOfAStateGoesOnUnderTheNextModel()
    {
        int count = 4000;
        Bench bench = new(_ => count);
        ControlLoop loop = Loop(bench, Pump with { MinOnMs = 1000 });
        bench.Period(loop);
        for (int period = 0; period < 6; period++)
        {
            bench.Period(loop);
        }

        // On for 600 ms by now, and the next model wants it off: 400 ms are left of the second.
        loop.Use(bench.Load(Bench.Identity(1, 100, Pump with { MinOnMs = 1000 })));
        count = 100;
        long swapped = bench.Clock.Microseconds;
        while (bench.Pins.Levels[18])
        {
            bench.Period(loop);
            Assert.IsLessThanOrEqualTo(1_000_000, bench.Clock.Microseconds - swapped);
        }

        Assert.AreEqual(400_000, bench.Clock.Microseconds - swapped);
    }

    [TestMethod]
    public void OfTwoLoadsThatAreOnAndThatTheNextModelKeepsApartTheFirstStaysOn()
    {
        Bench bench = new(_ => 4000);
        bench.Outputs.DriveSafe();
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(Bench.Identity(2, 100, Pump, Pump with { Name = "y1", Pin = 21 })));
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18] && bench.Pins.Levels[21]);
        loop.Use(bench.Load(Bench.Identity(2, 100, deadTimeMs: 100, new("y0", 18, ArgMax: true), new("y1", 21, ArgMax: true))));
        Assert.AreEqual((true, false), (bench.Pins.Levels[18], bench.Pins.Levels[21]));
    }

    [TestMethod]
    public void ALargeLogitOfAnUnlikelyClassSwitchesNothing()
    {
        // The logit of y0 is far above the threshold as a number; its probability beside that of y1 is 0.
        Bench bench = new(channel => channel == 0 ? 3000 : 4000);
        bench.Outputs.DriveSafe();
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(Bench.Identity(2, 100, Activation.Softmax, Pump with { On = 0.6, Off = 0.4 })));
        Assert.IsTrue(bench.Period(loop));
        Assert.IsFalse(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void RulesThatComeBackSwitchNothingBeforeTheirFirstInference()
    {
        Bench bench = new();
        bench.Outputs.DriveSafe();
        Model model = bench.Load(Bench.Identity(1, 100, new BoardOutput("y0", 18, ArgMax: false, On: 3000, Off: 2500)));
        OutputRules first = new(model, bench.Outputs);
        OutputRules second = new(model, bench.Outputs);
        first.Begin(null, 0);
        model.Network.SetInput(0, model.Network.GetInputMaximum(0));
        model.Network.Forward();
        first.Ask();
        first.Settle(1);
        Assert.IsTrue(bench.Pins.Levels[18]);
        second.Begin(first, 2);
        first.Begin(second, 3);
        first.Settle(4);
        Assert.IsTrue(bench.Pins.Levels[18], "what the model asked for before it went says nothing now");
    }

    private static ControlLoop Loop(Bench bench, BoardOutput output)
    {
        bench.Outputs.DriveSafe();
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(Bench.Identity(1, 100, output)));
        return loop;
    }
}
