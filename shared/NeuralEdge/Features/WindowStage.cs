using NeuralEdge.Numerics;

namespace NeuralEdge.Features
{
    /// <summary>
    /// Turns samples into the inputs of a network, a row of features for each hop, on the board and on the desktop alike. Nothing is
    /// allocated after construction, and no sample is kept for longer than a block.
    /// </summary>
    public sealed class WindowStage
    {
        // Sums are taken in locals over so many samples: an interpreter pays for each access to a field.
        private const int Block = 16;
        private const int Fields = 17;

        private readonly WindowShape _shape;
        private readonly ChannelPanes[] _panes;
        private readonly WindowSums _sums;
        private readonly int[] _block;
        private readonly int[] _firstBins;
        private readonly int[] _row;

        // Of each channel, and of each feature: calls and fields cost an interpreter more than the sums do.
        private readonly int[] _lowest;
        private readonly int[] _highest;
        private readonly int[] _firstFeature;
        private readonly int[] _nextFeature;
        private readonly int _hop;
        private int _filled;
        private int _at;
        private int _slot;
        private int _whole;
        private int _newest;
        private int _next;

        /// <summary>Has all the memory for windows of a shape.</summary>
        /// <param name="shape">The shape, as a reader accepts it.</param>
        public WindowStage(WindowShape shape)
        {
            int channels = shape.Channels.Length;
            _shape = shape;
            _panes = new ChannelPanes[channels];
            _sums = new WindowSums(shape);
            _block = new int[channels * Block];
            _row = new int[shape.Features.Length];
            _firstBins = new int[shape.Features.Length];
            _lowest = new int[channels];
            _highest = new int[channels];
            _firstFeature = new int[channels];
            _nextFeature = new int[shape.Features.Length];
            _hop = shape.Hop;
            short[] turn = HasBands(shape) ? CosineTable.Create(shape.Samples, shape.Cosine, shape.Sine) : null;
            for (int c = 0; c < channels; c++)
            {
                _panes[c] = new ChannelPanes(shape, c, turn);
                _lowest[c] = shape.Channels[c].Lowest;
                _highest[c] = shape.Channels[c].Highest;
                Chain(c);
            }

            Clear();
        }

        /// <summary>What is computed.</summary>
        public WindowShape Shape
        {
            get { return _shape; }
        }

        /// <summary>
        /// Features of the last window as the network takes them, one for each input, not limited to its ranges. Not to be changed.
        /// </summary>
        public int[] Row
        {
            get { return _row; }
        }

        /// <summary>Whether a window has ended whose features are not all computed.</summary>
        public bool IsPending
        {
            get { return _next < _panes.Length; }
        }

        /// <summary>Bytes of a board's heap that windows of a shape take, with the shape itself.</summary>
        /// <param name="shape">The shape.</param>
        /// <returns>The bytes.</returns>
        public static int MeasureHeap(WindowShape shape)
        {
            int channels = shape.Channels.Length;
            int features = shape.Features.Length;
            int bytes = HeapSize.Object(Fields) + HeapSize.Object(WindowSums.Fields) + HeapSize.Array(4 * Block * channels)
                + (3 * HeapSize.Array(4 * features)) + (3 * HeapSize.Array(4 * channels)) + (HasBands(shape) ? HeapSize.Array(2 * shape.Samples) : 0)
                + HeapSize.References(channels) + WindowShape.MeasureHeap(channels, features);
            for (int c = 0; c < channels; c++)
            {
                bytes += ChannelPanes.MeasureHeap(shape, c);
            }

            return bytes;
        }

        /// <summary>Forgets all samples: the next window is whole after as many as it has.</summary>
        public void Clear()
        {
            _filled = 0;
            _at = 0;
            _slot = 0;
            _whole = 0;
            _next = _panes.Length;
            for (int c = 0; c < _panes.Length; c++)
            {
                _panes[c].Clear();
                _panes[c].Begin(0);
            }
        }

        /// <summary>Takes one sample of each channel.</summary>
        /// <param name="samples">One for each channel; those outside its range are taken for the nearest end.</param>
        /// <returns>True when a window has ended: <see cref="Compute"/> then computes its features, before the next hop ends.</returns>
        public bool Add(int[] samples)
        {
            int[] block = _block;
            int[] lowest = _lowest;
            int[] highest = _highest;
            int filled = _filled;
            int at = filled;
            for (int c = 0; c < lowest.Length; c++)
            {
                int sample = samples[c];
                block[at] = sample < lowest[c] ? lowest[c] : sample > highest[c] ? highest[c] : sample;
                at += Block;
            }

            filled++;
            _filled = filled;
            return (filled == Block || _at + filled == _hop) && EndBlock();
        }

        /// <summary>Computes the features of one channel of the window that has ended.</summary>
        /// <returns>True when <see cref="Row"/> is complete.</returns>
        public bool Compute()
        {
            if (_next >= _panes.Length)
            {
                return false;
            }

            int channel = _next;
            Feature[] features = _shape.Features;
            _sums.Merge(_panes[channel], _shape.Channels[channel], _newest);
            for (int i = _firstFeature[channel]; i < features.Length; i = _nextFeature[i])
            {
                _row[i] = features[i].ToRaw(_sums.Compute(features[i], _firstBins[i]));
            }

            _next++;
            return _next == _panes.Length;
        }

        private static bool HasBands(WindowShape shape)
        {
            for (int i = 0; i < shape.Features.Length; i++)
            {
                if (shape.Features[i].Kind == FeatureKind.Band)
                {
                    return true;
                }
            }

            return false;
        }

        // The features of a channel lead from one to the next, and its bins follow each other.
        private void Chain(int channel)
        {
            Feature[] features = _shape.Features;
            int bins = 0;
            int last = -1;
            _firstFeature[channel] = features.Length;
            for (int i = 0; i < features.Length; i++)
            {
                if (features[i].Channel != channel)
                {
                    continue;
                }

                _nextFeature[i] = features.Length;
                if (last < 0)
                {
                    _firstFeature[channel] = i;
                }
                else
                {
                    _nextFeature[last] = i;
                }

                last = i;
                if (features[i].Kind == FeatureKind.Band)
                {
                    _firstBins[i] = bins;
                    bins += features[i].Last - features[i].First + 1;
                }
            }
        }

        private bool EndBlock()
        {
            for (int c = 0; c < _panes.Length; c++)
            {
                _panes[c].Add(_slot, _block, c * Block, _filled, _at);
            }

            _at += _filled;
            _filled = 0;
            return _at == _hop && EndPane();
        }

        // One slot more than a window has panes: its features are computed while the next pane fills.
        private bool EndPane()
        {
            _newest = _slot;
            _slot = _slot == _shape.Hops ? 0 : _slot + 1;
            _at = 0;
            for (int c = 0; c < _panes.Length; c++)
            {
                _panes[c].Begin(_slot);
            }

            _whole = _whole < _shape.Hops ? _whole + 1 : _whole;
            if (_whole < _shape.Hops)
            {
                return false;
            }

            _next = 0;
            return true;
        }
    }
}
