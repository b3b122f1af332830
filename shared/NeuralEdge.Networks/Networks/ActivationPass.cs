using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>Shifts and an activation, in place, for a layer whose kernel leaves accumulators.</summary>
    internal sealed class ActivationPass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 5;

        private readonly Activation _activation;
        private readonly int _slope;
        private readonly sbyte[] _shifts;
        private readonly int[] _values;

        /// <summary>Prepares the pass of a layer.</summary>
        /// <param name="activation">What follows the pre-activation.</param>
        /// <param name="slope">Slope of leaky ReLU below zero in Q0.15.</param>
        /// <param name="shifts">Shift of each neuron from accumulator to pre-activation.</param>
        /// <param name="values">Accumulators in, activations out, one for each neuron or more.</param>
        internal ActivationPass(Activation activation, int slope, sbyte[] shifts, int[] values)
        {
            _activation = activation;
            _slope = slope;
            _shifts = shifts;
            _values = values;
        }

        internal override void Forward()
        {
            sbyte[] shifts = _shifts;
            int[] values = _values;
            int i = shifts.Length;
            while (i != 0)
            {
                i--;
                int shift = shifts[i];
                if (shift >= 0)
                {
                    values[i] >>= shift;
                }
                else
                {
                    values[i] = SaturatingShift.Left(values[i], -shift);
                }
            }

            Activations.Apply(_activation, _slope, values, shifts.Length);
        }
    }
}
