using NeuralEdge.Board.Chips;

namespace NeuralEdge.Conversion.Boards;

/// <summary>What a board says about its own pins, which no model may contradict.</summary>
/// <param name="Name">What sentences call the board.</param>
/// <param name="OutputPins">Bit n set: GPIO n may be driven.</param>
/// <param name="ActiveLowPins">Bit n set: the load at GPIO n runs at the low level.</param>
/// <param name="Chip">The board's chip; null when it does not say.</param>
/// <param name="AdcChannels">Bit n set: channel n may be sampled; null when nobody said.</param>
/// <param name="Sensors">How many values of digital sensors the board has.</param>
public sealed record BoardWiring(string Name, long OutputPins, long ActiveLowPins, Chip? Chip = null, int? AdcChannels = null, int Sensors = 0)
{
    /// <summary>A load with the polarity that its pin has on this board.</summary>
    /// <param name="output">The load.</param>
    /// <param name="saysPolarity">True when somebody said which level switches it on.</param>
    /// <exception cref="InputRefusedException">The board does not drive the pin, or is wired otherwise.</exception>
    internal BoardOutput Wire(BoardOutput output, bool saysPolarity)
    {
        long pin = 1L << output.Pin;
        if ((OutputPins & pin) == 0)
        {
            throw new InputRefusedException($"output {output.Name} is to switch GPIO {output.Pin}, which {Name} does not drive; take a pin that neuraledge info names, or add it to the board's Settings.cs.");
        }

        bool activeLow = (ActiveLowPins & pin) != 0;
        return !saysPolarity || output.ActiveLow == activeLow
            ? output with { ActiveLow = activeLow }
            : throw new InputRefusedException($"output {output.Name} is active {Level(output.ActiveLow)} in the board file, and GPIO {output.Pin} of {Name} is active {Level(activeLow)}; correct \"activeLow\", or the board's Settings.cs.");
    }

    private static string Level(bool activeLow) => activeLow ? "low" : "high";
}
