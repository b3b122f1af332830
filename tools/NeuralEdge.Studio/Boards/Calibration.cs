using NeuralEdge.Conversion;
using NeuralEdge.Host;

namespace NeuralEdge.Studio.Boards;

/// <summary>Two known voltages at an ADC channel, on their way to a correction that the board keeps; as the verb <c>calibrate</c> does it.</summary>
/// <param name="board">The board.</param>
public sealed class Calibration(BoardService board)
{
    private readonly double?[] _volts = [null, null];
    private readonly double?[] _counts = [null, null];

    /// <summary>The channel; null before one is chosen.</summary>
    public int? Channel { get; private set; }

    /// <summary>How the board corrects the channel; null while nobody knows.</summary>
    public AdcCorrection? Correction { get; private set; }

    /// <summary>The voltages in volts, the lower one first; null for none yet.</summary>
    public IReadOnlyList<double?> Volts => _volts;

    /// <summary>The counts read at them, without a correction; null for none yet.</summary>
    public IReadOnlyList<double?> Counts => _counts;

    /// <summary>True when both voltages have been measured.</summary>
    public bool IsComplete => !_counts.Contains(null) && !_volts.Contains(null);

    /// <summary>Begins with a channel.</summary>
    /// <param name="channel">ADC channel, null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BoardLinkException">The board failed.</exception>
    public async Task Choose(int? channel, CancellationToken cancellation = default)
    {
        (Channel, Correction) = (channel, null);
        Array.Clear(_volts);
        Array.Clear(_counts);
        if (channel is int number)
        {
            Correction = await board.Do((link, end) => link.GetCorrection(number, end), cancellation);
        }
    }

    /// <summary>Says a voltage; what was read at another one is forgotten.</summary>
    /// <param name="point">0 for the lower, 1 for the higher one.</param>
    /// <param name="volts">In volts; null for none.</param>
    public void SetVolts(int point, double? volts) => (_volts[point], _counts[point]) = (volts, null);

    /// <summary>Reads the channel for a second, while the voltage is at its pin.</summary>
    /// <param name="point">0 for the lower, 1 for the higher one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InputRefusedException">The voltages make no sense, the channel is at an end, or does not stand still.</exception>
    /// <exception cref="BoardLinkException">The board failed.</exception>
    public async Task Measure(int point, CancellationToken cancellation = default)
    {
        double volts = _volts[point] ?? throw new InputRefusedException($"Say first which voltage is at the pin, like {(point == 0 ? "0.5" : "2.3")}.");
        int channel = Channel!.Value;
        if (_volts[0] is double low && _volts[1] is double high)
        {
            CorrectionPoints.RequireVolts(board.Now.Report?.Chip, low, high);
        }

        double count = await board.DoInPlaceOfRows((link, end) => new ChannelMeter(link, channel).Measure(end), cancellation);
        if (Channel == channel && _volts[point] == volts)
        {
            _counts[point] = count;
        }
    }

    /// <summary>Has the board keep the correction.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InputRefusedException">The measurements make none.</exception>
    /// <exception cref="BoardLinkException">The board failed.</exception>
    public async Task Save(CancellationToken cancellation = default)
    {
        if (!IsComplete)
        {
            throw new InputRefusedException("Two voltages make a correction: measure both first.");
        }

        (int channel, double low, double high) = (Channel!.Value, _volts[0]!.Value, _volts[1]!.Value);
        CorrectionPoints.RequireVolts(board.Now.Report?.Chip, low, high);
        CorrectionPoints points = CorrectionPoints.Of(_counts[0]!.Value, low, _counts[1]!.Value, high);
        Correction = await board.Do((link, end) => link.Correct(channel, points, end), cancellation);
    }

    /// <summary>Takes the correction away.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BoardLinkException">The board failed.</exception>
    public async Task Remove(CancellationToken cancellation = default)
    {
        int channel = Channel!.Value;
        Correction = await board.Do((link, end) => link.Correct(channel, points: null, end), cancellation);
    }
}
