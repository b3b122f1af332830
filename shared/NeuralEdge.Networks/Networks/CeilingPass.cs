namespace NeuralEdge.Networks
{
    /// <summary>
    /// Shifts, an activation and the ceiling, in place, for a layer whose kernel leaves accumulators and whose values may meet their
    /// <see cref="Ceiling"/>.
    /// </summary>
    internal sealed class CeilingPass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 6;

        private readonly Activation _activation;
        private readonly int _slope;
        private readonly sbyte[] _shifts;
        private readonly int[] _values;
        private int _saturated;

        /// <summary>Prepares the pass of a layer.</summary>
        /// <param name="activation">What follows the pre-activation: linear, ReLU or leaky ReLU.</param>
        /// <param name="slope">Slope of leaky ReLU below zero in Q0.15.</param>
        /// <param name="shifts">Shift of each neuron from accumulator to pre-activation, 0 or more.</param>
        /// <param name="values">Accumulators in, activations out, one for each neuron or more.</param>
        internal CeilingPass(Activation activation, int slope, sbyte[] shifts, int[] values)
        {
            _activation = activation;
            _slope = slope;
            _shifts = shifts;
            _values = values;
        }

        internal override int SaturatedCount
        {
            get { return _saturated; }
        }

        internal override void Forward()
        {
            _saturated = 0;
            if (_activation == Activation.Relu)
            {
                Rectify();
            }
            else
            {
                Limit();
            }
        }

        // Most networks that saturate are of ReLU: one loop, and one comparison more than without a ceiling.
        private void Rectify()
        {
            sbyte[] shifts = _shifts;
            int[] values = _values;
            int i = shifts.Length;
            while (i != 0)
            {
                i--;
                int y = values[i] >> shifts[i];
                if (y < 0)
                {
                    y = 0;
                }
                else if (y > Ceiling.Value)
                {
                    y = Ceiling.Value;
                    _saturated++;
                }

                values[i] = y;
            }
        }

        private void Limit()
        {
            sbyte[] shifts = _shifts;
            int[] values = _values;
            int i = shifts.Length;
            while (i != 0)
            {
                i--;
                int y = Activations.Evaluate(_activation, _slope, values[i] >> shifts[i]);
                int limited = Ceiling.Limit(y);
                if (limited != y)
                {
                    _saturated++;
                }

                values[i] = limited;
            }
        }
    }
}
