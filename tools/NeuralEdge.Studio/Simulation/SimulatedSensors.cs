using System.Collections.Concurrent;
using NeuralEdge.Board.Chips;
using NeuralEdge.Simulator.Greenhouse;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Studio.Simulation;

/// <summary>
/// Sensors to play with: a greenhouse bed on the first three channels, slow waves on the others, and each can be held at a count by hand.
/// </summary>
public sealed class SimulatedSensors : ISensors
{
    private const double SecondsPerDay = 60;
    private const double Margin = 60;
    private const double FullScale = 4095;
    private const double Middle = 2048;
    private const double Swing = 900;

    private static readonly string[] BedNames = ["soil moisture", "light", "temperature"];

    private readonly ConcurrentDictionary<int, double> _held = new();
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

    /// <inheritdoc/>
    public double ReadCount(int channel, TimeSpan at)
    {
        if (_held.TryGetValue(channel, out double held))
        {
            return held;
        }

        // With resistors of a careful maker: an end of the ADC's range would be taken for a broken wire.
        int place = Array.IndexOf(_channels, channel);
        return place < BedNames.Length
            ? Math.Clamp(_bed.ReadCount(channel, at), Margin, FullScale - Margin)
            : Middle + (Swing * Math.Sin(at.TotalSeconds * (0.3 + (0.2 * place))));
    }

    /// <inheritdoc/>
    public void PinChanged(PinEvent change) => _bed.PinChanged(change);
}
