namespace NeuralEdge.Networks
{
    /// <summary>
    /// The end of what a value between two layers may be in a network whose layers saturate: scales are chosen for the values that
    /// were seen, and what lies far beyond them is limited.
    /// </summary>
    public static class Ceiling
    {
        /// <summary>Largest magnitude, for every neuron in its own scale: 16 bits, which leaves the weights behind it their room.</summary>
        public const int Value = 32767;

        /// <summary>Limits a value.</summary>
        /// <param name="value">Any value.</param>
        /// <returns>The nearest one in -32767..32767.</returns>
        public static int Limit(int value)
        {
            return value > Value ? Value : value < -Value ? -Value : value;
        }
    }
}
