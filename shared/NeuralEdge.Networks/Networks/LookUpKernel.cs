namespace NeuralEdge.Networks
{
    /// <summary>
    /// Adds up the rows of a layer of the profile fast that follows another one, and leaves the sums packed. It reads the packed
    /// sums of the layer before; their activations are looked up as they are read.
    /// </summary>
    internal abstract class LookUpKernel : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 5;

        /// <summary>Sums of the layer before, a word for every three inputs of the kernel.</summary>
        protected long[] Before;

        /// <summary>Activations of the layer before.</summary>
        protected long[] Table;

        /// <summary>Rows of the layer, each two in an array, see <see cref="RowPairs"/>.</summary>
        protected long[][] Rows;

        /// <summary>Where the sums go, one word for each row.</summary>
        protected long[] Sums;

        /// <summary>Gives the kernel the arrays it works on.</summary>
        /// <param name="before">Sums of the layer before.</param>
        /// <param name="table">Activations of the layer before.</param>
        /// <param name="rows">Rows of the layer, each two in an array.</param>
        /// <param name="sums">Where the sums go.</param>
        internal void Use(long[] before, long[] table, long[][] rows, long[] sums)
        {
            Before = before;
            Table = table;
            Rows = rows;
            Sums = sums;
        }
    }
}
