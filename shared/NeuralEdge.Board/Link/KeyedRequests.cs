using NeuralEdge.Board.Security;

namespace NeuralEdge.Board.Link
{
    /// <summary>Which requests a keyed board carries out for its owner only; both sides of the link go by it.</summary>
    public static class KeyedRequests
    {
        /// <summary>Whether a request is carried out only inside a SIGNED one.</summary>
        /// <param name="request">The request.</param>
        /// <param name="mode">The board's mode.</param>
        /// <returns>
        /// True for what changes the board, and when reading is closed, for what reads it. HELLO and INFO are for anybody; so is
        /// DATA, because COMMIT looks at what came.
        /// </returns>
        public static bool NeedTag(LinkRequest request, SecurityMode mode)
        {
            if (mode == SecurityMode.Open)
            {
                return false;
            }

            switch (request)
            {
                case LinkRequest.Begin:
                case LinkRequest.Commit:
                case LinkRequest.Confirm:
                case LinkRequest.Revert:
                case LinkRequest.Reset:
                case LinkRequest.Abort:
                case LinkRequest.Provision:
                    return true;

                case LinkRequest.Read:
                case LinkRequest.Ask:
                case LinkRequest.Answer:
                case LinkRequest.Subscribe:
                    return mode != SecurityMode.Keyed;

                default:
                    return false;
            }
        }
    }
}
