using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Features;

/// <summary>A channel of windows: how its values become the integers that a board samples.</summary>
/// <param name="Name">Name of the channel: a column of the data, a sensor of the board.</param>
/// <param name="Unit">Unit of its values, may be empty.</param>
/// <param name="Raw">Range and scale of its samples; -32768..32767 at most.</param>
/// <param name="Binding">The sensor that feeds it.</param>
/// <param name="Shape">What a board is told of it.</param>
public sealed record WindowChannel(string Name, string Unit, RawInput Raw, InputBinding Binding, ChannelShape Shape)
{
    /// <summary>The sample that a value becomes.</summary>
    /// <param name="value">A finite value in the channel's unit.</param>
    public int Sample(double value) =>
        (int)Math.Clamp(Math.Floor(((value - Raw.Offset) / Raw.Scale) + 0.5), Shape.Lowest, Shape.Highest);
}
