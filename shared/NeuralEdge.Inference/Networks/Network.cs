using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>A dense network that is ready to run: integers only, nothing allocated by <see cref="Forward"/>.</summary>
    public sealed class Network
    {
        private readonly DenseLayer[] _layers;
        private readonly int[] _minima;
        private readonly int[] _maxima;
        private readonly int[] _inputs;
        private readonly int[] _outputs;
        private readonly LayerKernel[] _kernels;
        private readonly int[][] _values;

        /// <summary>Puts layers together and allocates all that running them needs.</summary>
        /// <param name="layers">Layers in order; each takes what the one before it gives.</param>
        /// <param name="minima">Smallest raw value of each input.</param>
        /// <param name="maxima">Largest raw value of each input.</param>
        public Network(DenseLayer[] layers, int[] minima, int[] maxima)
        {
            _layers = layers;
            _minima = minima;
            _maxima = maxima;
            _inputs = new int[PackedRows.PaddedInputs(minima.Length)];
            _outputs = new int[layers[layers.Length - 1].NeuronCount];
            if (TwoLayerRows.Fits(layers))
            {
                _kernels = new LayerKernel[] { TwoLayerRows.MakeKernel(layers) };
                _values = new int[][] { _inputs, _outputs };
                return;
            }

            _kernels = new LayerKernel[layers.Length];
            int widest = 0;
            for (int l = 0; l < layers.Length; l++)
            {
                _kernels[l] = layers[l].MakeKernel();
                int values = PackedRows.PaddedInputs(layers[l].InputCount);
                if (l > 0 && values > widest)
                {
                    widest = values;
                }
            }

            // Layers write to two arrays in turn; what stands behind the values a layer reads has weight zero.
            int[] even = new int[widest];
            int[] odd = new int[widest];
            _values = new int[layers.Length + 1][];
            _values[0] = _inputs;
            for (int l = 1; l < layers.Length; l++)
            {
                _values[l] = (l & 1) == 0 ? even : odd;
            }

            _values[layers.Length] = _outputs;
        }

        /// <summary>Number of inputs.</summary>
        public int InputCount
        {
            get { return _minima.Length; }
        }

        /// <summary>Number of outputs.</summary>
        public int OutputCount
        {
            get { return _outputs.Length; }
        }

        /// <summary>Number of layers.</summary>
        public int LayerCount
        {
            get { return _layers.Length; }
        }

        /// <summary>
        /// Raw inputs of the next <see cref="Forward"/>, <see cref="InputCount"/> or a few more values, of which those
        /// behind the last input do not matter; use <see cref="SetInput"/> where a value may leave its range.
        /// </summary>
        public int[] Inputs
        {
            get { return _inputs; }
        }

        /// <summary>Raw outputs of the last <see cref="Forward"/>; logits when <see cref="HasProbabilities"/>.</summary>
        public int[] Outputs
        {
            get { return _outputs; }
        }

        /// <summary>True when the last layer is softmax, so that <see cref="GetProbabilities"/> has a meaning.</summary>
        public bool HasProbabilities
        {
            get { return _layers[_layers.Length - 1].Activation == Activation.Softmax; }
        }

        /// <summary>
        /// Bytes of a board's heap that weights, biases, shifts and values take while the network runs, on a 32-bit
        /// nanoFramework heap; the objects around them, some 50 bytes a layer, not counted.
        /// </summary>
        public int HeapBytes
        {
            get
            {
                int bytes = TwoLayerRows.Fits(_layers) ? TwoLayerRows.HeapBytes(_layers) : 0;
                for (int l = 0; l < _layers.Length; l++)
                {
                    bytes += DenseLayer.HeapBytes(_layers[l].InputCount, _layers[l].NeuronCount);
                }

                int[] last = null;
                int[] before = null;
                for (int v = 0; v < _values.Length; v++)
                {
                    if (_values[v] != before)
                    {
                        bytes += (20 + (4 * _values[v].Length) + 11) / 12 * 12;
                    }

                    before = last;
                    last = _values[v];
                }

                return bytes;
            }
        }

        /// <summary>One layer.</summary>
        /// <param name="index">0 is the layer that reads the inputs.</param>
        /// <returns>The layer.</returns>
        public DenseLayer GetLayer(int index)
        {
            return _layers[index];
        }

        /// <summary>Smallest raw value of an input for which the model's promises hold.</summary>
        /// <param name="index">Which input.</param>
        /// <returns>The raw minimum.</returns>
        public int GetInputMinimum(int index)
        {
            return _minima[index];
        }

        /// <summary>Largest raw value of an input for which the model's promises hold.</summary>
        /// <param name="index">Which input.</param>
        /// <returns>The raw maximum.</returns>
        public int GetInputMaximum(int index)
        {
            return _maxima[index];
        }

        /// <summary>Sets one raw input, limited to its range.</summary>
        /// <param name="index">Which input.</param>
        /// <param name="raw">Raw value.</param>
        /// <returns>True when the value was inside its range.</returns>
        public bool SetInput(int index, int raw)
        {
            if (raw < _minima[index])
            {
                _inputs[index] = _minima[index];
                return false;
            }

            if (raw > _maxima[index])
            {
                _inputs[index] = _maxima[index];
                return false;
            }

            _inputs[index] = raw;
            return true;
        }

        /// <summary>Computes <see cref="Outputs"/> from <see cref="Inputs"/>.</summary>
        public void Forward()
        {
            LayerKernel[] kernels = _kernels;
            int[][] values = _values;
            int count = kernels.Length;
            int l = 0;
            while (l != count)
            {
                kernels[l].Forward(values[l], values[++l]);
            }
        }

        /// <summary>Index of the largest output; of equal ones the first.</summary>
        /// <returns>0..<see cref="OutputCount"/> - 1.</returns>
        public int ArgMax()
        {
            int[] outputs = _outputs;
            int best = 0;
            for (int i = 1; i < outputs.Length; i++)
            {
                if (outputs[i] > outputs[best])
                {
                    best = i;
                }
            }

            return best;
        }

        /// <summary>Probabilities of the last <see cref="Forward"/> of a network whose last layer is softmax.</summary>
        /// <param name="probabilities">Where they go, Q0.15, one for each output.</param>
        public void GetProbabilities(int[] probabilities)
        {
            Softmax.Evaluate(
                _outputs, _outputs.Length, _layers[_layers.Length - 1].LogitFractionBits, probabilities);
        }
    }
}
