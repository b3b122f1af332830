namespace NeuralEdge.Networks
{
    /// <summary>As <see cref="UnpackPass"/>, for one or two outputs in lanes of 32 bits or three of 21: those of most networks.</summary>
    internal sealed class UnpackWordPass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 4;

        private const int Offset = ActivationTable.AccumulatorLimit;
        private const int Mask = (2 * Offset) - 1;

        private readonly long[] _sums;
        private readonly bool _narrow;
        private readonly int[] _outputs;

        /// <summary>Prepares the pass.</summary>
        /// <param name="sums">Sums of the last layer: one word.</param>
        /// <param name="narrow">True for lanes of 21 bits, false for 32.</param>
        /// <param name="outputs">Where the accumulators go: three of them, or one or two.</param>
        internal UnpackWordPass(long[] sums, bool narrow, int[] outputs)
        {
            _sums = sums;
            _narrow = narrow;
            _outputs = outputs;
        }

        internal override void Forward()
        {
            long s = _sums[0];
            int[] y = _outputs;
            if (_narrow)
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
