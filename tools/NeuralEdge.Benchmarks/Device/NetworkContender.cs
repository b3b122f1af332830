using NeuralEdge.Networks;

namespace NeuralEdge.Benchmarks
{
    /// <summary>A network of the core, read from a model file as a board would.</summary>
    public sealed class NetworkContender : Contender
    {
        private readonly string _profile;
        private readonly bool _fast;
        private Network _network;

        /// <summary>Chooses the profile.</summary>
        /// <param name="profile">Its name.</param>
        /// <param name="fast">True for the arithmetic of the profile fast, false for that of the profile exact.</param>
        public NetworkContender(string profile, bool fast)
        {
            _profile = profile;
            _fast = fast;
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return _profile; }
        }

        /// <inheritdoc/>
        public override int HeapBytes
        {
            get { return _network == null ? 0 : _network.HeapBytes; }
        }

        /// <inheritdoc/>
        public override bool Prepare(int[] shape)
        {
            _network = _fast ? RandomNetworks.ReadFast(shape).Network : RandomNetworks.Read(shape).Network;
            return true;
        }

        /// <inheritdoc/>
        public override void Run(int count)
        {
            Network network = _network;
            while (count-- != 0)
            {
                network.Forward();
            }
        }
    }
}
