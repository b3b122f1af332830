using NeuralEdge.Networks.Generated;
using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>A dense network that is ready to run: integers only, nothing allocated by <see cref="Forward"/>.</summary>
    public sealed class Network
    {
        private const int Fields = 7;

        private readonly DenseLayer[] _layers;
        private readonly int[] _minima;
        private readonly int[] _maxima;
        private readonly int[] _inputs;
        private readonly int[] _outputs;

        // The first of the passes that were planned, and the first of those that run: the same, or one that computes the same.
        private readonly Pass _planned;
        private Pass _pass;

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
            _planned = PassPlanner.Make(layers, _inputs, _outputs);
            _pass = _planned;
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
                bytes += DenseLayer.HeapBytes(layers[l].InputCount, layers[l].NeuronCount, layers[l].LaneCount)
                    + (layers[l].Curve == null ? 0 : ActivationCurve.HeapBytes);
            }

            return bytes + PassPlanner.MeasureHeap(layers);
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

        /// <summary>
        /// Values between the layers that met their <see cref="Ceiling"/> in the last <see cref="Forward"/>. Above 0, the inputs were
        /// far from what the model's scales were chosen for, and the outputs may be wrong by more than its certificate says.
        /// </summary>
        public int SaturatedCount
        {
            get
            {
                int count = 0;
                for (Pass pass = _pass; pass != null; pass = pass.Next)
                {
                    count += pass.SaturatedCount;
                }

                return count;
            }
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

        /// <summary>Raw inputs of the next <see cref="Forward"/>, <see cref="InputCount"/> or a few more values.</summary>
        internal int[] Inputs
        {
            get { return _inputs; }
        }

        /// <summary>The first of the passes that were planned, which are the reference.</summary>
        internal Pass PlannedPass
        {
            get { return _planned; }
        }

        /// <summary>The first of the passes that <see cref="Forward"/> runs: the planned ones, or what has taken their place.</summary>
        internal Pass CurrentPass
        {
            get { return _pass; }
        }

        /// <summary>Lets other passes run from now on.</summary>
        /// <param name="first">The first of them; together they compute the outputs that the planned ones do.</param>
        internal void Replace(Pass first)
        {
            _pass = first;
        }

        /// <summary>Puts the planned passes back.</summary>
        /// <returns>True when others had taken their place.</returns>
        internal bool Restore()
        {
            bool replaced = _pass != _planned;
            _pass = _planned;
            return replaced;
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
            }
        }

        /// <summary>Computes <see cref="Outputs"/> from the inputs.</summary>
        public void Forward()
        {
            Pass pass = _pass;
            do
            {
                pass.Forward();
                pass = pass.Next;
            }
            while (pass != null);
        }

        /// <summary>
        /// After a pass has thrown that had taken the place of the planned ones: puts those back, for good, and computes
        /// <see cref="Outputs"/> with them.
        /// </summary>
        /// <returns>False when it was one of the planned passes; nothing is computed then.</returns>
        internal bool ForwardAsPlanned()
        {
            if (!Restore())
            {
                return false;
            }

            Forward();
            return true;
        }

        /// <summary>
        /// Index of the largest raw output; of equal ones the first. It is the class only where all outputs have one scale, as a
        /// model has whose pins follow the largest (FORMAT.md, section 3) and as softmax always has.
        /// </summary>
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
