using NeuralEdge.Numerics;

namespace NeuralEdge.Models
{
    /// <summary>Which ADC channel feeds which input, and which pin follows which output.</summary>
    public sealed class Bindings
    {
        private readonly int _periodMs;
        private readonly InputBinding[] _inputs;
        private readonly OutputBinding[] _outputs;
        private readonly bool _saturationIsFault;

        /// <summary>Puts bindings together.</summary>
        /// <param name="periodMs">Period of the loop in milliseconds, 0 for the board's own.</param>
        /// <param name="inputs">One for each input of the network.</param>
        /// <param name="outputs">One for each output of the network.</param>
        /// <param name="saturationIsFault">True when outputs go safe while a value inside the network meets its ceiling.</param>
        public Bindings(int periodMs, InputBinding[] inputs, OutputBinding[] outputs, bool saturationIsFault)
        {
            _periodMs = periodMs;
            _inputs = inputs;
            _outputs = outputs;
            _saturationIsFault = saturationIsFault;
        }

        /// <summary>Bytes of a board's heap that bindings take.</summary>
        /// <param name="inputs">Inputs of the network.</param>
        /// <param name="outputs">Outputs of the network.</param>
        /// <returns>The bytes.</returns>
        public static int MeasureHeap(int inputs, int outputs)
        {
            return HeapSize.Object(4) + HeapSize.References(inputs) + (inputs * HeapSize.Object(4))
                + HeapSize.References(outputs) + (outputs * HeapSize.Object(7));
        }

        /// <summary>Period of the loop in milliseconds, 0 for the board's own.</summary>
        public int PeriodMs
        {
            get { return _periodMs; }
        }

        /// <summary>True when outputs go safe while a value inside the network meets its <see cref="Networks.Ceiling"/>.</summary>
        public bool SaturationIsFault
        {
            get { return _saturationIsFault; }
        }

        /// <summary>One for each input of the network.</summary>
        public InputBinding[] Inputs
        {
            get { return _inputs; }
        }

        /// <summary>One for each output of the network.</summary>
        public OutputBinding[] Outputs
        {
            get { return _outputs; }
        }
    }
}
