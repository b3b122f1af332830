using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// One fully connected layer: y = activation((bias + W x) &gt;&gt; shift), or y = table(bias + W x), integers only.
    /// </summary>
    /// <remarks>
    /// Every neuron has its own power-of-two scale. Its accumulator is 32 bits wide and cannot overflow: the model
    /// reader has checked |bias| + sum |w| max|x| &lt;= 2^31 - 1, which bounds every partial sum in any order. With lanes of 21
    /// bits it bounds the final sum alone, -2^20..2^20 - 1; partial sums may wrap, which is exact modulo 2^64.
    /// Rounding is half up at the one shift of a neuron; its half is part of the bias, so the shift just rounds down.
    /// In a layer with a table or a curve all neurons share one scale. A layer with a ceiling limits its values to it, so that the bound of the
    /// next layer's sums does not follow from values that nobody has ever seen.
    /// </remarks>
    public sealed class DenseLayer
    {
        private const int Fields = 12;

        private readonly int _inputs;
        private readonly int _neurons;
        private readonly Activation _activation;
        private readonly int _slope;
        private readonly int _logitFractionBits;
        private readonly WeightRows _weights;
        private readonly LaneRows _lanes;
        private readonly ActivationTable _table;
        private readonly ActivationCurve _curve;
        private readonly sbyte[] _shifts;
        private readonly bool _hasCeiling;
        private bool _meetsCeiling;

        /// <summary>Allocates a layer of the profiles exact and compact; the model reader fills it neuron by neuron.</summary>
        /// <param name="inputs">Number of inputs, 1 or more.</param>
        /// <param name="neurons">Number of neurons, 1 or more.</param>
        /// <param name="activation">What follows the pre-activation.</param>
        /// <param name="slope">Slope of <see cref="Activation.LeakyRelu"/> below zero in Q0.15, 0..32767.</param>
        /// <param name="logitFractionBits">Fraction bits of the logits of a <see cref="Activation.Softmax"/> layer.</param>
        /// <param name="hasCeiling">True when values that pass the <see cref="Ceiling"/> are limited to it; only for activations without ends.</param>
        public DenseLayer(int inputs, int neurons, Activation activation, int slope, int logitFractionBits, bool hasCeiling)
            : this(inputs, neurons, activation, slope, logitFractionBits, 0, null)
        {
            _hasCeiling = hasCeiling;
        }

        /// <summary>Allocates a layer whose activation is tabulated; the model reader fills it neuron by neuron.</summary>
        /// <param name="inputs">Number of inputs, 1 or more.</param>
        /// <param name="neurons">Number of neurons, 1 or more.</param>
        /// <param name="curve">The activation.</param>
        public DenseLayer(int inputs, int neurons, ActivationCurve curve)
            : this(inputs, neurons, Activation.Tabulated, 0, 0, 0, null)
        {
            _curve = curve;
        }

        /// <summary>Allocates a layer of the profile fast; the model reader fills it neuron by neuron.</summary>
        /// <param name="inputs">Number of inputs, 1 or more.</param>
        /// <param name="neurons">Number of neurons, 1 or more.</param>
        /// <param name="activation">What follows the pre-activation.</param>
        /// <param name="slope">Slope of <see cref="Activation.LeakyRelu"/> below zero in Q0.15, 0..32767.</param>
        /// <param name="logitFractionBits">Fraction bits of the logits of a <see cref="Activation.Softmax"/> layer.</param>
        /// <param name="lanes">Neurons in a word: 3 with accumulators of 21 bits, 2 of 32 bits; 0 for other profiles.</param>
        /// <param name="table">Activations of a layer with 3 lanes that is not the last; null in the last.</param>
        public DenseLayer(
            int inputs, int neurons, Activation activation, int slope, int logitFractionBits, int lanes, ActivationTable table)
        {
            _inputs = inputs;
            _neurons = neurons;
            _activation = activation;
            _slope = slope;
            _logitFractionBits = logitFractionBits;
            _table = table;
            _shifts = new sbyte[neurons];
            if (lanes == 0)
            {
                _weights = new PackedRows(inputs, neurons);
            }
            else
            {
                _lanes = new LaneRows(inputs, neurons, lanes);
                _weights = _lanes;
            }
        }

        /// <summary>Number of inputs.</summary>
        public int InputCount
        {
            get { return _inputs; }
        }

        /// <summary>Number of neurons, which is the number of outputs.</summary>
        public int NeuronCount
        {
            get { return _neurons; }
        }

        /// <summary>What follows the pre-activation.</summary>
        public Activation Activation
        {
            get { return _activation; }
        }

        /// <summary>Slope of <see cref="Activation.LeakyRelu"/> below zero, Q0.15; 0 for others.</summary>
        public int Slope
        {
            get { return _slope; }
        }

        /// <summary>Fraction bits of the logits of a softmax layer; 0 for others.</summary>
        public int LogitFractionBits
        {
            get { return _logitFractionBits; }
        }

        /// <summary>True when values that pass the <see cref="Ceiling"/> are limited to it.</summary>
        public bool HasCeiling
        {
            get { return _hasCeiling; }
        }

        /// <summary>False when no value can pass the <see cref="Ceiling"/>, whatever the inputs are.</summary>
        public bool MeetsCeiling
        {
            get { return _meetsCeiling; }
        }

        /// <summary>One weight.</summary>
        /// <param name="neuron">Which neuron.</param>
        /// <param name="input">Which input.</param>
        /// <returns>The integer weight, -32768..32767.</returns>
        public int GetWeight(int neuron, int input)
        {
            return _weights.GetWeight(neuron, input);
        }

        /// <summary>Bias of a neuron at accumulator scale, rounding half included.</summary>
        /// <param name="neuron">Which neuron.</param>
        /// <returns>The bias.</returns>
        public int GetBias(int neuron)
        {
            return _weights.GetBias(neuron);
        }

        /// <summary>Right shift from accumulator to pre-activation; negative shifts left and saturates.</summary>
        /// <param name="neuron">Which neuron.</param>
        /// <returns>The shift, -31..31.</returns>
        public int GetShift(int neuron)
        {
            return _shifts[neuron];
        }

        /// <summary>
        /// Computes all neurons in the plainest form, for comparison; a <see cref="Network"/> runs the passes that a <see cref="PassPlanner"/> makes.
        /// </summary>
        /// <param name="x">Inputs, at least <see cref="InputCount"/> values.</param>
        /// <param name="y">Where the activations go, at least <see cref="NeuronCount"/> values; not <paramref name="x"/>.</param>
        public void Forward(int[] x, int[] y)
        {
            for (int n = 0; n < _neurons; n++)
            {
                int sum = GetBias(n);
                for (int i = 0; i < _inputs; i++)
                {
                    sum += GetWeight(n, i) * x[i];
                }

                y[n] = Map(sum, n);
            }
        }

        /// <summary>Bytes of a board's heap that a layer takes, its table or curve and what its kernel needs besides not counted.</summary>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="neurons">Number of neurons.</param>
        /// <param name="lanes">Neurons in a word in the profile fast; 0 in other profiles.</param>
        /// <returns>The bytes, on a 32-bit nanoFramework heap.</returns>
        public static int HeapBytes(int inputs, int neurons, int lanes)
        {
            int rows = lanes == 0 ? PackedRows.HeapBytes(inputs, neurons) : LaneRows.HeapBytes(inputs, neurons, lanes);
            return HeapSize.Object(Fields) + rows + HeapSize.Array(neurons);
        }

        /// <summary>Activations of a hidden layer of the profile fast; null in others.</summary>
        public ActivationTable Table
        {
            get { return _table; }
        }

        /// <summary>The activation of a layer that is <see cref="Activation.Tabulated"/>; null in others.</summary>
        public ActivationCurve Curve
        {
            get { return _curve; }
        }

        /// <summary>Neurons whose sums share a word in the profile fast, 2 or 3; 0 in other profiles.</summary>
        public int LaneCount
        {
            get { return _lanes == null ? 0 : _lanes.Lanes; }
        }

        /// <summary>Weights in lanes; null in other profiles than fast.</summary>
        internal LaneRows Lanes
        {
            get { return _lanes; }
        }

        /// <summary>Weights and biases, as the layer's kernel reads them.</summary>
        internal WeightRows Weights
        {
            get { return _weights; }
        }

        /// <summary>Right shift of each neuron from accumulator to pre-activation.</summary>
        internal sbyte[] Shifts
        {
            get { return _shifts; }
        }

        /// <summary>Sets one neuron's scale and bias.</summary>
        /// <param name="neuron">Which neuron.</param>
        /// <param name="shift">Right shift from accumulator to pre-activation, -31..31.</param>
        /// <param name="bias">Bias at accumulator scale, rounding half included.</param>
        internal void SetNeuron(int neuron, sbyte shift, int bias)
        {
            _shifts[neuron] = shift;
            _weights.SetBias(neuron, bias);
        }

        /// <summary>Tells the layer which values a neuron may have, so that it knows whether the <see cref="Ceiling"/> can be met.</summary>
        /// <param name="low">Smallest of a neuron's values.</param>
        /// <param name="high">Largest of them.</param>
        internal void SetRange(int low, int high)
        {
            _meetsCeiling |= _hasCeiling && (low <= -Ceiling.Value || high >= Ceiling.Value);
        }

        /// <summary>Sets one weight of a neuron that is set.</summary>
        /// <param name="neuron">Which neuron.</param>
        /// <param name="input">Which input.</param>
        /// <param name="weight">The integer weight.</param>
        internal void SetWeight(int neuron, int input, short weight)
        {
            _weights.SetWeight(neuron, input, weight);
        }

        /// <summary>The outputs of a neuron for a range of its accumulator; all activations are monotone, but for a curve.</summary>
        /// <param name="least">Smallest accumulator.</param>
        /// <param name="most">Largest accumulator.</param>
        /// <param name="neuron">Whose shift to use.</param>
        /// <param name="low">Smallest output.</param>
        /// <param name="high">Largest output.</param>
        internal void MapRange(int least, int most, int neuron, out int low, out int high)
        {
            if (_curve != null)
            {
                _curve.Range(Shift(least, neuron), Shift(most, neuron), out low, out high);
                return;
            }

            low = Map(least, neuron);
            high = Map(most, neuron);
        }

        /// <summary>A neuron's output for a value of its accumulator.</summary>
        /// <param name="accumulator">Accumulator value.</param>
        /// <param name="neuron">Whose shift to use.</param>
        /// <returns>The neuron's output.</returns>
        internal int Map(int accumulator, int neuron)
        {
            if (_table != null)
            {
                return _table.Look(accumulator);
            }

            int z = Shift(accumulator, neuron);
            if (_curve != null)
            {
                return _curve.Look(z);
            }

            int y = Activations.Evaluate(_activation, _slope, z);
            return _hasCeiling ? Ceiling.Limit(y) : y;
        }

        private int Shift(int accumulator, int neuron)
        {
            int shift = _shifts[neuron];
            return shift >= 0 ? accumulator >> shift : SaturatingShift.Left(accumulator, -shift);
        }
    }
}
