namespace NeuralEdge.Networks
{
    /// <summary>
    /// Adds up the rows of a layer of the profiles exact and compact, two neurons in a word, as <see cref="PackedRows"/> has them.
    /// </summary>
    internal abstract class PackedKernel : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 5;

        /// <summary>What the layer reads; as many as the kernel takes, and what stands behind the last input does not matter.</summary>
        protected int[] Inputs;

        /// <summary>Rows of the layer's last block, each at the index of its lower neuron.</summary>
        protected long[][] Rows;

        /// <summary>Right shift of each neuron; only kernels with an activation use it.</summary>
        protected sbyte[] Shifts;

        /// <summary>Where accumulators or activations go, one for each neuron.</summary>
        protected int[] Outputs;

        /// <summary>Gives the kernel the arrays it works on.</summary>
        /// <param name="inputs">What the layer reads.</param>
        /// <param name="rows">Rows of the layer's last block.</param>
        /// <param name="shifts">Right shift of each neuron.</param>
        /// <param name="outputs">Where accumulators or activations go; not <paramref name="inputs"/>.</param>
        internal void Use(int[] inputs, long[][] rows, sbyte[] shifts, int[] outputs)
        {
            Inputs = inputs;
            Rows = rows;
            Shifts = shifts;
            Outputs = outputs;
        }
    }
}
