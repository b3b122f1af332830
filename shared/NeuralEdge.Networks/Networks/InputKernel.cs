namespace NeuralEdge.Networks
{
    /// <summary>Adds up rows over inputs and leaves the sums packed, as <see cref="LaneRows"/> says.</summary>
    internal abstract class InputKernel : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 4;

        /// <summary>What the rows are multiplied by; as many as the kernel takes.</summary>
        protected int[] Inputs;

        /// <summary>The rows, each two in an array, see <see cref="RowPairs"/>.</summary>
        protected long[][] Rows;

        /// <summary>Where the sums go, one word for each row.</summary>
        protected long[] Sums;

        /// <summary>Gives the kernel the arrays it works on.</summary>
        /// <param name="inputs">What the rows are multiplied by.</param>
        /// <param name="rows">The rows, each two in an array.</param>
        /// <param name="sums">Where the sums go.</param>
        internal void Use(int[] inputs, long[][] rows, long[] sums)
        {
            Inputs = inputs;
            Rows = rows;
            Sums = sums;
        }
    }
}
