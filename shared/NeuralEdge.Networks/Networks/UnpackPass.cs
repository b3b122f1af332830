namespace NeuralEdge.Networks
{
    /// <summary>Ends a network of the profile fast: takes the accumulators of the last layer out of its packed sums.</summary>
    internal class UnpackPass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 4;

        /// <summary>What a lane of 21 bits holds besides the accumulator.</summary>
        protected const int Offset = ActivationTable.AccumulatorLimit;

        /// <summary>The bits of such a lane.</summary>
        protected const int Mask = (2 * Offset) - 1;

        /// <summary>Sums of the last layer.</summary>
        protected readonly long[] Sums;

        /// <summary>True for lanes of 21 bits, false for 32.</summary>
        protected readonly bool Narrow;

        /// <summary>Where the accumulators go.</summary>
        protected readonly int[] Outputs;

        /// <summary>Prepares the pass.</summary>
        /// <param name="sums">Sums of the last layer, a word for every two or three outputs.</param>
        /// <param name="narrow">True for lanes of 21 bits, false for 32.</param>
        /// <param name="outputs">Where the accumulators go.</param>
        internal UnpackPass(long[] sums, bool narrow, int[] outputs)
        {
            Sums = sums;
            Narrow = narrow;
            Outputs = outputs;
        }

        internal override void Forward()
        {
            long s;
            int[] y = Outputs;
            int i = y.Length;
            long[] sums = Sums;
            int word = sums.Length;
            if (Narrow)
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
