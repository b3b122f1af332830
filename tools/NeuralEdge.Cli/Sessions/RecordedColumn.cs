using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Cli.Sessions;

/// <summary>A column of a recording: an ADC channel or a sensor value, and what its counts mean.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">The channel and its conversions, or the sensor value.</param>
/// <param name="Scale">Value of one count; 1 for columns of counts.</param>
/// <param name="Offset">Value at count 0.</param>
internal sealed record RecordedColumn(string Name, CountChannel Source, double Scale = 1, double Offset = 0)
{
    /// <summary>The column of times in front of the others.</summary>
    internal const string Time = RecordedSensors.TimeColumn;

    /// <summary>The column of labels behind them.</summary>
    internal const string Label = "label";

    /// <summary>What a count means as a value of the column.</summary>
    internal double ToValue(double count) => (count * Scale) + Offset;

    /// <summary>Counts of channels and values of sensors, as adc0, sensor0 and so on: names that training and the simulated board know how to wire.</summary>
    internal static RecordedColumn[] Of(IEnumerable<CountChannel> channels) => [.. channels.Select(OfChannel)];

    /// <summary>A channel with as many conversions as an input has whose board file does not say.</summary>
    internal static CountChannel Analog(int channel) => SourceOf(new BoardInput("", channel));

    /// <summary>The inputs of a board file, in its names, and in its units where it has "counts" and "values": so training with it wants them.</summary>
    /// <exception cref="InputRefusedException">It has no inputs.</exception>
    internal static RecordedColumn[] Of(BoardFile board) => board.Inputs is { Count: > 0 } inputs
        ? [.. inputs.Select(i => new RecordedColumn(i.Name, SourceOf(i), i.Calibration?.Scale ?? 1, i.Calibration?.Offset ?? 0))]
        : throw new InputRefusedException($"{board.Name} names no inputs, so it does not say what to record: add \"inputs\", or give --channels instead.");

    /// <summary>
    /// The wired inputs of the board's model, in its names and units. The factory model's a and b mean nothing to the sensors that
    /// somebody has wired: instead of them come counts.
    /// </summary>
    /// <exception cref="InputRefusedException">The model is wired to nothing.</exception>
    internal static RecordedColumn[] Of(ModelFile model, bool isFactoryModel)
    {
        List<RecordedColumn> columns = [];
        for (int i = 0; i < model.Channels.Length; i++)
        {
            ModelInput input = model.Channels[i];
            InputBinding binding = model.Model.Bindings.Inputs[i];
            if (binding.Source != InputBinding.SourceNone)
            {
                CountChannel source = binding.Source == InputBinding.SourceSensor ? CountChannel.OfSensor(binding.Channel) : new(binding.Channel, binding.SamplesLog2);

                // An input's scale is the value of one raw step, and a count has 2^f of them.
                columns.Add(isFactoryModel
                    ? OfChannel(source)
                    : new(input.Name, source, Math.ScaleB(input.Scale, binding.FractionBits), input.Offset));
            }
        }

        return columns.Count > 0
            ? [.. columns]
            : throw new InputRefusedException("The board's model reads no sensor, so it does not say what to record: give --channels 0,3 or --board BOARD.json.");
    }

    private static RecordedColumn OfChannel(CountChannel source) => new(source.Name, source);

    private static CountChannel SourceOf(BoardInput input) => input.Sensor is int sensor ? CountChannel.OfSensor(sensor) : new(input.Adc, int.Log2(input.Oversample));
}
