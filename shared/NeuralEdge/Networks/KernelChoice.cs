namespace NeuralEdge.Networks
{
    /// <summary>Chooses the kernel of a layer from its shape, its activation and its shifts.</summary>
    internal static class KernelChoice
    {
        /// <summary>Makes the kernel of a layer.</summary>
        /// <param name="packed">Weights and biases; every neuron within the bound that <see cref="PackedRows"/> states.</param>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="activation">What follows the pre-activation.</param>
        /// <param name="slope">Slope of leaky ReLU below zero in Q0.15.</param>
        /// <param name="shifts">Shift of each neuron from accumulator to pre-activation.</param>
        /// <returns>The kernel.</returns>
        internal static LayerKernel Make(PackedRows packed, int inputs, Activation activation, int slope, sbyte[] shifts)
        {
            bool saturates = activation == Activation.Tanh || activation == Activation.Sigmoid;
            bool fused = saturates && shifts.Length > 1 && !AnyNegative(shifts);
            long[][] rows = packed.GetRows(packed.BlockCount - 1);
            int size = packed.LastSize;
            LayerKernel kernel;
            if (fused)
            {
                kernel = KernelFactory.Tanh(size, rows, shifts);
            }
            else
            {
                kernel = shifts.Length == 1 ? KernelFactory.Single(size, rows) : KernelFactory.Raw(size, rows);
            }

            if (packed.BlockCount > 1)
            {
                kernel = new WideKernel(packed, inputs, kernel);
            }

            if (fused)
            {
                return activation == Activation.Sigmoid ? new SigmoidKernel(kernel, shifts.Length) : kernel;
            }

            return Activate(kernel, activation, slope, shifts);
        }

        /// <summary>Puts shifts and an activation behind a kernel where they do anything.</summary>
        /// <param name="kernel">Computes accumulators.</param>
        /// <param name="activation">What follows the pre-activation.</param>
        /// <param name="slope">Slope of leaky ReLU below zero in Q0.15.</param>
        /// <param name="shifts">Shift of each neuron from accumulator to pre-activation.</param>
        /// <returns>A kernel that computes activations.</returns>
        internal static LayerKernel Activate(LayerKernel kernel, Activation activation, int slope, sbyte[] shifts)
        {
            ActivationPass pass = PassOf(activation, slope, shifts);
            return pass == null ? kernel : new ActivatedKernel(kernel, pass);
        }

        /// <summary>The pass from accumulators to activations; null when they are the same.</summary>
        /// <param name="activation">What follows the pre-activation.</param>
        /// <param name="slope">Slope of leaky ReLU below zero in Q0.15.</param>
        /// <param name="shifts">Shift of each neuron from accumulator to pre-activation.</param>
        internal static ActivationPass PassOf(Activation activation, int slope, sbyte[] shifts)
        {
            bool plain = activation == Activation.Linear || activation == Activation.Softmax;
            return plain && AllZero(shifts) ? null : new ActivationPass(activation, slope, shifts);
        }

        /// <summary>True when no accumulator is shifted.</summary>
        /// <param name="shifts">Shifts of a layer.</param>
        internal static bool AllZero(sbyte[] shifts)
        {
            for (int n = 0; n < shifts.Length; n++)
            {
                if (shifts[n] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>True when an accumulator is shifted to the left.</summary>
        /// <param name="shifts">Shifts of a layer.</param>
        internal static bool AnyNegative(sbyte[] shifts)
        {
            for (int n = 0; n < shifts.Length; n++)
            {
                if (shifts[n] < 0)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
