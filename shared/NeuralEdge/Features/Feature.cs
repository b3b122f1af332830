namespace NeuralEdge.Features
{
    /// <summary>One input of the network: a property of the samples of one channel in a window.</summary>
    public sealed class Feature
    {
        private readonly FeatureKind _kind;
        private readonly int _channel;
        private readonly int _first;
        private readonly int _last;

        /// <summary>Says what to compute.</summary>
        /// <param name="kind">The property.</param>
        /// <param name="channel">Index of the channel.</param>
        /// <param name="first">Octave: 1 for the highest; band: first bin; quantile: sixteenths, 1..15; else 0.</param>
        /// <param name="last">Band: last bin; else 0.</param>
        public Feature(FeatureKind kind, int channel, int first, int last)
        {
            _kind = kind;
            _channel = channel;
            _first = first;
            _last = last;
        }

        /// <summary>The property.</summary>
        public FeatureKind Kind
        {
            get { return _kind; }
        }

        /// <summary>Index of the channel.</summary>
        public int Channel
        {
            get { return _channel; }
        }

        /// <summary>Octave, 1 for the highest; first bin of a band; sixteenths of a quantile; else 0.</summary>
        public int First
        {
            get { return _first; }
        }

        /// <summary>Last bin of a band, else 0.</summary>
        public int Last
        {
            get { return _last; }
        }
    }
}
