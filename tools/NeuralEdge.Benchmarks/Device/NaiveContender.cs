namespace NeuralEdge.Benchmarks
{
    /// <summary>The yardstick.</summary>
    public sealed class NaiveContender : Contender
    {
        private NaiveNetwork _network;

        /// <inheritdoc/>
        public override string Name
        {
            get { return "naive"; }
        }

        /// <inheritdoc/>
        public override int HeapBytes
        {
            get { return _network == null ? 0 : _network.HeapBytes; }
        }

        /// <inheritdoc/>
        public override bool Prepare(int[] shape)
        {
            _network = new NaiveNetwork(shape);
            return true;
        }

        /// <inheritdoc/>
        public override void Run(int count)
        {
            NaiveNetwork network = _network;
            while (count-- != 0)
            {
                network.Forward();
            }
        }
    }
}
