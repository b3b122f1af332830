namespace NeuralEdge.Networks
{
    /// <summary>Makes sigmoid of tanh, as <see cref="Numerics.Sigmoid"/> says: adds one half of its range.</summary>
    internal sealed class SigmoidPass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 3;

        private readonly int[] _values;
        private readonly int _neurons;

        /// <summary>Prepares the pass.</summary>
        /// <param name="values">tanh in, sigmoid out.</param>
        /// <param name="neurons">How many of the values.</param>
        internal SigmoidPass(int[] values, int neurons)
        {
            _values = values;
            _neurons = neurons;
        }

        internal override void Forward()
        {
            int[] values = _values;
            int i = _neurons;
            while (i != 0)
            {
                i--;
                values[i] += 32768;
            }
        }
    }
}
