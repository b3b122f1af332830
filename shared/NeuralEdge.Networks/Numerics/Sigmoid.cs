namespace NeuralEdge.Numerics
{
    /// <summary>Logistic function 1 / (1 + exp(-x)) through the identity (1 + tanh(x/2)) / 2.</summary>
    /// <remarks>
    /// The argument is taken in Q16.15: its integer is x/2 in Q15.16, so no shift and no rounding is lost, and
    /// 32768 + tanh is the result in Q0.16.
    /// </remarks>
    public static class Sigmoid
    {
        /// <summary>Logistic function of one value.</summary>
        /// <param name="x">Argument in Q16.15, any int.</param>
        /// <returns>Result in Q0.16, 0..65536.</returns>
        public static int Evaluate(int x)
        {
            return 32768 + Tanh.Evaluate(x);
        }

        /// <summary>Logistic function of the first values of an array, in place.</summary>
        /// <param name="values">Q16.15 in, Q0.16 out.</param>
        /// <param name="count">How many values.</param>
        public static void Apply(int[] values, int count)
        {
            Tanh.Apply(values, count);
            for (int i = 0; i < count; i++)
            {
                values[i] += 32768;
            }
        }
    }
}
