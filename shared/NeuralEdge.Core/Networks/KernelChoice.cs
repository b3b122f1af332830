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
            bool tanh = activation == Activation.Tanh || activation == Activation.Sigmoid;
            bool plain = activation == Activation.Linear || activation == Activation.Softmax;
            bool fused = tanh && shifts.Length > 1 && !AnyNegative(shifts);
            long[][] rows = packed.GetRows(packed.BlockCount - 1);
            int size = packed.LastSize;
            LayerKernel kernel;
            if (fused)
            {
                kernel = AllEqual(shifts)
                    ? KernelFactory.EvenTanh(size, rows, shifts[0])
                    : KernelFactory.Tanh(size, rows, shifts);
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

            return plain && AllEqual(shifts) && shifts[0] == 0
                ? kernel
                : new ActivatedKernel(kernel, activation, slope, shifts);
        }

        private static bool AllEqual(sbyte[] shifts)
        {
            for (int n = 1; n < shifts.Length; n++)
            {
                if (shifts[n] != shifts[0])
                {
                    return false;
                }
            }

            return true;
        }

        private static bool AnyNegative(sbyte[] shifts)
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
