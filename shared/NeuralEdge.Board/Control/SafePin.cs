namespace NeuralEdge.Board.Control
{
    /// <summary>An output pin a model may use, and the level at which nothing runs.</summary>
    public sealed class SafePin
    {
        /// <summary>Names a pin.</summary>
        /// <param name="pin">GPIO number, 0..63.</param>
        /// <param name="activeLow">True when the load runs at the low level, so that high is the safe one.</param>
        public SafePin(int pin, bool activeLow)
        {
            Pin = pin;
            ActiveLow = activeLow;
        }

        /// <summary>GPIO number.</summary>
        public int Pin { get; }

        /// <summary>True when the load runs at the low level.</summary>
        public bool ActiveLow { get; }
    }
}
