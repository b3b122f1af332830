using NeuralEdge.Numerics;

namespace NeuralEdge.Benchmarks
{
    /// <summary>
    /// A float network as one writes it with some care: a class for a layer, its weights in one flat array, inputs and outputs
    /// handed over. The yardstick of the benchmarks, and stricter than <see cref="JaggedNetwork"/>.
    /// </summary>
    public class NaiveNetwork
    {
        private const int Fields = 2;

        private readonly NaiveLayer[] _layers;
        private readonly float[][] _values;

        /// <summary>Makes a network with arbitrary weights; tanh in all layers but the last.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        public NaiveNetwork(int[] shape)
        {
            _layers = new NaiveLayer[shape.Length - 1];
            _values = new float[shape.Length][];
            _values[0] = NaiveWeights.GetInputs(shape[0]);
            for (int l = 0; l < _layers.Length; l++)
            {
                _layers[l] = new NaiveLayer(shape[l], shape[l + 1], l < _layers.Length - 1);
                _values[l + 1] = new float[shape[l + 1]];
            }
        }

        /// <summary>Bytes of a 32-bit nanoFramework heap that the network takes, with all that belongs to it.</summary>
        public int HeapBytes
        {
            get
            {
                int bytes = HeapSize.Object(Fields) + HeapSize.References(_layers.Length) + HeapSize.References(_values.Length);
                for (int l = 0; l < _layers.Length; l++)
                {
                    bytes += _layers[l].HeapBytes + HeapSize.Array(4 * _values[l].Length);
                }

                return bytes + HeapSize.Array(4 * _values[_layers.Length].Length);
            }
        }

        /// <summary>Computes the outputs.</summary>
        /// <returns>The first output, so that nobody can leave the work out.</returns>
        public float Forward()
        {
            for (int l = 0; l < _layers.Length; l++)
            {
                _layers[l].Forward(_values[l], _values[l + 1]);
            }

            return _values[_layers.Length][0];
        }
    }
}
