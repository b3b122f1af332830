using NeuralEdge.Numerics;

namespace NeuralEdge.Features
{
    /// <summary>
    /// How samples become inputs of a network: with each hop the newest samples of all channels are a window, of which features are
    /// computed. A window has one, two or four hops.
    /// </summary>
    public sealed class WindowShape
    {
        /// <summary>Most channels.</summary>
        public const int MaxChannels = 16;

        /// <summary>Fewest samples of a window.</summary>
        public const int MinSamples = 4;

        /// <summary>Most samples of a window: no sum leaves 62 bits.</summary>
        public const int MaxSamples = 4096;

        /// <summary>Most samples of a window of which a <see cref="FeatureKind.Band"/> is computed.</summary>
        public const int MaxBandSamples = 1024;

        /// <summary>Most bins of a band.</summary>
        public const int MaxBins = 8;

        /// <summary>Lowest octave: halves of 64 samples are compared.</summary>
        public const int MaxOctave = 7;

        /// <summary>Most bits that are added to a feature, as a shift.</summary>
        public const int MinFeatureShift = -16;

        /// <summary>Most bits of a feature that are left out.</summary>
        public const int MaxFeatureShift = 20;

        /// <summary>Slowest exponential average.</summary>
        public const int MaxAverageShift = 16;

        private const int Fields = 6;

        private readonly int _hop;
        private readonly int _hops;
        private readonly int _cosine;
        private readonly int _sine;
        private readonly ChannelShape[] _channels;
        private readonly Feature[] _features;

        /// <summary>Describes windows.</summary>
        /// <param name="hop">Samples from one window to the next.</param>
        /// <param name="hops">Hops of a window: 1, 2 or 4.</param>
        /// <param name="cosine">cos(2 pi / samples of a window) in Q1.30, for bands; else 0.</param>
        /// <param name="sine">sin(2 pi / samples of a window) in Q1.30, for bands; else 0.</param>
        /// <param name="channels">What is sampled.</param>
        /// <param name="features">Inputs of the network.</param>
        public WindowShape(int hop, int hops, int cosine, int sine, ChannelShape[] channels, Feature[] features)
        {
            _hop = hop;
            _hops = hops;
            _cosine = cosine;
            _sine = sine;
            _channels = channels;
            _features = features;
        }

        /// <summary>Samples from one window to the next.</summary>
        public int Hop
        {
            get { return _hop; }
        }

        /// <summary>Hops of a window: 1, 2 or 4.</summary>
        public int Hops
        {
            get { return _hops; }
        }

        /// <summary>Samples of a window.</summary>
        public int Samples
        {
            get { return _hop * _hops; }
        }

        /// <summary>cos(2 pi / <see cref="Samples"/>) in Q1.30, or 0 without bands.</summary>
        public int Cosine
        {
            get { return _cosine; }
        }

        /// <summary>sin(2 pi / <see cref="Samples"/>) in Q1.30, or 0 without bands.</summary>
        public int Sine
        {
            get { return _sine; }
        }

        /// <summary>What is sampled. Not to be changed.</summary>
        public ChannelShape[] Channels
        {
            get { return _channels; }
        }

        /// <summary>Inputs of the network. Not to be changed.</summary>
        public Feature[] Features
        {
            get { return _features; }
        }

        /// <summary>Bytes of a board's heap that a description takes.</summary>
        /// <param name="channels">Number of its channels.</param>
        /// <param name="features">Number of its features.</param>
        /// <returns>The bytes.</returns>
        public static int MeasureHeap(int channels, int features)
        {
            return HeapSize.Object(Fields) + HeapSize.References(channels) + (channels * HeapSize.Object(ChannelShape.Fields))
                + HeapSize.References(features) + (features * HeapSize.Object(Feature.Fields));
        }

        /// <summary>Whether a feature of a kind is computed of a channel.</summary>
        /// <param name="channel">Index of the channel.</param>
        /// <param name="kind">The kind.</param>
        /// <returns>True when there is one.</returns>
        public bool Has(int channel, FeatureKind kind)
        {
            for (int i = 0; i < _features.Length; i++)
            {
                if (_features[i].Channel == channel && _features[i].Kind == kind)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
