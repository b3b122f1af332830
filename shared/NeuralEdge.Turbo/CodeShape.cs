using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// What decides the code of a network of the profile fast: everything but the numbers in it. Two networks of one shape have
    /// the same code, byte for byte, but for its constants.
    /// </summary>
    /// <remarks>
    /// Rows are those of <see cref="LaneRows"/>: three neurons in a word, or two in a last layer with lanes of 32 bits; the last
    /// row may have fewer. What follows the accumulators of the last layer (shifts, an activation) is not compiled.
    /// </remarks>
    internal sealed class CodeShape
    {
        private const int PerLayer = 3;

        // For each layer its neurons, its lanes and which of the distinct tables it has; before them the inputs.
        private readonly int[] _numbers;
        private readonly int _layers;
        private readonly int _tables;

        /// <summary>Takes the shape of a network.</summary>
        /// <param name="network">A network of the profile fast.</param>
        internal CodeShape(Network network)
        {
            _layers = network.LayerCount;
            _numbers = new int[PerLayer * (_layers + 1)];
            _numbers[0] = network.InputCount;
            for (int l = 0; l < _layers; l++)
            {
                DenseLayer layer = network.GetLayer(l);
                int at = PerLayer * (l + 1);
                _numbers[at] = layer.NeuronCount;
                _numbers[at + 1] = layer.LaneCount;
                _numbers[at + 2] = -1;
                if (layer.Table == null)
                {
                    continue;
                }

                int same = FirstWithTable(network, layer.Table);
                _numbers[at + 2] = same < l ? GetTable(same) : _tables++;
            }
        }

        /// <summary>Number of layers.</summary>
        internal int LayerCount
        {
            get { return _layers; }
        }

        /// <summary>Number of distinct activation tables.</summary>
        internal int TableCount
        {
            get { return _tables; }
        }

        /// <summary>Bytes of a board's heap that it takes.</summary>
        internal int HeapBytes
        {
            get { return HeapSize.Object(3) + HeapSize.Array(4 * _numbers.Length); }
        }

        /// <summary>True when both have the same code but for its constants.</summary>
        /// <param name="other">The other shape.</param>
        internal bool Is(CodeShape other)
        {
            if (other._numbers.Length != _numbers.Length)
            {
                return false;
            }

            for (int i = 0; i < _numbers.Length; i++)
            {
                if (other._numbers[i] != _numbers[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Number of inputs of a layer.</summary>
        /// <param name="layer">Which layer.</param>
        internal int GetInputs(int layer)
        {
            return _numbers[PerLayer * layer];
        }

        /// <summary>Number of neurons of a layer.</summary>
        /// <param name="layer">Which layer.</param>
        internal int GetNeurons(int layer)
        {
            return _numbers[PerLayer * (layer + 1)];
        }

        /// <summary>Neurons in a word of a layer, 2 or 3.</summary>
        /// <param name="layer">Which layer.</param>
        internal int GetLanes(int layer)
        {
            return _numbers[(PerLayer * (layer + 1)) + 1];
        }

        /// <summary>Bits of a lane of a layer, 21 or 32.</summary>
        /// <param name="layer">Which layer.</param>
        internal int GetBits(int layer)
        {
            return GetLanes(layer) == LaneRows.Narrow ? LaneRows.NarrowBits : 32;
        }

        /// <summary>Which of the distinct tables a layer has; -1 for the last layer.</summary>
        /// <param name="layer">Which layer.</param>
        internal int GetTable(int layer)
        {
            return _numbers[(PerLayer * (layer + 1)) + 2];
        }

        /// <summary>True for the last layer, whose accumulators are stored and not looked up.</summary>
        /// <param name="layer">Which layer.</param>
        internal bool IsLast(int layer)
        {
            return layer == _layers - 1;
        }

        /// <summary>Number of rows of a layer.</summary>
        /// <param name="layer">Which layer.</param>
        internal int GetRows(int layer)
        {
            return LaneRows.CountWords(GetNeurons(layer), GetLanes(layer));
        }

        /// <summary>Number of neurons in a row, 1 to the layer's lanes.</summary>
        /// <param name="layer">Which layer.</param>
        /// <param name="row">Which row.</param>
        internal int GetNeuronsOfRow(int layer, int row)
        {
            int lanes = GetLanes(layer);
            int left = GetNeurons(layer) - (lanes * row);
            return left < lanes ? left : lanes;
        }

        /// <summary>
        /// True for rows of one neuron that are summed up in 32 bits, which an interpreter loads in half the time. A first row
        /// of a hidden layer is not: its sum is kept in a local, and those have 64 bits.
        /// </summary>
        /// <param name="layer">Which layer.</param>
        /// <param name="row">Which row.</param>
        internal bool IsInt(int layer, int row)
        {
            return GetNeuronsOfRow(layer, row) == 1 && (row > 0 || IsLast(layer));
        }

        /// <summary>The tables of a network that has this shape, but for the first layer's.</summary>
        /// <param name="network">The network.</param>
        /// <returns>Each distinct table once, in order of its first layer; null when there are none.</returns>
        internal long[][] MakeOtherTables(Network network)
        {
            if (_tables < 2)
            {
                return null;
            }

            long[][] tables = new long[_tables - 1][];
            for (int l = 1; l < _layers - 1; l++)
            {
                if (GetTable(l) > 0)
                {
                    tables[GetTable(l) - 1] = network.GetLayer(l).Table.Entries;
                }
            }

            return tables;
        }

        private static int FirstWithTable(Network network, ActivationTable table)
        {
            int l = 0;
            while (network.GetLayer(l).Table != table)
            {
                l++;
            }

            return l;
        }
    }
}
