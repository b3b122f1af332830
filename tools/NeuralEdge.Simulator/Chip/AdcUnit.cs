#nullable enable
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// The ADC of a chip at 12 bits: what the sensors give, plus Gaussian noise of the board's seed, rounded and clipped
/// to 0..4095.
/// </summary>
internal sealed class AdcUnit
{
    private const int FullScale = 4095;

    private readonly object _gate = new();
    private readonly ChipModel _model;
    private readonly ISensors _sensors;
    private readonly double _noise;
    private readonly Random _random;

    internal AdcUnit(ChipModel model, ISensors sensors, double noise, int seed)
    {
        _model = model;
        _sensors = sensors;
        _noise = noise;
        _random = new Random(seed);
    }

    internal bool Has(int channel) => _model.GpioOfAdc(channel) >= 0;

    internal int Convert(int channel, TimeSpan at)
    {
        if (!Has(channel))
        {
            throw new ArgumentException($"There is no ADC channel {channel}.");
        }

        lock (_gate)
        {
            double count = _sensors.ReadCount(channel, at);
            if (_noise > 0)
            {
                count += _noise * NextGaussian();
            }

            // Not a number: an input nobody drives. It floats, here near the bottom.
            return double.IsNaN(count) ? 0 : (int)Math.Clamp(Math.Round(count), 0, FullScale);
        }
    }

    private double NextGaussian()
    {
        // Box and Muller (1958).
        double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * _random.NextDouble());
    }
}
