using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>A dense network that is ready to run: integers only, nothing allocated by <see cref="Forward"/>.</summary>
    public sealed class Network
    {
        private const int Fields = 11;

        // A kernel and what puts its shifts and activation behind it, of at most four fields each.
        private static readonly int KernelObjects = 3 * HeapSize.Object(4);

        private readonly DenseLayer[] _layers;
        private readonly int[] _minima;
        private readonly int[] _maxima;
        private readonly int[] _inputs;
        private readonly int[] _outputs;

        // Profile fast: the first kernel of the rows, and the inputs as it multiplies them; null in other profiles.
        private readonly LaneKernel _rows;
        private readonly long[] _words;

        // The first kernel that runs: that of the rows, or another that computes the same.
        private LaneKernel _lanes;

        // Other profiles: one kernel for the whole network, or one for each layer with the values between them.
        private readonly LayerKernel _whole;
        private readonly LayerKernel[] _kernels;
        private readonly int[][] _values;

        /// <summary>Puts layers together and allocates all that running them needs.</summary>
        /// <param name="layers">
        /// Layers in order; each takes what the one before it gives. In the profile fast all have lanes, and all but the last
        /// a table.
        /// </param>
        /// <param name="minima">Smallest raw value of each input.</param>
        /// <param name="maxima">Largest raw value of each input.</param>
        public Network(DenseLayer[] layers, int[] minima, int[] maxima)
        {
            _layers = layers;
            _minima = minima;
            _maxima = maxima;
            _inputs = new int[KernelSizes.Padded(minima.Length)];
            _outputs = new int[layers[layers.Length - 1].NeuronCount];
            if (LaneChain.Takes(layers))
            {
                _words = new long[_inputs.Length];
                _rows = LaneChain.Make(layers, _outputs);
                _lanes = _rows;
                return;
            }

            if (TwoLayerRows.Fits(layers))
            {
                _whole = TwoLayerRows.MakeKernel(layers);
                return;
            }

            _kernels = new LayerKernel[layers.Length];
            int widest = Widest(layers);
            for (int l = 0; l < layers.Length; l++)
            {
                _kernels[l] = layers[l].MakeKernel();
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

        /// <summary>Bytes of a board's heap that a network will take; nothing is allocated.</summary>
        /// <param name="layers">Layers in order, all neurons set.</param>
        /// <returns>The bytes, on a 32-bit nanoFramework heap.</returns>
        public static int MeasureHeap(DenseLayer[] layers)
        {
            int inputs = layers[0].InputCount;
            int bytes = HeapSize.Object(Fields) + HeapSize.References(layers.Length) + (2 * HeapSize.Array(4 * inputs))
                + HeapSize.Array(4 * KernelSizes.Padded(inputs)) + HeapSize.Array(4 * layers[layers.Length - 1].NeuronCount);
            for (int l = 0; l < layers.Length; l++)
            {
                bytes += DenseLayer.HeapBytes(layers[l].InputCount, layers[l].NeuronCount, layers[l].LaneCount);
            }

            if (LaneChain.Takes(layers))
            {
                return bytes + LaneChain.HeapBytes(layers);
            }

            if (TwoLayerRows.Fits(layers))
            {
                return bytes + TwoLayerRows.HeapBytes(layers) + KernelObjects;
            }

            bytes += HeapSize.References(layers.Length + 1) + HeapSize.References(layers.Length);
            int widest = Widest(layers);
            for (int l = 0; l < layers.Length; l++)
            {
                // Layers write to two arrays in turn.
                bytes += KernelObjects + (l == 1 || l == 2 ? HeapSize.Array(4 * widest) : 0);
                if (layers[l].InputCount > KernelSizes.Widest)
                {
                    bytes += WideKernel.HeapBytes(layers[l].InputCount);
                }
            }

            return bytes;
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

        /// <summary>Bytes of a board's heap that the network takes, with its layers and tables, on a 32-bit nanoFramework heap.</summary>
        public int HeapBytes
        {
            get { return MeasureHeap(_layers); }
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

        /// <summary>The kernel of a network that has one for all layers, else null.</summary>
        internal LayerKernel WholeKernel
        {
            get { return _whole; }
        }

        /// <summary>A kernel for each layer; null in a network of the profile fast and one with a single kernel.</summary>
        internal LayerKernel[] LayerKernels
        {
            get { return _kernels; }
        }

        /// <summary>Raw inputs of the next <see cref="Forward"/>, <see cref="InputCount"/> or a few more values.</summary>
        internal int[] Inputs
        {
            get { return _inputs; }
        }

        /// <summary>Profile fast: the raw inputs in 64 bits, which its kernels multiply; null in other profiles.</summary>
        internal long[] Words
        {
            get { return _words; }
        }

        /// <summary>Profile fast: the first kernel of the rows, which are the reference; null in other profiles.</summary>
        internal LaneKernel Rows
        {
            get { return _rows; }
        }

        /// <summary>Profile fast: the first of the kernels that <see cref="Forward"/> runs; null in other profiles.</summary>
        internal LaneKernel Kernel
        {
            get { return _lanes; }
        }

        /// <summary>Profile fast: what <see cref="Forward"/> runs from now on.</summary>
        /// <param name="first">The first kernel of a chain that computes the same outputs as the rows.</param>
        internal void Use(LaneKernel first)
        {
            _lanes = first;
        }

        /// <summary>Goes back to the rows, where <see cref="Forward"/> has run anything else.</summary>
        /// <returns>True when it has.</returns>
        internal bool UseRows()
        {
            bool other = _lanes != _rows;
            _lanes = _rows;
            return other;
        }

        /// <summary>A raw input of the next <see cref="Forward"/>.</summary>
        /// <param name="index">Which input.</param>
        /// <returns>Its raw value.</returns>
        public int GetInput(int index)
        {
            return _inputs[index];
        }

        /// <summary>Sets one raw input, limited to its range.</summary>
        /// <param name="index">Which input.</param>
        /// <param name="raw">Raw value.</param>
        /// <returns>True when the value was inside its range.</returns>
        public bool SetInput(int index, int raw)
        {
            bool inside = true;
            if (raw < _minima[index])
            {
                raw = _minima[index];
                inside = false;
            }
            else if (raw > _maxima[index])
            {
                raw = _maxima[index];
                inside = false;
            }

            _inputs[index] = raw;
            if (_words != null)
            {
                _words[index] = raw;
            }

            return inside;
        }

        /// <summary>Sets all raw inputs, each limited to its range.</summary>
        /// <param name="raw">Array that holds the raw values.</param>
        /// <param name="at">Index of the first one.</param>
        public void SetInputs(int[] raw, int at)
        {
            int[] minima = _minima;
            int[] maxima = _maxima;
            int[] inputs = _inputs;
            long[] words = _words;
            for (int i = 0; i < minima.Length; i++)
            {
                int value = raw[at + i];
                int end = minima[i];
                if (value < end)
                {
                    value = end;
                }
                else
                {
                    end = maxima[i];
                    if (value > end)
                    {
                        value = end;
                    }
                }

                inputs[i] = value;
                if (words != null)
                {
                    words[i] = value;
                }
            }
        }

        /// <summary>Computes <see cref="Outputs"/> from the inputs.</summary>
        public void Forward()
        {
            // Few locals: the interpreter makes all of them at every call.
            LaneKernel lanes = _lanes;
            if (lanes == null)
            {
                ForwardLayers();
                return;
            }

            long[] words = _words;
            do
            {
                lanes.Forward(words);
                lanes = lanes.Next;
            }
            while (lanes != null);
        }

        /// <summary>After compiled code has thrown: computes <see cref="Outputs"/> by the rows it was made of, from now on for good.</summary>
        /// <returns>False when the rows ran already, and nothing is computed.</returns>
        internal bool ForwardOnRows()
        {
            if (!UseRows())
            {
                return false;
            }

            Forward();
            return true;
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

        /// <summary>Most values any layer but the first reads.</summary>
        private static int Widest(DenseLayer[] layers)
        {
            int widest = 0;
            for (int l = 1; l < layers.Length; l++)
            {
                int values = KernelSizes.Padded(layers[l].InputCount);
                widest = values > widest ? values : widest;
            }

            return widest;
        }

        private void ForwardLayers()
        {
            LayerKernel whole = _whole;
            if (whole != null)
            {
                whole.Forward(_inputs, _outputs);
                return;
            }

            LayerKernel[] kernels = _kernels;
            int[][] values = _values;
            int count = kernels.Length;
            int l = 0;
            while (l != count)
            {
                kernels[l].Forward(values[l], values[++l]);
            }
        }
    }
}
