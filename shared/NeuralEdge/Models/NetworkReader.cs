using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Models
{
    /// <summary>
    /// Reads the network section in bounded steps: the ranges of the inputs, then the layers, from which it makes the network.
    /// </summary>
    internal sealed class NetworkReader
    {
        private readonly SectionCursor _cursor;
        private readonly int _majorVersion;
        private readonly ModelLimits _limits;
        private int[] _minima;
        private int[] _maxima;
        private DenseLayer[] _layers;
        private LayerReader _layerReader;

        /// <summary>Prepares to read.</summary>
        /// <param name="file">Array that holds the file.</param>
        /// <param name="offset">Where the network section begins.</param>
        /// <param name="length">Its length.</param>
        /// <param name="majorVersion">Major version of the file.</param>
        /// <param name="limits">What the board takes.</param>
        /// <param name="budget">Bytes of the heap the network may take.</param>
        internal NetworkReader(byte[] file, int offset, int length, int majorVersion, ModelLimits limits, int budget)
        {
            _cursor = new SectionCursor(file, offset, length, budget);
            _majorVersion = majorVersion;
            _limits = limits;
        }

        internal ModelError Error
        {
            get { return _cursor.Error; }
        }

        internal int Where
        {
            get { return _cursor.Where; }
        }

        /// <summary>The network, when the last step returned true without an error.</summary>
        internal Network Network { get; private set; }

        /// <summary>Does a bounded piece of the work.</summary>
        /// <returns>True when nothing is left to do.</returns>
        internal bool Step()
        {
            if (_layerReader == null)
            {
                return !ReadInputs();
            }

            if (!_layerReader.Step())
            {
                return true;
            }

            if (!_layerReader.IsComplete)
            {
                return false;
            }

            End();
            return true;
        }

        private bool ReadInputs()
        {
            if (!_cursor.Holds(4, ModelFormat.NetworkSection))
            {
                return false;
            }

            byte[] file = _cursor.File;
            int at = _cursor.At;
            int inputs = LittleEndian.ReadUInt16(file, at);
            int layers = file[at + 2];
            int arithmetic = file[at + 3];
            if (inputs == 0)
            {
                return _cursor.Fail(ModelError.BadValue, at);
            }

            if (layers == 0)
            {
                return _cursor.Fail(ModelError.BadValue, at + 2);
            }

            if (arithmetic > (_majorVersion == ModelFormat.FirstMajorVersion ? ModelFormat.FastArithmetic : ModelFormat.SaturatingArithmetic))
            {
                return _cursor.Fail(ModelError.BadValue, at + 3);
            }

            if (inputs > _limits.MaxWidth)
            {
                return _cursor.Fail(ModelError.TooWide, _limits.MaxWidth);
            }

            if (layers > _limits.MaxLayers)
            {
                return _cursor.Fail(ModelError.TooManyLayers, _limits.MaxLayers);
            }

            _cursor.At = at + 4;
            if (!_cursor.Holds(8 * inputs, ModelFormat.NetworkSection) || !_cursor.Take(2 * HeapSize.Array(4 * inputs)) || !ReadRanges(inputs)
                || !_cursor.Take(HeapSize.References(layers)))
            {
                return false;
            }

            _layers = new DenseLayer[layers];
            _layerReader = new LayerReader(_cursor, _limits, _layers, arithmetic, _minima, _maxima);
            return true;
        }

        private bool ReadRanges(int inputs)
        {
            _minima = new int[inputs];
            _maxima = new int[inputs];
            for (int i = 0; i < inputs; i++)
            {
                int low = LittleEndian.ReadInt32(_cursor.File, _cursor.At);
                int high = LittleEndian.ReadInt32(_cursor.File, _cursor.At + 4);
                if (low < -ModelFormat.MaxRawInput || high > ModelFormat.MaxRawInput || low > high)
                {
                    return _cursor.Fail(ModelError.BadValue, _cursor.At);
                }

                _minima[i] = low;
                _maxima[i] = high;
                _cursor.At += 8;
            }

            return true;
        }

        private void End()
        {
            if (_cursor.At != _cursor.End)
            {
                _cursor.Fail(ModelError.Section, ModelFormat.NetworkSection);
            }
            else if (_cursor.Fits(Network.MeasureHeap(_layers)))
            {
                Network = new Network(_layers, _minima, _maxima);
            }
        }
    }
}
