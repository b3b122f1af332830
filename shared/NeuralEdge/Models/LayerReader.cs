using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Models
{
    /// <summary>
    /// Reads one layer after the other, at most one neuron or a part of a table at each step. It follows the range of every
    /// value from the layer's inputs to its outputs, and refuses a neuron whose accumulator could overflow.
    /// </summary>
    internal sealed class LayerReader
    {
        private const int HeaderLength = 8;
        private const int TableLength = 12;
        private const int CurveLength = ((2 * ActivationCurve.KnotCount) + 3) & ~3;
        private const int EntriesOfStep = 64;

        private readonly SectionCursor _cursor;
        private readonly ModelLimits _limits;
        private readonly DenseLayer[] _layers;
        private readonly bool _fast;
        private readonly bool _saturating;
        private int _index;
        private int[] _low;
        private int[] _high;
        private int[] _nextLow;
        private int[] _nextHigh;
        private int _neurons;
        private Activation _activation;
        private int _slope;
        private int _logitFractionBits;
        private int _lanes;
        private int _weightBytes;
        private int _shiftsAt;
        private int _biasesAt;
        private DenseLayer _layer;
        private ActivationTable _table;
        private ActivationCurve _curve;
        private int _neuron;

        /// <summary>Prepares to read the first layer.</summary>
        /// <param name="cursor">Where it begins.</param>
        /// <param name="limits">What the board takes.</param>
        /// <param name="layers">Where the layers go.</param>
        /// <param name="arithmetic">Arithmetic of the network.</param>
        /// <param name="low">Smallest raw value of each input of the network.</param>
        /// <param name="high">Largest raw value of each.</param>
        internal LayerReader(SectionCursor cursor, ModelLimits limits, DenseLayer[] layers, int arithmetic, int[] low, int[] high)
        {
            _cursor = cursor;
            _limits = limits;
            _layers = layers;
            _fast = arithmetic == ModelFormat.FastArithmetic;
            _saturating = arithmetic == ModelFormat.SaturatingArithmetic;
            _low = low;
            _high = high;
        }

        /// <summary>True when the last layer has been read.</summary>
        internal bool IsComplete
        {
            get { return _index == _layers.Length; }
        }

        /// <summary>Bytes of a board's heap that the ranges take which are followed through a layer.</summary>
        /// <param name="inputs">Number of its inputs.</param>
        /// <param name="neurons">Number of its neurons.</param>
        /// <returns>The bytes; the layer itself comes on top.</returns>
        internal static int MeasureRanges(int inputs, int neurons)
        {
            return 2 * (HeapSize.Array(4 * neurons) + HeapSize.Array(4 * inputs));
        }

        private bool IsLast
        {
            get { return _index == _layers.Length - 1; }
        }

        // A layer of the profile fast has the numbers of its table where another has the shifts of its neurons.
        private bool HasTable
        {
            get { return _fast && !IsLast; }
        }

        private bool HasCurve
        {
            get { return _activation == Activation.Tabulated; }
        }

        // tanh and sigmoid keep to their range by themselves.
        private bool HasEnds
        {
            get { return _activation == Activation.Tanh || _activation == Activation.Sigmoid; }
        }

        /// <summary>Does a bounded piece of the work.</summary>
        /// <returns>False when the file is refused.</returns>
        internal bool Step()
        {
            if (_layer == null)
            {
                return ReadHeader() && BeginLayer();
            }

            if (_table != null)
            {
                return FillTable();
            }

            if (_curve != null)
            {
                if (_curve.Fill(_cursor.File, _shiftsAt - CurveLength, EntriesOfStep))
                {
                    _curve = null;
                }

                return true;
            }

            return _neuron < _neurons ? ReadNeuron() : EndLayer();
        }

        private bool ReadHeader()
        {
            if (!_cursor.Holds(HeaderLength, ModelFormat.NetworkSection))
            {
                return false;
            }

            byte[] file = _cursor.File;
            int at = _cursor.At;
            _neurons = LittleEndian.ReadUInt16(file, at);
            _activation = (Activation)file[at + 2];
            _weightBytes = file[at + 3];
            _slope = LittleEndian.ReadUInt16(file, at + 4);
            _logitFractionBits = (sbyte)file[at + 6];
            _lanes = file[at + 7];
            if (_neurons == 0)
            {
                return _cursor.Fail(ModelError.BadValue, at);
            }

            if (_neurons > _limits.MaxWidth)
            {
                return _cursor.Fail(ModelError.TooWide, _limits.MaxWidth);
            }

            if (_activation > (_saturating ? Activation.Tabulated : Activation.Softmax) || (_activation == Activation.Softmax && !IsLast))
            {
                return _cursor.Fail(ModelError.BadValue, at + 2);
            }

            if (_weightBytes != 1 && _weightBytes != 2)
            {
                return _cursor.Fail(ModelError.BadValue, at + 3);
            }

            if (_slope > 32767 || (_slope != 0 && _activation != Activation.LeakyRelu))
            {
                return _cursor.Fail(ModelError.BadValue, at + 4);
            }

            if (_logitFractionBits > ModelFormat.MaxShift || _logitFractionBits < -ModelFormat.MaxShift
                || (_logitFractionBits != 0 && _activation != Activation.Softmax))
            {
                return _cursor.Fail(ModelError.BadValue, at + 6);
            }

            if (_fast ? _lanes != LaneRows.Narrow && (_lanes != LaneRows.Wide || !IsLast) : _lanes != 0)
            {
                return _cursor.Fail(ModelError.BadValue, at + 7);
            }

            _cursor.At = at + HeaderLength;
            return true;
        }

        /// <summary>Makes room for the layer once all of it is known to be there.</summary>
        private bool BeginLayer()
        {
            int inputs = _low.Length;

            // Sizes fit int: 65535 * 65535 * 2 would not, so the product is taken in 64 bits.
            int curve = HasCurve ? CurveLength : 0;
            long shifts = HasTable ? TableLength : SectionCursor.Padded(_neurons);
            if (!_cursor.Holds(curve + shifts + (4L * _neurons) + SectionCursor.Padded((long)_neurons * inputs * _weightBytes), ModelFormat.NetworkSection))
            {
                return false;
            }

            if ((HasTable && !ReadTable()) || (HasCurve && !BeginCurve()))
            {
                return false;
            }

            // The ranges are kept while the layer is read, and let go after it.
            int ranges = MeasureRanges(inputs, _neurons);
            if (!_cursor.Take(DenseLayer.HeapBytes(inputs, _neurons, _lanes) + ranges))
            {
                return false;
            }

            _cursor.Return(ranges);
            _layer = HasCurve ? new DenseLayer(inputs, _neurons, _curve) : _fast
                ? new DenseLayer(inputs, _neurons, _activation, _slope, _logitFractionBits, _lanes, _table)
                : new DenseLayer(inputs, _neurons, _activation, _slope, _logitFractionBits, _saturating && !IsLast && !HasEnds);
            _nextLow = new int[_neurons];
            _nextHigh = new int[_neurons];
            _neuron = 0;
            _shiftsAt = _cursor.At + curve;
            _biasesAt = _shiftsAt + (int)shifts;
            _cursor.At = _biasesAt + (4 * _neurons);
            return HasTable || _cursor.IsZero(_shiftsAt + _neurons, _biasesAt);
        }

        /// <summary>Makes room for the knots of a tabulated activation, which stand in front of the shifts, and reads what stands behind them.</summary>
        private bool BeginCurve()
        {
            if (!_cursor.Take(ActivationCurve.HeapBytes))
            {
                return false;
            }

            int end = _cursor.At + (2 * ActivationCurve.KnotCount);
            int isFlatBeyond = _cursor.File[end];
            if (isFlatBeyond > 1)
            {
                return _cursor.Fail(ModelError.BadValue, end);
            }

            _curve = new ActivationCurve(isFlatBeyond == 1);
            return _cursor.IsZero(end + 1, _cursor.At + CurveLength);
        }

        /// <summary>Finds the table that an earlier layer has too, or makes room for one.</summary>
        private bool ReadTable()
        {
            int at = _cursor.At;
            int multiplier = LittleEndian.ReadInt32(_cursor.File, at);
            int shift = (sbyte)_cursor.File[at + 8];
            if (multiplier < 1 || multiplier > ActivationTable.MaxMultiplier)
            {
                return _cursor.Fail(ModelError.BadValue, at);
            }

            if (shift > ModelFormat.MaxShift || shift < -ModelFormat.MaxShift)
            {
                return _cursor.Fail(ModelError.BadValue, at + 8);
            }

            for (int l = 0; l < _index; l++)
            {
                ActivationTable earlier = _layers[l].Table;
                if (earlier.Is(_activation, _slope, multiplier, shift))
                {
                    _table = earlier;
                }
            }

            if (_table == null)
            {
                if (!_cursor.Take(ActivationTable.HeapBytes))
                {
                    return false;
                }

                _table = new ActivationTable(_activation, _slope, multiplier, shift);
            }

            return _cursor.IsZero(at + 9, at + TableLength);
        }

        /// <summary>Computes a part of the layer's table; at the end compares it with what the model's maker got.</summary>
        private bool FillTable()
        {
            if (!_table.Fill(EntriesOfStep))
            {
                return true;
            }

            if (_table.Digest != LittleEndian.ReadInt32(_cursor.File, _shiftsAt + 4))
            {
                return _cursor.Fail(ModelError.BadValue, _shiftsAt + 4);
            }

            _table = null;
            return true;
        }

        private bool ReadNeuron()
        {
            byte[] file = _cursor.File;
            int[] low = _low;
            int[] high = _high;
            DenseLayer layer = _layer;
            int shift = layer.Table == null ? (sbyte)file[_shiftsAt + _neuron] : 0;
            int bias = LittleEndian.ReadInt32(file, _biasesAt + (4 * _neuron));

            // Only an activation with a format of its own may have a scale coarser than its pre-activation.
            if (shift > ModelFormat.MaxShift || shift < (HasEnds || HasCurve ? -ModelFormat.MaxShift : 0))
            {
                return _cursor.Fail(ModelError.BadValue, _shiftsAt + _neuron);
            }

            layer.SetNeuron(_neuron, (sbyte)shift, bias);
            long least = bias;
            long most = bias;
            long worst = bias < 0 ? -(long)bias : bias;
            int at = _cursor.At;
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

            _cursor.At = at;
            bool overflows = layer.LaneCount == LaneRows.Narrow
                ? least < -ActivationTable.AccumulatorLimit || most >= ActivationTable.AccumulatorLimit
                : worst > int.MaxValue;
            if (overflows)
            {
                return _cursor.Fail(ModelError.Overflow, (_index << 16) + _neuron);
            }

            layer.MapRange((int)least, (int)most, _neuron, out int outputLow, out int outputHigh);
            _nextLow[_neuron] = outputLow;
            _nextHigh[_neuron] = outputHigh;
            layer.SetRange(outputLow, outputHigh);
            _neuron++;
            return true;
        }

        private bool EndLayer()
        {
            int weightsLength = _neurons * _low.Length * _weightBytes;
            int end = _cursor.At + (int)SectionCursor.Padded(weightsLength) - weightsLength;
            if (!_cursor.IsZero(_cursor.At, end))
            {
                return false;
            }

            _cursor.At = end;
            _layers[_index] = _layer;
            _layer = null;
            _low = _nextLow;
            _high = _nextHigh;
            _index++;
            return true;
        }
    }
}
