#nullable enable
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Simulator.Greenhouse;

/// <summary>
/// The bed at a board's pins: three sensors in, pump and shade out, so that what the board decides changes what it
/// measures. Time runs faster than outside, but not for the pump: its pin stays on for a second at least, which is more than an hour of a
/// day that takes 20 seconds, so a pump of the usual flow would drown the bed, and its sensors would read what no log of a bed holds.
/// </summary>
public sealed class GreenhouseSensors : ISensors
{
    // Metres of water in a second of the board's time: as much as the least that the grower of the log gives at once.
    private const double MostWater = 0.004;

    private readonly object _gate = new();
    private readonly GreenhouseWiring _wiring;
    private readonly double _speed;
    private TimeSpan _at;
    private bool _paused;

    /// <summary>Puts a bed at a board.</summary>
    /// <param name="bed">The bed; it gets a pump that suits the pace.</param>
    /// <param name="secondsPerDay">How many seconds a day of the bed takes.</param>
    /// <param name="wiring">Which channels and pins; null for the usual ones.</param>
    public GreenhouseSensors(GreenhouseBed bed, double secondsPerDay = 60, GreenhouseWiring? wiring = null)
    {
        ArgumentNullException.ThrowIfNull(bed);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(secondsPerDay);
        Bed = bed;
        _wiring = wiring ?? new GreenhouseWiring();
        _speed = 86_400 / secondsPerDay;
        bed.PumpFlow = Math.Min(bed.PumpFlow, MostWater / _speed);
    }

    /// <summary>The bed. Read it only while the board is stopped, or through a copy of its numbers.</summary>
    public GreenhouseBed Bed { get; }

    /// <summary>While true, no time passes at the bed: a board started before its host is ready misses nothing.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_gate)
            {
                return _paused;
            }
        }

        set
        {
            lock (_gate)
            {
                _paused = value;
            }
        }
    }

    /// <inheritdoc/>
    public double ReadCount(int channel, TimeSpan at)
    {
        lock (_gate)
        {
            MoveTo(at);
            if (channel == _wiring.SoilChannel)
            {
                return Transducers.SoilProbeCount(Bed.Moisture);
            }

            if (channel == _wiring.LightChannel)
            {
                return Transducers.PhotoresistorCount(Bed.Lux);
            }

            return channel == _wiring.TemperatureChannel ? Transducers.ThermistorCount(Bed.Temperature) : double.NaN;
        }
    }

    /// <inheritdoc/>
    public void PinChanged(PinEvent change)
    {
        lock (_gate)
        {
            MoveTo(change.At);

            // A pin nobody drives is pulled to its inactive level by the resistor a careful maker has put there.
            if (change.Pin == _wiring.PumpPin)
            {
                Bed.Pump = change.Level == !_wiring.ActiveLow;
            }
            else if (change.Pin == _wiring.ShadePin)
            {
                Bed.ShadeClosed = change.Level == !_wiring.ActiveLow;
            }
        }
    }

    private void MoveTo(TimeSpan at)
    {
        if (at > _at)
        {
            if (!_paused)
            {
                Bed.Advance((at - _at).TotalSeconds * _speed);
            }

            _at = at;
        }
    }
}
