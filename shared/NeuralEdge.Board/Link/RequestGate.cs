using NeuralEdge.Board.Security;

namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// What of a frame is carried out: the request itself, or the one inside a SIGNED request, if whoever sent it may have it carried
    /// out (PROTOCOL.md, section 9).
    /// </summary>
    internal sealed class RequestGate
    {
        private readonly BoardSecurity _security;

        internal RequestGate(BoardSecurity security)
        {
            _security = security;
        }

        /// <summary>Type of the request that is carried out.</summary>
        internal int Type { get; private set; }

        /// <summary>Index in the frame of its data.</summary>
        internal int At { get; private set; }

        /// <summary>Bytes of its data.</summary>
        internal int Length { get; private set; }

        /// <summary>Whether only who has the key may read, so that live events go on for nobody else.</summary>
        internal bool ReadingIsClosed
        {
            get { return _security != null && KeyedRequests.NeedTag(LinkRequest.Subscribe, _security.Keys.Mode); }
        }

        /// <summary>The type that a frame will have carried out.</summary>
        internal static int TypeOf(FrameReader frame)
        {
            return IsSigned(frame) && frame.DataLength > 0 ? frame.Frame[LinkProtocol.HeaderLength] : frame.Type;
        }

        /// <summary>The most changes to flash that the guards make for a frame, beside those of the request itself.</summary>
        internal static int FlashWritesOf(FrameReader frame)
        {
            switch ((LinkRequest)frame.Type)
            {
                case LinkRequest.Challenge:
                    return 2;

                case LinkRequest.Provision:
                    // Without a tag they are first keys, with their mark.
                    return 3;

                case LinkRequest.Signed:
                    // The right tag ends a count of wrong ones, and then there may be new keys or another security number to keep.
                    return 4;

                default:
                    return 0;
            }
        }

        /// <summary>Takes a frame.</summary>
        /// <param name="frame">The frame just read.</param>
        /// <param name="uptimeMs">Milliseconds since the start.</param>
        /// <returns>Ok if its request is to be carried out, else why not.</returns>
        internal RequestStatus Admit(FrameReader frame, long uptimeMs)
        {
            Type = frame.Type;
            At = LinkProtocol.HeaderLength;
            Length = frame.DataLength;
            bool isKeyed = _security != null && _security.Keys.IsKeyed;
            if (!isKeyed)
            {
                return Type == (int)LinkRequest.Signed || Type == (int)LinkRequest.Challenge ? RequestStatus.UnknownRequest : RequestStatus.Ok;
            }

            if (!IsSigned(frame))
            {
                return !KeyedRequests.NeedTag((LinkRequest)Type, _security.Keys.Mode) ? RequestStatus.Ok
                    : _security.Keys.IsNobodys ? LockForEver()
                    : RequestStatus.NotAuthorised;
            }

            RequestStatus status = _security.Requests.Check(
                uptimeMs, frame.Session, frame.Sequence, frame.Frame, At, Length, TypeOf(frame) == (int)LinkRequest.Provision);
            if (status == RequestStatus.Ok)
            {
                Type = TypeOf(frame);
                At++;
                Length -= 1 + KeyedMessages.TagLength;
                if (Type == (int)LinkRequest.Hello || Type == (int)LinkRequest.Signed || Type == (int)LinkRequest.Challenge)
                {
                    return RequestStatus.UnknownRequest;
                }
            }

            return status;
        }

        private static bool IsSigned(FrameReader frame)
        {
            return frame.Type == (int)LinkRequest.Signed;
        }

        private RequestStatus LockForEver()
        {
            _security.Requests.LockForEver();
            return RequestStatus.Locked;
        }
    }
}
