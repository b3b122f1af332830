namespace NeuralEdge.Networks
{
    /// <summary>The last hidden layer of a network of the profile fast and its output layer, computed in one call.</summary>
    /// <remarks>
    /// A row of the hidden layer holds, behind its weights and the start of its sum, for each word of packed outputs the
    /// weights of the row's three neurons in it.
    /// </remarks>
    internal abstract class TailKernel : LaneKernel
    {
        /// <summary>Activations of the hidden layer.</summary>
        protected long[] Hidden;

        /// <summary>Where the sums of the outputs start, one word for every two or three.</summary>
        protected long[] Starts;

        /// <summary>True: outputs are in lanes of 21 bits; false: of 32.</summary>
        protected bool Narrow;

        /// <summary>Where the accumulators of the outputs go.</summary>
        protected int[] Outputs;

        /// <summary>Gives the kernel what it needs for the outputs.</summary>
        /// <param name="hidden">Activations of the hidden layer.</param>
        /// <param name="starts">Where the sums of the outputs start.</param>
        /// <param name="narrow">True for lanes of 21 bits.</param>
        /// <param name="outputs">Where the accumulators go.</param>
        internal void End(long[] hidden, long[] starts, bool narrow, int[] outputs)
        {
            Hidden = hidden;
            Starts = starts;
            Narrow = narrow;
            Outputs = outputs;
        }
    }
}
