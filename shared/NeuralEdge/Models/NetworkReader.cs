using System;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Models
{
    /// <summary>
    /// Reads the network section, at most one neuron or a part of a table at each step, and proves while it reads that no
    /// accumulator can overflow: it follows the range of every value from the declared inputs to the outputs.
    /// </summary>
    internal sealed class NetworkReader
    {
        private const int LayerHeaderLength = 8;
        private const int TableLength = 12;
        private const int EntriesOfStep = 64;

        private readonly byte[] _file;
        private readonly int _end;
        private readonly ModelLimits _limits;
        private readonly int _budget;
        private int _at;
        private int[] _minima;
        private int[] _maxima;
        private int[] _low;
        private int[] _high;
        private DenseLayer[] _layers;
        private DenseLayer _layer;
        private int[] _nextLow;
        private int[] _nextHigh;
        private int _shiftsAt;
        private int _biasesAt;
        private int _weightBytes;
        private bool _fast;
        private ActivationTable _table;
        private int _layerIndex;
        private int _neuron;
        private int _heap;

        /// <summary>Prepares to read.</summary>
        /// <param name="file">Array that holds the file.</param>
        /// <param name="offset">Where the network section begins.</param>
        /// <param name="length">Its length.</param>
        /// <param name="limits">What the board takes.</param>
        /// <param name="budget">Bytes of the heap the network may take.</param>
        internal NetworkReader(byte[] file, int offset, int length, ModelLimits limits, int budget)
        {
            _budget = budget;
            _file = file;
            _at = offset;
            _end = offset + length;
            _limits = limits;
        }

        internal ModelError Error { get; private set; }

        internal int Where { get; private set; }

        /// <summary>The network, when the last step returned true without an error.</summary>
        internal Network Network { get; private set; }

        /// <summary>Does a bounded piece of the work.</summary>
        /// <returns>True when nothing is left to do.</returns>
        internal bool Step()
        {
            if (_layers == null)
            {
                return !ReadInputs();
            }

            if (_layer == null)
            {
                return !ReadLayerHeader();
            }

            if (_table != null)
            {
                return !FillTable();
            }

            if (_neuron < _layer.NeuronCount)
            {
                return !ReadNeuron();
            }

            return !EndLayer();
        }

        private bool ReadInputs()
        {
            if (_end - _at < 4)
            {
                return Fail(ModelError.Section, ModelFormat.NetworkSection);
            }

            int inputs = LittleEndian.ReadUInt16(_file, _at);
            int layers = _file[_at + 2];
            if (inputs == 0)
            {
                return Fail(ModelError.BadValue, _at);
            }

            if (layers == 0)
            {
                return Fail(ModelError.BadValue, _at + 2);
            }

            int arithmetic = _file[_at + 3];
            if (arithmetic > ModelFormat.FastArithmetic)
            {
                return Fail(ModelError.BadValue, _at + 3);
            }

            _fast = arithmetic == ModelFormat.FastArithmetic;
            if (inputs > _limits.MaxWidth)
            {
                return Fail(ModelError.TooWide, _limits.MaxWidth);
            }

            if (layers > _limits.MaxLayers)
            {
                return Fail(ModelError.TooManyLayers, _limits.MaxLayers);
            }

            _at += 4;
            if (_end - _at < 8 * inputs)
            {
                return Fail(ModelError.Section, ModelFormat.NetworkSection);
            }

            if (!Take(2 * HeapSize.Array(4 * inputs)))
            {
                return false;
            }

            _minima = new int[inputs];
            _maxima = new int[inputs];
            for (int i = 0; i < inputs; i++)
            {
                int low = LittleEndian.ReadInt32(_file, _at);
                int high = LittleEndian.ReadInt32(_file, _at + 4);
                if (low < -ModelFormat.MaxRawInput || high > ModelFormat.MaxRawInput || low > high)
                {
                    return Fail(ModelError.BadValue, _at);
                }

                _minima[i] = low;
                _maxima[i] = high;
                _at += 8;
            }

            if (!Take(HeapSize.References(layers)))
            {
                return false;
            }

            _low = _minima;
            _high = _maxima;
            _layers = new DenseLayer[layers];
            return true;
        }

        private bool ReadLayerHeader()
        {
            if (_end - _at < LayerHeaderLength)
            {
                return Fail(ModelError.Section, ModelFormat.NetworkSection);
            }

            int neurons = LittleEndian.ReadUInt16(_file, _at);
            Activation activation = (Activation)_file[_at + 2];
            _weightBytes = _file[_at + 3];
            int slope = LittleEndian.ReadUInt16(_file, _at + 4);
            int logitFractionBits = (sbyte)_file[_at + 6];
            bool last = _layerIndex == _layers.Length - 1;
            if (neurons == 0)
            {
                return Fail(ModelError.BadValue, _at);
            }

            if (neurons > _limits.MaxWidth)
            {
                return Fail(ModelError.TooWide, _limits.MaxWidth);
            }

            if (activation > Activation.Softmax || (activation == Activation.Softmax && !last))
            {
                return Fail(ModelError.BadValue, _at + 2);
            }

            if (_weightBytes != 1 && _weightBytes != 2)
            {
                return Fail(ModelError.BadValue, _at + 3);
            }

            if (slope > 32767 || (slope != 0 && activation != Activation.LeakyRelu))
            {
                return Fail(ModelError.BadValue, _at + 4);
            }

            if (logitFractionBits > ModelFormat.MaxShift || logitFractionBits < -ModelFormat.MaxShift
                || (logitFractionBits != 0 && activation != Activation.Softmax))
            {
                return Fail(ModelError.BadValue, _at + 6);
            }

            int lanes = _file[_at + 7];
            if (_fast ? lanes != LaneRows.Narrow && (lanes != LaneRows.Wide || !last) : lanes != 0)
            {
                return Fail(ModelError.BadValue, _at + 7);
            }

            // Sizes fit int: 65535 * 65535 * 2 would not, so the product is taken in 64 bits.
            _at += LayerHeaderLength;
            bool table = _fast && !last;
            long needed = (table ? TableLength : Padded(neurons)) + (4L * neurons) + Padded((long)neurons * _low.Length * _weightBytes);
            if (_end - _at < needed)
            {
                return Fail(ModelError.Section, ModelFormat.NetworkSection);
            }

            if (table && !ReadTable(activation, slope))
            {
                return false;
            }

            // The ranges are kept while the layer is read, and let go after it.
            int ranges = 2 * (HeapSize.Array(4 * neurons) + HeapSize.Array(4 * _low.Length));
            if (!Take(DenseLayer.HeapBytes(_low.Length, neurons, lanes) + ranges))
            {
                return false;
            }

            _heap -= ranges;
            _layer = new DenseLayer(_low.Length, neurons, activation, slope, logitFractionBits, lanes, _table);
            _nextLow = new int[neurons];
            _nextHigh = new int[neurons];
            _neuron = 0;
            _shiftsAt = _at;
            _biasesAt = _at + (table ? TableLength : (int)Padded(neurons));
            _at = _biasesAt + (4 * neurons);
            return table || IsZero(_shiftsAt + neurons, _biasesAt);
        }

        /// <summary>Finds the table that an earlier layer has too, or makes room for one.</summary>
        private bool ReadTable(Activation activation, int slope)
        {
            int multiplier = LittleEndian.ReadInt32(_file, _at);
            int shift = (sbyte)_file[_at + 8];
            if (multiplier < 1 || multiplier > ActivationTable.MaxMultiplier)
            {
                return Fail(ModelError.BadValue, _at);
            }

            if (shift > ModelFormat.MaxShift || shift < -ModelFormat.MaxShift)
            {
                return Fail(ModelError.BadValue, _at + 8);
            }

            for (int l = 0; l < _layerIndex; l++)
            {
                ActivationTable earlier = _layers[l].Table;
                if (earlier.Is(activation, slope, multiplier, shift))
                {
                    _table = earlier;
                }
            }

            if (_table == null)
            {
                if (!Take(ActivationTable.HeapBytes))
                {
                    return false;
                }

                _table = new ActivationTable(activation, slope, multiplier, shift);
            }

            return IsZero(_at + 9, _at + TableLength);
        }

        /// <summary>Computes a part of the layer's table; at the end compares it with what the model's maker got.</summary>
        private bool FillTable()
        {
            if (!_table.Fill(EntriesOfStep))
            {
                return true;
            }

            if (_table.Digest != LittleEndian.ReadInt32(_file, _shiftsAt + 4))
            {
                return Fail(ModelError.BadValue, _shiftsAt + 4);
            }

            _table = null;
            return true;
        }

        private bool ReadNeuron()
        {
            byte[] file = _file;
            int[] low = _low;
            int[] high = _high;
            DenseLayer layer = _layer;
            int shift = layer.Table == null ? (sbyte)file[_shiftsAt + _neuron] : 0;
            int bias = LittleEndian.ReadInt32(file, _biasesAt + (4 * _neuron));

            // Only an activation that saturates may have a scale coarser than its pre-activation.
            bool saturates = layer.Activation == Activation.Tanh || layer.Activation == Activation.Sigmoid;
            if (shift > ModelFormat.MaxShift || shift < (saturates ? -ModelFormat.MaxShift : 0))
            {
                return Fail(ModelError.BadValue, _shiftsAt + _neuron);
            }

            layer.SetNeuron(_neuron, (sbyte)shift, bias);
            long least = bias;
            long most = bias;
            long worst = bias < 0 ? -(long)bias : bias;
            int at = _at;
            for (int i = 0; i < low.Length; i++)
            {
                int w;
                if (_weightBytes == 2)
                {
                    w = (short)(file[at] | file[at + 1] << 8);
                    at += 2;
                }
                else
                {
                    w = (sbyte)file[at];
                    at++;
                }

                layer.SetWeight(_neuron, i, (short)w);
                long a = (long)w * low[i];
                long b = (long)w * high[i];
                if (a > b)
                {
                    long swap = a;
                    a = b;
                    b = swap;
                }

                least += a;
                most += b;
                worst += -a > b ? -a : b;
            }

            _at = at;
            bool overflows = layer.LaneCount == LaneRows.Narrow
                ? least < -ActivationTable.AccumulatorLimit || most >= ActivationTable.AccumulatorLimit
                : worst > int.MaxValue;
            if (overflows)
            {
                return Fail(ModelError.Overflow, (_layerIndex << 16) + _neuron);
            }

            _nextLow[_neuron] = layer.Map((int)least, _neuron);
            _nextHigh[_neuron] = layer.Map((int)most, _neuron);
            _neuron++;
            return true;
        }

        private bool EndLayer()
        {
            int weightsLength = _layer.NeuronCount * _layer.InputCount * _weightBytes;
            int padding = (int)Padded(weightsLength) - weightsLength;
            if (!IsZero(_at, _at + padding))
            {
                return false;
            }

            _at += padding;
            _layers[_layerIndex] = _layer;
            _layer = null;
            _low = _nextLow;
            _high = _nextHigh;
            _layerIndex++;
            if (_layerIndex < _layers.Length)
            {
                return true;
            }

            if (_at != _end)
            {
                return Fail(ModelError.Section, ModelFormat.NetworkSection);
            }

            if (Network.MeasureHeap(_layers) > _budget)
            {
                return Fail(ModelError.TooMuchMemory, _budget);
            }

            Network = new Network(_layers, _minima, _maxima);
            return false;
        }

        /// <summary>Counts what is about to be allocated.</summary>
        private bool Take(int bytes)
        {
            _heap += bytes;
            return _heap <= _budget || Fail(ModelError.TooMuchMemory, _budget);
        }

        private bool IsZero(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                if (_file[i] != 0)
                {
                    return Fail(ModelError.BadValue, i);
                }
            }

            return true;
        }

        private bool Fail(ModelError error, int where)
        {
            Error = error;
            Where = where;
            return false;
        }

        private static long Padded(long length)
        {
            return (length + 3) & ~3L;
        }
    }
}
