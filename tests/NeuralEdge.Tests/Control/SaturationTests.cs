using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Control;

/// <summary>A board knows when a value inside its network met its ceiling, says so, and goes safe when its model asks for that.</summary>
[TestClass]
public sealed class SaturationTests
{
    private const int Below = 655;
    private const int Above = 656;

    [TestMethod]
    public void ABoardSaysInWhichInferencesAValueMetItsCeilingAndCountsThem()
    {
        Bench bench = new();
        ControlLoop loop = Start(bench, isFault: false);
        uint expected = 0;
        foreach (int count in (int[])[Below, Above, Above, Below, 1000, 0])
        {
            bench.Inputs.Count = _ => count;
            Assert.IsTrue(bench.Period(loop));
            expected += count >= Above ? 1u : 0;
            Assert.AreEqual(count >= Above, loop.IsSaturated, $"{count}");
            Assert.AreEqual(expected, Info(loop).SaturatedCount);
            Assert.AreEqual(count > 0, bench.Pins.Levels[18], "the pin follows the output all the same");
        }

        Assert.AreEqual(FaultCode.None, loop.Faults.Last);
    }

    [TestMethod]
    public void WhereAModelAsksForItTheOutputsAreSafeWhileAValueMeetsItsCeiling()
    {
        Bench bench = new(_ => Below);
        ControlLoop loop = Start(bench, isFault: true);
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18]);
        bench.Inputs.Count = _ => Above;
        for (int period = 0; period < 50; period++)
        {
            Assert.IsTrue(bench.Period(loop), "the inference is shown");
            Assert.IsTrue(bench.IsSafe());
            Assert.AreEqual(0, new LoopValues(loop).GetPin(0));
            Assert.IsTrue(bench.Supervisor.Check());
        }

        Assert.AreEqual(FaultCode.Saturation, loop.Faults.Last);
        Assert.AreEqual(1u, loop.Faults.Count, "one fault, however long it lasts");
        Assert.AreEqual(50u, Info(loop).SaturatedCount);
        Assert.AreEqual(0, bench.Reset.Count);
        bench.Inputs.Count = _ => Below;
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18]);
        Assert.IsFalse(loop.IsSaturated);
    }

    [TestMethod]
    public void AnAnswerSaysWhetherAValueMetItsCeiling()
    {
        Bench bench = new(_ => Below);
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, CeilingModel.Write());
        board.Start();
        foreach (int x in (int[])[Below, Above, 0, 1000, Below])
        {
            Assert.AreEqual(RequestStatus.Ok, board.Questions.Set(0, x));
            board.Questions.Ask();
            Assert.AreEqual(x >= Above, board.Questions.IsAnswerSaturated);
            board.RunOnce();
            Assert.IsFalse(board.Loop.IsSaturated, "a question does not show in the live values");
        }

        Assert.AreEqual(0u, board.Loop.SaturatedCount);
    }

    private static ControlLoop Start(Bench bench, bool isFault)
    {
        byte[] file = CeilingModel.Write(isFault: isFault);
        Model? model = ModelReader.Read(file, file.Length, bench.Settings.Limits, out ModelError error, out int where);
        ControlLoop loop = new(bench.Parts, bench.Settings);
        bench.Outputs.DriveSafe();
        loop.Use(model ?? throw new AssertFailedException($"{error} at {where}"));
        return loop;
    }

    private static BoardInfo Info(ControlLoop loop)
    {
        BoardInfo info = new();
        loop.Report(info);
        return info;
    }
}
