namespace NeuralEdge.Benchmarks
{
    /// <summary>The float network with a row of weights for each neuron.</summary>
    public sealed class JaggedContender : Contender
    {
        private JaggedNetwork _network;

        /// <inheritdoc/>
        public override string Name
        {
            get { return "naive-jagged"; }
        }

        /// <inheritdoc/>
        public override int HeapBytes
        {
            get { return _network == null ? 0 : _network.HeapBytes; }
        }

        /// <inheritdoc/>
        public override bool Prepare(int[] shape)
        {
            _network = new JaggedNetwork(shape);
            return true;
        }

        /// <inheritdoc/>
        public override void Run(int count)
        {
            JaggedNetwork network = _network;
            while (count-- != 0)
            {
                network.Forward();
            }
        }
    }
}
