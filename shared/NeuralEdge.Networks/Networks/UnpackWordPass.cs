namespace NeuralEdge.Networks
{
    /// <summary>As <see cref="UnpackPass"/>, for one or two outputs in lanes of 32 bits or three of 21: those of most networks.</summary>
    internal sealed class UnpackWordPass : UnpackPass
    {
        /// <summary>Prepares the pass.</summary>
        /// <param name="sums">Sums of the last layer: one word.</param>
        /// <param name="narrow">True for lanes of 21 bits, false for 32.</param>
        /// <param name="outputs">Where the accumulators go: three of them, or one or two.</param>
        internal UnpackWordPass(long[] sums, bool narrow, int[] outputs)
            : base(sums, narrow, outputs)
        {
        }

        internal override void Forward()
        {
            long s = Sums[0];
            int[] y = Outputs;
            if (Narrow)
            {
                y[0] = ((int)s & Mask) - Offset;
                y[1] = ((int)(s >> LaneRows.NarrowBits) & Mask) - Offset;
                y[2] = (int)(s >> (2 * LaneRows.NarrowBits)) - Offset;
                return;
            }

            y[0] = (int)s ^ int.MinValue;
            if (y.Length > 1)
            {
                y[1] = (int)(s >> 32);
            }
        }
    }
}
