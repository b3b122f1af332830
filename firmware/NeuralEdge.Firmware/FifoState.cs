namespace NeuralEdge.Firmware
{
    /// <summary>What came of a look at a chip's FIFO.</summary>
    internal enum FifoState
    {
        /// <summary>The rows of a burst are here.</summary>
        Fetched,

        /// <summary>There are too few for a burst yet.</summary>
        Short,

        /// <summary>The chip did not answer, or what it keeps is of no use until it is reset.</summary>
        Failed,
    }
}
