using System.Collections.Concurrent;
using NeuralEdge.Board.Chips;
using NeuralEdge.Simulator.Greenhouse;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Studio.Simulation;

/// <summary>
/// Sensors to play with: a greenhouse bed on the first three channels, slow waves on the others, and each can be held at a count by hand,
/// and shaken.
/// </summary>
public sealed class SimulatedSensors : ISensors
{
    private const double SecondsPerDay = 60;
    private const double Margin = 60;
    private const double FullScale = 4095;
    private const double Middle = 2048;
    private const double Swing = 900;
    private const double Shake = 500;
    private const double ShakesPerSecond = 4;

    private static readonly string[] BedNames = ["soil moisture", "light", "temperature"];

    private readonly ConcurrentDictionary<int, double> _held = new();
    private readonly ConcurrentDictionary<int, bool> _shaken = new();
    private readonly GreenhouseSensors _bed;
    private readonly int[] _channels;

    /// <summary>The sensors of a board.</summary>
    /// <param name="chip">Its chip; null for the classic one.</param>
    /// <param name="seed">Decides the weather.</param>
    public SimulatedSensors(Chip? chip, int seed)
    {
        Chip known = chip ?? ChipTable.Find(ChipTable.Classic);
        _bed = new GreenhouseSensors(new GreenhouseBed(seed), SecondsPerDay, GreenhouseWiring.For(chip));
        _channels = [.. Enumerable.Range(0, PinList.Expand(known.Adc).Length).Where(channel => known.WhyNotAdc(channel) is null)];
    }

    /// <summary>The channels with a sensor.</summary>
    public IReadOnlyList<int> Channels => _channels;

    /// <summary>What is wired to a channel.</summary>
    /// <param name="channel">ADC channel.</param>
    public string NameOf(int channel)
    {
        int at = Array.IndexOf(_channels, channel);
        return at < BedNames.Length ? BedNames[at] : "a slow wave";
    }

    /// <summary>The count at which a channel is held; null when it is not.</summary>
    /// <param name="channel">ADC channel.</param>
    public double? HeldAt(int channel) => _held.TryGetValue(channel, out double count) ? count : null;

    /// <summary>Holds a channel at a count.</summary>
    /// <param name="channel">ADC channel.</param>
    /// <param name="count">0 to 4095; null lets go.</param>
    public void Hold(int channel, double? count)
    {
        if (count is double fix)
        {
            _held[channel] = fix;
        }
        else
        {
            _held.TryRemove(channel, out _);
        }
    }

    /// <summary>Whether a channel is shaken: what it has goes up and down four times a second.</summary>
    /// <param name="channel">ADC channel.</param>
    public bool IsShaken(int channel) => _shaken.ContainsKey(channel);

    /// <summary>Begins to shake a channel, or ends it.</summary>
    /// <param name="channel">ADC channel.</param>
    /// <param name="on">True to begin.</param>
    public void SetShaken(int channel, bool on)
    {
        if (on)
        {
            _shaken[channel] = true;
        }
        else
        {
            _shaken.TryRemove(channel, out _);
        }
    }

    /// <inheritdoc/>
    public double ReadCount(int channel, TimeSpan at)
    {
        double still = _held.TryGetValue(channel, out double held) ? held : Own(channel, at);
        return IsShaken(channel) ? Inside(still + (Shake * Math.Sin(2 * Math.PI * ShakesPerSecond * at.TotalSeconds))) : still;
    }

    /// <inheritdoc/>
    public void PinChanged(PinEvent change) => _bed.PinChanged(change);

    // With resistors of a careful maker: an end of the ADC's range would be taken for a broken wire.
    private static double Inside(double count) => Math.Clamp(count, Margin, FullScale - Margin);

    private double Own(int channel, TimeSpan at)
    {
        int place = Array.IndexOf(_channels, channel);
        return place < BedNames.Length
            ? Inside(_bed.ReadCount(channel, at))
            : Middle + (Swing * Math.Sin(at.TotalSeconds * (0.3 + (0.2 * place))));
    }
}
