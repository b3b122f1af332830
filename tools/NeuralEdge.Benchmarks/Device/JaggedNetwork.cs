using System;
using NeuralEdge.Numerics;

namespace NeuralEdge.Benchmarks
{
    /// <summary>
    /// The float network of the textbooks: one class, a row of weights for each neuron, everything through fields and indexes.
    /// </summary>
    public class JaggedNetwork
    {
        private const int Fields = 3;

        private readonly float[][][] _weights;
        private readonly float[][] _biases;
        private readonly float[][] _values;

        /// <summary>Makes a network with arbitrary weights; tanh in all layers but the last.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        public JaggedNetwork(int[] shape)
        {
            _weights = new float[shape.Length - 1][][];
            _biases = new float[shape.Length - 1][];
            _values = new float[shape.Length][];
            _values[0] = NaiveWeights.GetInputs(shape[0]);
            for (int l = 0; l < _weights.Length; l++)
            {
                _weights[l] = new float[shape[l + 1]][];
                _biases[l] = new float[shape[l + 1]];
                _values[l + 1] = new float[shape[l + 1]];
                for (int n = 0; n < _weights[l].Length; n++)
                {
                    _weights[l][n] = new float[shape[l]];
                    for (int i = 0; i < shape[l]; i++)
                    {
                        _weights[l][n][i] = NaiveWeights.Get((n * shape[l]) + i);
                    }
                }
            }
        }

        /// <summary>Bytes of a 32-bit nanoFramework heap that the network takes, with all that belongs to it.</summary>
        public int HeapBytes
        {
            get
            {
                int bytes = HeapSize.Object(Fields) + (2 * HeapSize.References(_weights.Length)) + HeapSize.References(_values.Length)
                    + HeapSize.Array(4 * _values[0].Length);
                for (int l = 0; l < _weights.Length; l++)
                {
                    int neurons = _weights[l].Length;
                    int row = HeapSize.Array(4 * _values[l].Length);
                    bytes += HeapSize.References(neurons) + (neurons * row) + (2 * HeapSize.Array(4 * neurons));
                }

                return bytes;
            }
        }

        /// <summary>Computes the outputs.</summary>
        /// <returns>The first output, so that nobody can leave the work out.</returns>
        public float Forward()
        {
            for (int l = 0; l < _weights.Length; l++)
            {
                for (int n = 0; n < _weights[l].Length; n++)
                {
                    float sum = _biases[l][n];
                    for (int i = 0; i < _weights[l][n].Length; i++)
                    {
                        sum += _weights[l][n][i] * _values[l][i];
                    }

                    _values[l + 1][n] = l < _weights.Length - 1 ? (float)Math.Tanh(sum) : sum;
                }
            }

            return _values[_values.Length - 1][0];
        }
    }
}
