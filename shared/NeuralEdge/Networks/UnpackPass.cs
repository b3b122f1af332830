namespace NeuralEdge.Networks
{
    /// <summary>Ends a network of the profile fast: takes the accumulators of the last layer out of its packed sums.</summary>
    internal sealed class UnpackPass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 4;

        private const int Offset = ActivationTable.AccumulatorLimit;
        private const int Mask = (2 * Offset) - 1;

        private readonly long[] _sums;
        private readonly bool _narrow;
        private readonly int[] _outputs;

        /// <summary>Prepares the pass.</summary>
        /// <param name="sums">Sums of the last layer, a word for every two or three outputs.</param>
        /// <param name="narrow">True for lanes of 21 bits, false for 32.</param>
        /// <param name="outputs">Where the accumulators go.</param>
        internal UnpackPass(long[] sums, bool narrow, int[] outputs)
        {
            _sums = sums;
            _narrow = narrow;
            _outputs = outputs;
        }

        internal override void Forward()
        {
            long s;
            int[] y = _outputs;
            int i = y.Length;
            long[] sums = _sums;
            int word = sums.Length;
            if (_narrow)
            {
                // What is in the last word, down to where the others are full.
                s = sums[--word];
                for (int first = LaneRows.Narrow * word; first != i; first++)
                {
                    y[first] = ((int)s & Mask) - Offset;
                    s >>= LaneRows.NarrowBits;
                }

                i = LaneRows.Narrow * word;
                while (i != 0)
                {
                    s = sums[--word];
                    y[--i] = (int)(s >> (2 * LaneRows.NarrowBits)) - Offset;
                    y[--i] = ((int)(s >> LaneRows.NarrowBits) & Mask) - Offset;
                    y[--i] = ((int)s & Mask) - Offset;
                }

                return;
            }

            if ((i & 1) != 0)
            {
                y[--i] = (int)sums[--word] ^ int.MinValue;
            }

            while (i != 0)
            {
                s = sums[--word];
                y[--i] = (int)(s >> 32);
                y[--i] = (int)s ^ int.MinValue;
            }
        }
    }
}
