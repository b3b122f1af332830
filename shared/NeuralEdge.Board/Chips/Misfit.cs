namespace NeuralEdge.Board.Chips
{
    /// <summary>Why a board's settings do not suit the chip it runs on; the numbers are those of the INFO reply.</summary>
    public enum Misfit : byte
    {
        /// <summary>They do.</summary>
        None = 0,

        /// <summary>The chip is in no row of <see cref="ChipTable"/>.</summary>
        UnknownChip = 1,

        /// <summary>An output is on a pin that must not drive.</summary>
        OutputPin = 2,

        /// <summary>An output is named twice.</summary>
        OutputTwice = 3,

        /// <summary>An output is on a pin of the link.</summary>
        OutputOnLink = 4,

        /// <summary>The chip has no such serial port, or the debugger has it.</summary>
        LinkPort = 5,

        /// <summary>A pin of the link is none that can be.</summary>
        LinkPin = 6,

        /// <summary>An output is on a pin of the I2C bus.</summary>
        OutputOnBus = 7,

        /// <summary>A pin of the I2C bus is none that can be, or the link has it.</summary>
        BusPin = 8,
    }
}
