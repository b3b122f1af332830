using NeuralEdge.Models;

namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// The current session and the last of its requests, so what a frame is: new, said before, late, or of somebody else
    /// (PROTOCOL.md, section 2).
    /// </summary>
    internal sealed class LinkSession
    {
        private const int HelloLength = 6;

        private readonly LinkCounters _counters;
        private uint _lastCrc;

        internal LinkSession(LinkCounters counters)
        {
            _counters = counters;
        }

        /// <summary>Number of the current session, 0 when there is none.</summary>
        internal int Number { get; private set; }

        /// <summary>The nonce of the HELLO that opened it.</summary>
        internal uint Nonce { get; private set; }

        /// <summary>Sequence of the last request that was accepted.</summary>
        internal int LastSequence { get; private set; }

        /// <summary>Says what a frame is, and counts those that are not carried out.</summary>
        /// <param name="frame">The frame just read.</param>
        internal FrameKind Judge(FrameReader frame)
        {
            int type = frame.Type;
            if (frame.Version != LinkProtocol.FrameVersion || type == 0 || (type & 0xC0) != 0)
            {
                _counters.NoRequests++;
                return FrameKind.Ignored;
            }

            if (type == (int)LinkRequest.Hello)
            {
                return JudgeHello(frame);
            }

            if (Number == 0 || frame.Session != Number)
            {
                _counters.SessionErrors++;
                return FrameKind.OtherSession;
            }

            int sequence = frame.Sequence;
            if (sequence == LastSequence && frame.Crc == _lastCrc)
            {
                // The very same frame: whoever did not hear the request does not get the reply to it.
                return FrameKind.Repeated;
            }

            if (sequence != ((LastSequence + 1) & 0xFFFF))
            {
                _counters.SequenceErrors++;
                return FrameKind.LateCopy;
            }

            return FrameKind.Next;
        }

        /// <summary>Begins the session of a HELLO that opens one.</summary>
        internal void Open(FrameReader hello)
        {
            uint nonce = NonceOf(hello);

            // Differs from the session before, and nearly always from those before a restart, which other nonces began.
            int session = (int)(nonce ^ nonce >> 16) & 0xFFFF;
            if (session == 0 || session == Number)
            {
                session = session == 0xFFFF ? 1 : session + 1;
            }

            Nonce = nonce;
            Number = session;
            Accept(hello);
        }

        /// <summary>A request of the session is carried out.</summary>
        internal void Accept(FrameReader request)
        {
            LastSequence = request.Sequence;
            _lastCrc = request.Crc;
        }

        /// <summary>
        /// The nonce tells a new HELLO from a late copy of the one that opened the current session: a copy must not end what
        /// that began.
        /// </summary>
        private FrameKind JudgeHello(FrameReader frame)
        {
            if (frame.DataLength < HelloLength)
            {
                _counters.LengthErrors++;
                return FrameKind.Ignored;
            }

            int at = LinkProtocol.HeaderLength;
            if (frame.Frame[at] > LinkProtocol.Version || frame.Frame[at + 1] < LinkProtocol.Version)
            {
                return FrameKind.OtherVersion;
            }

            if (Number == 0 || NonceOf(frame) != Nonce)
            {
                return FrameKind.Opening;
            }

            if (frame.Sequence == LastSequence)
            {
                return FrameKind.Repeated;
            }

            _counters.SequenceErrors++;
            return FrameKind.LateCopy;
        }

        private static uint NonceOf(FrameReader hello)
        {
            return LittleEndian.ReadUInt32(hello.Frame, LinkProtocol.HeaderLength + 2);
        }
    }
}
