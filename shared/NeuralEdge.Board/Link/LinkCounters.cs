namespace NeuralEdge.Board.Link
{
    /// <summary>What the board's side of the link has seen since the start, one counter for each cause.</summary>
    public sealed class LinkCounters
    {
        /// <summary>Valid frames received.</summary>
        public uint Frames;

        /// <summary>Frames whose CRC-32 did not match.</summary>
        public uint CrcErrors;

        /// <summary>Frames that were no COBS.</summary>
        public uint CobsErrors;

        /// <summary>Frames too short, too long, or of another length than they say.</summary>
        public uint LengthErrors;

        /// <summary>Frames dropped because the rest did not come.</summary>
        public uint SilenceErrors;

        /// <summary>Valid frames that were no request in a version spoken here (an echo of our own, for example).</summary>
        public uint NoRequests;

        /// <summary>Requests of another session.</summary>
        public uint SessionErrors;

        /// <summary>Requests whose sequence was neither the next nor the last: late duplicates.</summary>
        public uint SequenceErrors;

        /// <summary>Requests received again and answered with the stored reply.</summary>
        public uint Repeats;

        /// <summary>Failures of the port itself.</summary>
        public uint PortErrors;

        /// <summary>How often the port was opened anew because nothing but damage came out of it, or each request only with its copy.</summary>
        public uint Reopened;

        /// <summary>Live events, and rows of counts, left out because the line was busy or the board late.</summary>
        public uint LiveDropped;
    }
}
