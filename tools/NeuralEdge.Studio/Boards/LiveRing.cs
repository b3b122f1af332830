using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Studio.Boards;

/// <summary>What one model did on the board: its inputs, outputs and pins in their units, row by row.</summary>
/// <param name="model">The model.</param>
/// <param name="capacity">How many inferences are kept.</param>
public sealed class LiveRing(ModelFile model, int capacity)
{
    private const double On = 1;
    private const double Off = 0;

    /// <summary>The model.</summary>
    public ModelFile Model => model;

    /// <summary>Inputs, then outputs, then pins: 1 on, 0 off, not-a-number for none.</summary>
    public RowRing Rows { get; } = new([.. model.Inputs.Select(i => i.Name), .. model.Outputs.Select(o => o.Name), .. model.Outputs.Select(o => o.Name)], capacity);

    /// <summary>The last inference; null before the first.</summary>
    public LiveValues? Last { get; private set; }

    /// <summary>Whether values are of this model.</summary>
    /// <param name="live">The values.</param>
    public bool Takes(LiveValues live) => live.Digest == model.Model.Digest && live.Inputs.Length == model.Inputs.Length && live.Outputs.Length == model.Outputs.Length;

    /// <summary>Adds an inference of this model.</summary>
    /// <param name="ms">When it came, on a clock that only goes on.</param>
    /// <param name="live">Its values.</param>
    public void Add(long ms, LiveValues live)
    {
        Last = live;
        Rows.Add(ms, [.. model.ToInputs(live.Inputs), .. model.ToValues(live.Outputs), .. live.Pins.Select(pin => pin is bool on ? on ? On : Off : double.NaN)]);
    }
}
