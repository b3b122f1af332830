namespace NeuralEdge.Networks
{
    /// <summary>Ends a network of the profile fast whose last layer left packed sums: takes the accumulators out of them.</summary>
    internal sealed class UnpackKernel : LaneKernel
    {
        private readonly bool _narrow;
        private readonly int[] _outputs;

        /// <summary>Prepares the outputs.</summary>
        /// <param name="sums">Sums of the last layer.</param>
        /// <param name="narrow">True for lanes of 21 bits, false for 32.</param>
        /// <param name="outputs">Where the accumulators go.</param>
        internal UnpackKernel(long[] sums, bool narrow, int[] outputs)
        {
            Sums = sums;
            _narrow = narrow;
            _outputs = outputs;
        }

        internal override void Forward(long[] x)
        {
            if (_narrow)
            {
                UnpackThree(Sums, _outputs);
            }
            else
            {
                UnpackTwo(Sums, _outputs);
            }
        }

        private static void UnpackThree(long[] sums, int[] y)
        {
            const int Offset = ActivationTable.AccumulatorLimit;
            const int Mask = (2 * Offset) - 1;
            int words = y.Length / LaneRows.Narrow;
            int i = LaneRows.Narrow * words;
            if (i != y.Length)
            {
                y[i] = ((int)sums[words] & Mask) - Offset;
                if (i + 1 != y.Length)
                {
                    y[i + 1] = ((int)(sums[words] >> LaneRows.NarrowBits) & Mask) - Offset;
                }
            }

            while (words != 0)
            {
                long s = sums[--words];
                y[--i] = (int)(s >> (2 * LaneRows.NarrowBits)) - Offset;
                y[--i] = ((int)(s >> LaneRows.NarrowBits) & Mask) - Offset;
                y[--i] = ((int)s & Mask) - Offset;
            }
        }

        private static void UnpackTwo(long[] sums, int[] y)
        {
            int words = y.Length >> 1;
            int i = words << 1;
            if (i != y.Length)
            {
                y[i] = (int)sums[words] ^ int.MinValue;
            }

            while (words != 0)
            {
                long s = sums[--words];
                y[--i] = (int)(s >> 32);
                y[--i] = (int)s ^ int.MinValue;
            }
        }
    }
}
