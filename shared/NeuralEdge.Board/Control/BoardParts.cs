using System;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Board.Control
{
    /// <summary>The hardware of a board, behind narrow interfaces.</summary>
    public sealed class BoardParts
    {
        /// <summary>The same as <see cref="Inputs"/>, without a call: each period samples.</summary>
        internal IAnalogInputs Adc;

        /// <summary>The analog-to-digital converter.</summary>
        public IAnalogInputs Inputs
        {
            get { return Adc; }
            set { Adc = value; }
        }

        /// <summary>Digital sensors; null for a board that has none.</summary>
        public ISensorValues Sensors { get; set; }

        /// <summary>The output pins; already driven safe.</summary>
        public SafeOutputs Outputs { get; set; }

        /// <summary>Time and waiting.</summary>
        public IBoardClock Clock { get; set; }

        /// <summary>The line to the host.</summary>
        public IByteLink Link { get; set; }

        /// <summary>The flash files.</summary>
        public IFileStore Files { get; set; }

        /// <summary>HMAC-SHA256; null for a board that cannot be keyed.</summary>
        public IMessageAuthentication Authentication { get; set; }

        /// <summary>Restarting.</summary>
        public IBoardReset Reset { get; set; }

        /// <summary>What the board does in the time that periods have left; null for nothing.</summary>
        public IIdleWork IdleWork { get; set; }

        /// <summary>Who watches the loop.</summary>
        public Supervisor Supervisor { get; set; }

        /// <summary>Where errors are named; null for nowhere.</summary>
        public BoardErrors Errors { get; set; }

        /// <summary>What measures the memory; null for nothing.</summary>
        public IBoardMemory Memory { get; set; }

        /// <summary>What counts starts; null for a board that does not.</summary>
        public StartRecord Starts { get; set; }

        /// <summary>The best name for the step that an error has ended.</summary>
        internal string StepOf(string step, Exception error)
        {
            return Errors == null ? step : Errors.StepOf(step, error);
        }

        /// <summary>Prints and keeps an error, if the board does.</summary>
        internal void Note(string step, Exception error)
        {
            if (Errors != null)
            {
                Errors.Note(step, error);
            }
        }
    }
}
