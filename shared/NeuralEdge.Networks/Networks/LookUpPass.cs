namespace NeuralEdge.Networks
{
    /// <summary>Looks up all activations of a layer of the profile fast, for a next layer that is wider than a kernel.</summary>
    internal sealed class LookUpPass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 4;

        private readonly long[] _sums;
        private readonly long[] _table;
        private readonly int[] _activations;

        /// <summary>Prepares the pass.</summary>
        /// <param name="sums">Packed sums of the layer.</param>
        /// <param name="table">Its activations.</param>
        /// <param name="activations">Where they go, one for each neuron.</param>
        internal LookUpPass(long[] sums, long[] table, int[] activations)
        {
            _sums = sums;
            _table = table;
            _activations = activations;
        }

        internal override void Forward()
        {
            long[] table = _table;
            int[] activations = _activations;
            int word = 0;
            int lane = 0;
            long sum = 0;
            for (int i = 0; i < activations.Length; i++)
            {
                if (lane == 0)
                {
                    sum = _sums[word++];
                    lane = LaneRows.Narrow;
                }

                activations[i] = (int)table[(int)(sum >> ActivationTable.IndexShift) & (ActivationTable.Count - 1)];
                sum >>= LaneRows.NarrowBits;
                lane--;
            }
        }
    }
}
