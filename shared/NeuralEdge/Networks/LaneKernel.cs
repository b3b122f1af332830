namespace NeuralEdge.Networks
{
    /// <summary>
    /// Adds up the rows of one layer of the profile fast and leaves the sums packed, as <see cref="LaneRows"/> says. What a
    /// layer reads of the layer before are its packed sums; their activations are looked up as they are read.
    /// </summary>
    internal abstract class LaneKernel
    {
        /// <summary>Rows of the layer, where <see cref="LaneRows.Rows"/> has them.</summary>
        protected long[][] Rows;

        /// <summary>Where the sums go, one word for each row.</summary>
        protected long[] Result;

        /// <summary>Sums of the layer before; null in the first layer.</summary>
        protected long[] Sums;

        /// <summary>Activations of the layer before; null in the first layer.</summary>
        protected long[] Table;

        /// <summary>The kernel of the next layer, null behind the last one.</summary>
        internal LaneKernel Next;

        /// <summary>Gives the kernel the arrays it works on.</summary>
        /// <param name="sums">Sums of the layer before, a word for every three inputs of the kernel; null in the first layer.</param>
        /// <param name="table">Activations of the layer before; null in the first layer.</param>
        /// <param name="rows">Rows of the layer.</param>
        /// <param name="result">Where the sums go; null for a kernel that keeps them.</param>
        internal void Use(long[] sums, long[] table, LaneRows rows, long[] result)
        {
            Sums = sums;
            Table = table;
            Rows = rows.Rows;
            Result = result;
        }

        /// <summary>Computes the sums; allocates nothing.</summary>
        /// <param name="x">Inputs of the network, which only a first layer reads; as many as the kernel takes.</param>
        internal abstract void Forward(long[] x);
    }
}
