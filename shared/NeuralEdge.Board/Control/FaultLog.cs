namespace NeuralEdge.Board.Control
{
    /// <summary>The faults since the start: how many, of which kinds, and the last one.</summary>
    public sealed class FaultLog
    {
        /// <summary>The last one.</summary>
        public FaultCode Last { get; private set; }

        /// <summary>More about the last one: the input's index for a sensor fault, a ModelError for a model, else 0.</summary>
        public int Detail { get; private set; }

        /// <summary>How many.</summary>
        public uint Count { get; private set; }

        /// <summary>Their kinds: bit n set for the <see cref="FaultCode"/> of number n.</summary>
        public uint Flags { get; private set; }

        /// <summary>Records a fault.</summary>
        /// <param name="code">What failed.</param>
        /// <param name="detail">More about it.</param>
        public void Add(FaultCode code, int detail)
        {
            Count++;
            Last = code;
            Detail = detail;
            Flags |= 1u << (int)code;
        }

        /// <summary>Whether a fault is the last one once more.</summary>
        /// <param name="code">What failed.</param>
        /// <param name="detail">More about it.</param>
        /// <returns>True when both are those of the last one.</returns>
        public bool IsLast(FaultCode code, int detail)
        {
            return Last == code && Detail == detail;
        }
    }
}
