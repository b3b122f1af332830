using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>Shifts and an activation in a pass of their own, for layers whose kernel leaves accumulators.</summary>
    internal sealed class ActivationPass
    {
        private readonly Activation _activation;
        private readonly int _slope;
        private readonly sbyte[] _shifts;

        /// <summary>Prepares the pass of a layer.</summary>
        /// <param name="activation">What follows the pre-activation.</param>
        /// <param name="slope">Slope of leaky ReLU below zero in Q0.15.</param>
        /// <param name="shifts">Shift of each neuron from accumulator to pre-activation.</param>
        internal ActivationPass(Activation activation, int slope, sbyte[] shifts)
        {
            _activation = activation;
            _slope = slope;
            _shifts = shifts;
        }

        /// <summary>Makes activations of a layer's accumulators, in place.</summary>
        /// <param name="y">The accumulators.</param>
        internal void Apply(int[] y)
        {
            sbyte[] shifts = _shifts;
            int i = shifts.Length;
            while (i != 0)
            {
                i--;
                int shift = shifts[i];
                if (shift >= 0)
                {
                    y[i] >>= shift;
                }
                else
                {
                    y[i] = SaturatingShift.Left(y[i], -shift);
                }
            }

            Activations.Apply(_activation, _slope, y, shifts.Length);
        }
    }
}
