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
        private readonly Safeguards _safeguards;
        private readonly RecentDecisions _decisions;

        /// <summary>Puts bindings together that say no more about their loads than which follow arg-max.</summary>
        /// <param name="periodMs">Period of the loop in milliseconds, 0 for the board's own.</param>
        /// <param name="inputs">One for each input of the network.</param>
        /// <param name="outputs">One for each output of the network.</param>
        /// <param name="saturationIsFault">True when outputs go safe while a value inside the network meets its ceiling.</param>
        public Bindings(int periodMs, InputBinding[] inputs, OutputBinding[] outputs, bool saturationIsFault)
            : this(periodMs, inputs, outputs, saturationIsFault, new Safeguards(inputs.Length, outputs))
        {
        }

        /// <summary>Puts bindings together.</summary>
        /// <param name="periodMs">Period of the loop in milliseconds, 0 for the board's own.</param>
        /// <param name="inputs">One for each input of the network.</param>
        /// <param name="outputs">One for each output of the network.</param>
        /// <param name="saturationIsFault">True when outputs go safe while a value inside the network meets its ceiling.</param>
        /// <param name="safeguards">What keeps loads and sensors from doing harm.</param>
        public Bindings(int periodMs, InputBinding[] inputs, OutputBinding[] outputs, bool saturationIsFault, Safeguards safeguards)
            : this(periodMs, inputs, outputs, saturationIsFault, safeguards, null)
        {
        }

        /// <summary>Puts bindings together whose model decides by more than the last inference.</summary>
        /// <param name="periodMs">Period of the loop in milliseconds, 0 for the board's own.</param>
        /// <param name="inputs">One for each input of the network.</param>
        /// <param name="outputs">One for each output of the network.</param>
        /// <param name="saturationIsFault">True when outputs go safe while a value inside the network meets its ceiling.</param>
        /// <param name="safeguards">What keeps loads and sensors from doing harm.</param>
        /// <param name="decisions">How the last few decisions become one; null: the last one is it.</param>
        public Bindings(
            int periodMs, InputBinding[] inputs, OutputBinding[] outputs, bool saturationIsFault, Safeguards safeguards, RecentDecisions decisions)
        {
            _decisions = decisions;
            _periodMs = periodMs;
            _inputs = inputs;
            _outputs = outputs;
            _saturationIsFault = saturationIsFault;
            _safeguards = safeguards;
        }

        /// <summary>Bytes of a board's heap that bindings take.</summary>
        /// <param name="inputs">Inputs of the network.</param>
        /// <param name="outputs">Outputs of the network.</param>
        /// <returns>The bytes.</returns>
        public static int MeasureHeap(int inputs, int outputs)
        {
            return HeapSize.Object(6) + Safeguards.MeasureHeap(inputs, outputs) + HeapSize.References(inputs) + (inputs * HeapSize.Object(4))
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

        /// <summary>What keeps loads and sensors from doing harm.</summary>
        public Safeguards Safeguards
        {
            get { return _safeguards; }
        }

        /// <summary>How the last few decisions become one; null when the last one is it.</summary>
        public RecentDecisions Decisions
        {
            get { return _decisions; }
        }

        /// <summary>One for each input of the network or, with windows, for each of their channels.</summary>
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
