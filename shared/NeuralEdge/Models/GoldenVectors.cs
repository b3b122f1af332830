using NeuralEdge.Numerics;

namespace NeuralEdge.Models
{
    /// <summary>Inputs with the outputs the network must compute for them, bit for bit.</summary>
    public sealed class GoldenVectors
    {
        private readonly int _inputs;
        private readonly int _outputs;
        private readonly int _count;
        private readonly int[] _values;

        /// <summary>Allocates vectors; the model reader fills them.</summary>
        /// <param name="count">Number of vectors.</param>
        /// <param name="inputs">Inputs of the network.</param>
        /// <param name="outputs">Outputs of the network.</param>
        public GoldenVectors(int count, int inputs, int outputs)
        {
            _count = count;
            _inputs = inputs;
            _outputs = outputs;
            _values = new int[count * (inputs + outputs)];
        }

        /// <summary>Bytes of a board's heap that vectors take.</summary>
        /// <param name="count">Number of vectors.</param>
        /// <param name="inputs">Inputs of the network.</param>
        /// <param name="outputs">Outputs of the network.</param>
        /// <returns>The bytes.</returns>
        public static int MeasureHeap(int count, int inputs, int outputs)
        {
            return HeapSize.Object(4) + HeapSize.Array(4 * count * (inputs + outputs));
        }

        /// <summary>Number of vectors.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>One raw input.</summary>
        /// <param name="vector">Which vector.</param>
        /// <param name="input">Which input.</param>
        /// <returns>The raw value.</returns>
        public int GetInput(int vector, int input)
        {
            return _values[vector * (_inputs + _outputs) + input];
        }

        /// <summary>One expected raw output (a logit when the last layer is softmax).</summary>
        /// <param name="vector">Which vector.</param>
        /// <param name="output">Which output.</param>
        /// <returns>The raw value.</returns>
        public int GetOutput(int vector, int output)
        {
            return _values[vector * (_inputs + _outputs) + _inputs + output];
        }

        /// <summary>Sets one value of a vector, inputs first.</summary>
        /// <param name="vector">Which vector.</param>
        /// <param name="index">0..inputs + outputs - 1.</param>
        /// <param name="value">The raw value.</param>
        internal void Set(int vector, int index, int value)
        {
            _values[vector * (_inputs + _outputs) + index] = value;
        }
    }
}
