namespace NeuralEdge.Board.Control
{
    /// <summary>Values that are no counts of the ADC: digital sensors, or whatever else gives the board integers.</summary>
    public interface ISensorValues
    {
        /// <summary>How many values there are, 1..32; models name them by number, from 0.</summary>
        int Count { get; }

        /// <summary>Reads a value, in the unit that whoever gives it has chosen. Throws nothing: a sensor that does not answer gives no value.</summary>
        /// <param name="sensor">Number of the value, 0 or more and below <see cref="Count"/>.</param>
        /// <param name="value">The value, -32768..32767; others count as none.</param>
        /// <returns>False when there is none now; the last good value stands in for a while, then the outputs go safe.</returns>
        bool TryRead(int sensor, out int value);
    }
}
