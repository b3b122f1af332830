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
        /// False for what is listed as free, and while reading is open, for what reads; true for all else, also for what a later version
        /// adds. HELLO, INFO and CHALLENGE are for anybody; so are DATA, because COMMIT looks at what came, and SIGNED, which has its tag.
        /// </returns>
        public static bool NeedTag(LinkRequest request, SecurityMode mode)
        {
            if (mode == SecurityMode.Open)
            {
                return false;
            }

            switch (request)
            {
                case LinkRequest.Hello:
                case LinkRequest.Info:
                case LinkRequest.Data:
                case LinkRequest.Challenge:
                case LinkRequest.Signed:
                    return false;

                case LinkRequest.Read:
                case LinkRequest.Ask:
                case LinkRequest.Answer:
                case LinkRequest.Subscribe:
                case LinkRequest.Counts:
                case LinkRequest.Correction:
                    return mode != SecurityMode.Keyed;

                default:
                    return true;
            }
        }
    }
}
