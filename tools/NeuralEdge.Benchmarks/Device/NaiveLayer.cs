using System;
using NeuralEdge.Numerics;

namespace NeuralEdge.Benchmarks
{
    /// <summary>A layer of the naive network: flat weights in a field, two loops, Math.Tanh.</summary>
    public class NaiveLayer
    {
        private const int Fields = 5;

        private readonly int _inputs;
        private readonly int _neurons;
        private readonly bool _tanh;
        private readonly float[] _weights;
        private readonly float[] _biases;

        /// <summary>Makes a layer with arbitrary weights.</summary>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="neurons">Number of neurons.</param>
        /// <param name="tanh">True for tanh, false for linear.</param>
        public NaiveLayer(int inputs, int neurons, bool tanh)
        {
            _inputs = inputs;
            _neurons = neurons;
            _tanh = tanh;
            _weights = new float[inputs * neurons];
            _biases = new float[neurons];
            for (int w = 0; w < _weights.Length; w++)
            {
                _weights[w] = NaiveWeights.Get(w);
            }
        }

        /// <summary>Bytes of a 32-bit nanoFramework heap that the layer takes.</summary>
        public int HeapBytes
        {
            get { return HeapSize.Object(Fields) + HeapSize.Array(4 * _weights.Length) + HeapSize.Array(4 * _biases.Length); }
        }

        /// <summary>Computes all neurons.</summary>
        /// <param name="x">Inputs.</param>
        /// <param name="y">Outputs.</param>
        public void Forward(float[] x, float[] y)
        {
            for (int n = 0; n < _neurons; n++)
            {
                float sum = _biases[n];
                for (int i = 0; i < _inputs; i++)
                {
                    sum += _weights[(n * _inputs) + i] * x[i];
                }

                y[n] = _tanh ? (float)Math.Tanh(sum) : sum;
            }
        }
    }
}
