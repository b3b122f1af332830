namespace NeuralEdge.Board.Link
{
    /// <summary>What a valid frame is to the current session: PROTOCOL.md, section 2.</summary>
    internal enum FrameKind
    {
        /// <summary>No request, or no whole HELLO: not answered.</summary>
        Ignored,

        /// <summary>A HELLO that opens a session.</summary>
        Opening,

        /// <summary>A HELLO of a host without a common version.</summary>
        OtherVersion,

        /// <summary>A request of a session that is not the current one.</summary>
        OtherSession,

        /// <summary>The last request once more.</summary>
        Repeated,

        /// <summary>A late copy of an older request: not answered.</summary>
        LateCopy,

        /// <summary>The next request of the session.</summary>
        Next,
    }
}
