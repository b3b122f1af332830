namespace NeuralEdge.Benchmarks
{
    /// <summary>What the float networks compute with: arbitrary, and the same numbers in all of them.</summary>
    public static class NaiveWeights
    {
        /// <summary>A weight of a layer.</summary>
        /// <param name="index">The neuron's number, times the number of inputs, plus the input's number.</param>
        /// <returns>The weight.</returns>
        public static float Get(int index)
        {
            return ((index % 17) - 8) * 0.05f;
        }

        /// <summary>The inputs of a network.</summary>
        /// <param name="count">How many.</param>
        /// <returns>Their values.</returns>
        public static float[] GetInputs(int count)
        {
            float[] inputs = new float[count];
            for (int i = 0; i < count; i++)
            {
                inputs[i] = ((i % 7) + 1) * 0.1f;
            }

            return inputs;
        }
    }
}
