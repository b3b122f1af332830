using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Simulator.Greenhouse;

namespace NeuralEdge.Generators.Pictures;

/// <summary>What a board saw and did in one minute of the bed.</summary>
/// <param name="Moisture">Water in the soil by volume, as the probe's counts say.</param>
/// <param name="Lux">Light, as the photoresistor's counts say.</param>
/// <param name="Celsius">Temperature, as the thermistor's counts say.</param>
/// <param name="Water">The network's first output.</param>
/// <param name="Shade">The network's second output.</param>
/// <param name="PumpOn">Level of GPIO18.</param>
/// <param name="ShadeClosed">Level of GPIO19.</param>
internal readonly record struct GreenhouseMinute(
    double Moisture, double Lux, double Celsius, double Water, double Shade, bool PumpOn, bool ShadeClosed);

/// <summary>
/// Some days of the demo's greenhouse bed under the board's own control loop, minute by minute: the network is trained on the
/// example's log as the demo does, and what it decides changes what it measures. Only the clock is not real.
/// </summary>
internal sealed class GreenhouseDay : IAnalogInputs, IOutputPins, IBoardClock, IBoardReset
{
    private const int Pump = 18;
    private const int ShadePin = 19;
    private const int Noise = 4;
    private const int Minute = 60_000;

    private static readonly int[] Channels = [0, 3, 4];

    private static readonly string Wiring =
        $$"""
        {
          "periodMs": {{Minute}},
          "inputs": [ { "name": "soil", "adc": 0 }, { "name": "light", "adc": 3 }, { "name": "temperature", "adc": 4 } ],
          "outputs": [
            { "name": "water", "pin": {{Pump}}, "on": 0.6, "off": 0.4, "minOnMs": {{5 * Minute}} },
            { "name": "shade", "pin": {{ShadePin}}, "on": 0.6, "off": 0.4, "minOnMs": {{30 * Minute}}, "minOffMs": {{30 * Minute}} }
          ]
        }
        """;

    private readonly PortableRandom _random = new(11);
    private readonly GreenhouseBed _bed;
    private readonly double[] _counts = new double[3];

    private GreenhouseDay(GreenhouseBed bed) => _bed = bed;

    /// <inheritdoc/>
    public long Microseconds { get; private set; }

    /// <summary>Trains the demo's network on a log of the bed.</summary>
    /// <param name="logPath">greenhouse.csv.</param>
    internal static ModelFile Train(string logPath)
    {
        TrainOptions options = new(Table.Read(logPath), "water", "shade")
        {
            Hyperparameters = new() { Hidden = [12, 8], MaximumEpochs = 300 },
            Board = BoardFile.Parse(Wiring, "the picture's board file"),
        };
        return Pipeline.Train(options).Model.File;
    }

    /// <summary>Runs the loop once a minute.</summary>
    /// <param name="model">The model, wired to the bed.</param>
    /// <param name="bed">The bed, at the beginning.</param>
    /// <param name="minutes">How long.</param>
    internal static GreenhouseMinute[] Watch(ModelFile model, GreenhouseBed bed, int minutes)
    {
        GreenhouseDay day = new(bed);
        SafeOutputs outputs = new(day, [new SafePin(Pump, activeLow: false), new SafePin(ShadePin, activeLow: false)]);
        outputs.DriveSafe();
        BoardSettings settings = new() { Limits = ModelFile.DesktopLimits };
        ControlLoop loop = new(
            new BoardParts { Inputs = day, Outputs = outputs, Clock = day, Reset = day, Supervisor = new Supervisor(outputs, day, day, settings.SupervisionMs) },
            settings);
        loop.Use(model.Model);
        GreenhouseMinute[] seen = new GreenhouseMinute[minutes];
        for (int minute = 0; minute < minutes; minute++)
        {
            if (!loop.RunPeriod())
            {
                throw new InvalidOperationException("The board's loop met a fault.");
            }

            double[] said = model.ToValues(model.Model.Network.Outputs);
            seen[minute] = new GreenhouseMinute(
                Transducers.SoilProbeMoisture(day._counts[0]),
                Transducers.PhotoresistorLux(day._counts[1]),
                Transducers.ThermistorCelsius(day._counts[2]),
                said[0],
                said[1],
                bed.Pump,
                bed.ShadeClosed);
            bed.Advance(60);
            day.Microseconds += Minute * 1000L;
        }

        return seen;
    }

    /// <inheritdoc/>
    public int ReadSum(int channel, int conversions, int lowest, int highest)
    {
        int sensor = Array.IndexOf(Channels, channel);
        double ideal = sensor switch
        {
            0 => Transducers.SoilProbeCount(_bed.Moisture),
            1 => Transducers.PhotoresistorCount(_bed.Lux),
            _ => Transducers.ThermistorCount(_bed.Temperature),
        };
        int sum = 0;
        for (int k = 0; k < conversions; k++)
        {
            sum += (int)Math.Clamp(Math.Round(ideal) + _random.Next((2 * Noise) + 1) - Noise, 0, 4095);
        }

        _counts[sensor] = Math.Max((double)sum / conversions, 1);
        return sum;
    }

    /// <inheritdoc/>
    public void Write(int pin, bool high)
    {
        if (pin == Pump)
        {
            _bed.Pump = high;
        }
        else
        {
            _bed.ShadeClosed = high;
        }
    }

    /// <inheritdoc/>
    public void Sleep(int milliseconds) => Microseconds += milliseconds * 1000L;

    /// <inheritdoc/>
    public void Reset() => throw new InvalidOperationException("The board's loop asked for a reset.");
}
