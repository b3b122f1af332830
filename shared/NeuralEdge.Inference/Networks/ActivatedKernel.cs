using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>A kernel whose values go through shifts and an activation in a pass of their own.</summary>
    internal sealed class ActivatedKernel : LayerKernel
    {
        private readonly LayerKernel _kernel;
        private readonly Activation _activation;
        private readonly int _slope;
        private readonly sbyte[] _shifts;

        /// <summary>Puts a kernel and a pass together.</summary>
        /// <param name="kernel">Computes accumulators.</param>
        /// <param name="activation">What follows the pre-activation.</param>
        /// <param name="slope">Slope of leaky ReLU below zero in Q0.15.</param>
        /// <param name="shifts">Shift of each neuron from accumulator to pre-activation.</param>
        internal ActivatedKernel(LayerKernel kernel, Activation activation, int slope, sbyte[] shifts)
        {
            _kernel = kernel;
            _activation = activation;
            _slope = slope;
            _shifts = shifts;
        }

        internal override void Forward(int[] x, int[] y)
        {
            _kernel.Forward(x, y);
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
