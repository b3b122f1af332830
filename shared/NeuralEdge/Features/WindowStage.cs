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
        private const int Fields = 12;

        private readonly WindowShape _shape;
        private readonly ChannelPanes[] _panes;
        private readonly WindowSums _sums;
        private readonly int[] _block;
        private readonly int[] _firstBins;
        private readonly int[] _row;
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
            short[] turn = HasBands(shape) ? CosineTable.Create(shape.Samples, shape.Cosine, shape.Sine) : null;
            for (int c = 0; c < channels; c++)
            {
                _panes[c] = new ChannelPanes(shape, c, turn);
                int bins = 0;
                for (int i = 0; i < shape.Features.Length; i++)
                {
                    Feature feature = shape.Features[i];
                    if (feature.Channel == c && feature.Kind == FeatureKind.Band)
                    {
                        _firstBins[i] = bins;
                        bins += feature.Last - feature.First + 1;
                    }
                }
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
                + (2 * HeapSize.Array(4 * features)) + (HasBands(shape) ? HeapSize.Array(2 * shape.Samples) : 0)
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
            int filled = _filled;
            for (int c = 0; c < _panes.Length; c++)
            {
                ChannelShape channel = _shape.Channels[c];
                int sample = samples[c];
                _block[(c * Block) + filled] = sample < channel.Lowest ? channel.Lowest : sample > channel.Highest ? channel.Highest : sample;
            }

            _filled = filled + 1;
            bool isWhole = _at + _filled == _shape.Hop;
            if (_filled < Block && !isWhole)
            {
                return false;
            }

            for (int c = 0; c < _panes.Length; c++)
            {
                _panes[c].Add(_slot, _block, c * Block, _filled, _at);
            }

            _at += _filled;
            _filled = 0;
            return isWhole && EndPane();
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
            _sums.Merge(_panes[channel], _shape.Channels[channel], _newest);
            for (int i = 0; i < _row.Length; i++)
            {
                Feature feature = _shape.Features[i];
                if (feature.Channel == channel)
                {
                    _row[i] = feature.ToRaw(_sums.Compute(feature, _firstBins[i]));
                }
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
