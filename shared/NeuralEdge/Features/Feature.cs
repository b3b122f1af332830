namespace NeuralEdge.Features
{
    /// <summary>One input of the network: a property of the samples of one channel in a window.</summary>
    public sealed class Feature
    {
        internal const int Fields = 6;
        private const long MaxRaw = 1 << 30;

        private readonly FeatureKind _kind;
        private readonly int _channel;
        private readonly int _first;
        private readonly int _last;
        private readonly int _origin;
        private readonly int _shift;

        /// <summary>Says what to compute.</summary>
        /// <param name="kind">The property.</param>
        /// <param name="channel">Index of the channel.</param>
        /// <param name="first">Octave: 1 for the highest; band: first bin; quantile: sixteenths, 1..15; else 0.</param>
        /// <param name="last">Band: last bin; else 0.</param>
        /// <param name="origin">What the network sees as 0, in the feature's own steps (<see cref="FeatureKind"/>).</param>
        /// <param name="shift">Bits that are left out, half up, or below 0 added, so that all inputs of a network have about as many steps, -16..20.</param>
        public Feature(FeatureKind kind, int channel, int first, int last, int origin, int shift)
        {
            _kind = kind;
            _channel = channel;
            _first = first;
            _last = last;
            _origin = origin;
            _shift = shift;
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

        /// <summary>What the network sees as 0, in the feature's own steps.</summary>
        public int Origin
        {
            get { return _origin; }
        }

        /// <summary>Bits that are left out, half up; below 0 bits that are added.</summary>
        public int Shift
        {
            get { return _shift; }
        }

        /// <summary>What the network sees of a feature.</summary>
        /// <param name="value">The feature in its own steps.</param>
        /// <returns>floor((value - Origin) / 2^Shift + 1/2), limited to -2^30..2^30.</returns>
        public int ToRaw(long value)
        {
            value -= _origin;
            value = _shift > 0 ? (value + (1L << (_shift - 1))) >> _shift : value << -_shift;
            return (int)(value > MaxRaw ? MaxRaw : value < -MaxRaw ? -MaxRaw : value);
        }
    }
}
