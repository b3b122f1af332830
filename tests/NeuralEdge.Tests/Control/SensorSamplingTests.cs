using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Control;

/// <summary>Digital sensors behind a model's inputs: read as they are, and guarded as counts of the ADC are.</summary>
[TestClass]
public sealed class SensorSamplingTests
{
    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 100, Off: 50);

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(-3)]
    [DataRow(-12)]
    public void EveryValueComesThroughShiftedAndRoundedHalfUpOnce(int fraction)
    {
        FakeSensors sensors = new(4);
        Network network = new([new DenseLayer(1, 1, Activation.Linear, 0, 0, false)], [-32768], [32768]);
        AnalogSampler sampler = Sampler(new BoardParts { Sensors = sensors }, network, new InputBinding(InputBinding.SourceSensor, 3, 0, fraction));
        for (int value = -32768; value <= 32767; value++)
        {
            sensors[3] = value;
            Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(0));
            Assert.AreEqual((int)Math.Floor(Math.ScaleB(value, fraction) + 0.5), network.GetInput(0), $"{value}");
        }
    }

    [TestMethod]
    public void BesideASensorACountOfTheAdcIsWhatItWas()
    {
        FakeSensors sensors = new(1) { [0] = -7 };
        Network network = new([new DenseLayer(2, 1, Activation.Linear, 0, 0, false)], [-32768, 0], [32767, 32760]);
        BoardParts parts = new() { Sensors = sensors, Inputs = new FakeInputs(channel => 100 + channel) };
        AnalogSampler sampler = Sampler(parts, network, new InputBinding(InputBinding.SourceSensor, 0, 0, 0), new InputBinding(InputBinding.SourceAdc, 5, 4, 3));
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(0));
        Assert.AreEqual((-7, 105 * 8), (network.GetInput(0), network.GetInput(1)));
    }

    [TestMethod]
    public void ASensorWithoutAValueIsBridgedForASecondThenTheOutputsAreSafeUntilItIsBack()
    {
        FakeSensors sensors = new(1) { [0] = 150 };
        Bench bench = BenchWith(sensors);
        ControlLoop loop = Loop(bench, Model(BoardInput.OfSensor("x0", 0), Pump));
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
        sensors[0] = null;
        for (int period = 0; period < 9; period++)
        {
            bench.Period(loop);
            Assert.IsTrue(bench.Pins.Levels[18], $"bridged in period {period}");
            Assert.AreEqual(0, loop.FirstBad);
        }

        bench.Period(loop);
        bench.Period(loop);
        Assert.IsTrue(bench.IsSafe());
        Assert.AreEqual(FaultCode.Sensor, loop.Faults.Last);
        sensors[0] = 150;
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
    }

    [TestMethod]
    [DataRow(-32769)]
    [DataRow(32768)]
    [DataRow(int.MaxValue)]
    [DataRow(int.MinValue)]
    public void AValueOfMoreThan16BitsIsNone(int value)
    {
        FakeSensors sensors = new(1) { [0] = value };
        Network network = new([new DenseLayer(1, 1, Activation.Linear, 0, 0, false)], [-32768], [32767]);
        AnalogSampler sampler = Sampler(new BoardParts { Sensors = sensors }, network, new InputBinding(InputBinding.SourceSensor, 0, 0, 0));
        Assert.AreEqual(0, sampler.Sample(0));
    }

    [TestMethod]
    public void ASensorThatGivesTheSameForLongerThanTheModelSaysIsFrozenAlsoAtMinusOne()
    {
        FakeSensors sensors = new(1) { [0] = -1 };
        Bench bench = BenchWith(sensors);
        ControlLoop loop = Loop(bench, Model(BoardInput.OfSensor("x0", 0, frozenMs: 5000), Pump));
        for (int period = 0; period <= 50; period++)
        {
            bench.Period(loop);
            Assert.AreEqual(FaultCode.None, loop.Faults.Last, $"period {period}");
        }

        bench.Period(loop);
        Assert.AreEqual(FaultCode.Frozen, loop.Faults.Last);
        Assert.IsTrue(bench.IsSafe());
    }

    [TestMethod]
    public void ABoardTakesAModelOfASensorThatItHasAndRefusesAnother()
    {
        foreach ((int has, int wanted, bool taken) in new[] { (0, 0, false), (1, 0, true), (1, 1, false), (32, 31, true) })
        {
            Bench bench = BenchWith(has == 0 ? null : new FakeSensors(has));
            _ = new TeachableBoard(bench.Parts, bench.Settings, FactoryModel.GetBytes());
            byte[] file = Model(BoardInput.OfSensor("x0", wanted), Pump).Bytes;
            Model? model = ModelReader.Read(file, file.Length, bench.Settings.Limits, out ModelError error, out int where);
            Assert.AreEqual((taken, taken ? ModelError.None : ModelError.Channel, 0), (model is not null, error, where), $"{wanted} of {has}");
        }
    }

    [TestMethod]
    public void InAFileASensorIsFourBytes()
    {
        byte[] file = Model(BoardInput.OfSensor("x0", 5), Pump).Bytes;
        int input = Models.ModelBytes.Find(file, ModelFormat.BindingsSection) + 8;
        CollectionAssert.AreEqual(new byte[] { 2, 5, 0, 0 }, file[input..(input + 4)]);
    }

    [TestMethod]
    public void SamplingSensorsAllocatesNothing()
    {
        FakeSensors sensors = new(1) { [0] = 3 };
        Network network = new([new DenseLayer(1, 1, Activation.Linear, 0, 0, false)], [-32768], [32767]);
        AnalogSampler sampler = Sampler(new BoardParts { Sensors = sensors }, network, new InputBinding(InputBinding.SourceSensor, 0, 0, 0));
        sampler.Sample(0);
        Allocations.AssertNone(round => sampler.Sample(1 + round));
    }

    private static Bench BenchWith(FakeSensors? sensors)
    {
        Bench bench = new();
        bench.Parts.Sensors = sensors;
        bench.Settings.Limits.Sensors = sensors?.Count ?? 0;
        return bench;
    }

    private static ControlLoop Loop(Bench bench, ModelFile file)
    {
        bench.Outputs.DriveSafe();
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(file));
        return loop;
    }

    private static ModelFile Model(BoardInput input, BoardOutput output)
    {
        FloatModel model = new(new FloatNetwork(new FloatLayer([[1.0]], [0.0], Activation.Linear)), [new InputSpec("x0", "", -1000, 1000)], [new OutputSpec("y0")]);
        return Converter.Convert(new(model, ModelTask.Regression, new BoardSpec(100, [input], [output]), Profile.Exact, Work: Examples.QuickProof)).File;
    }

    private static AnalogSampler Sampler(BoardParts parts, Network network, params InputBinding[] inputs)
    {
        Bindings bindings = new(0, inputs, [new OutputBinding(OutputBinding.RuleNone, 0, false, 0, 0, 0, 0)], false);
        return new AnalogSampler(new Model(network, bindings, new GoldenVectors(inputs.Length, 1, 1), 0, 0), parts, [], 1000);
    }
}
