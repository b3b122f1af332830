using System;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// The board's side of the link: finds requests in the stream, has the board carry them out, and answers each
    /// valid one once. What was said twice is answered twice and done once.
    /// </summary>
    /// <remarks>
    /// The control loop calls <see cref="Step"/> between inferences as often as it has time. A step never waits for
    /// the line, allocates nothing, throws nothing but what Reset throws, and is bounded: one slice sent, or one slice received with at most
    /// one request, and one slice of the operation at work.
    /// </remarks>
    public sealed class LinkServer
    {
        /// <summary>Most bytes received by one step.</summary>
        public const int ReceiveSlice = 128;

        /// <summary>Most bytes sent by one step: 5.6 ms at 115200 baud, because writing to the port waits.</summary>
        public const int SendSlice = 64;

        private readonly IByteLink _link;
        private readonly IBoardService _board;
        private readonly LinkCounters _counters = new LinkCounters();
        private readonly FrameReader _reader;
        private readonly FrameWriter _writer = new FrameWriter();
        private readonly ReplyWriter _replies;
        private readonly WireSender _sender;
        private readonly LiveEvents _live;

        // The last reply is kept to be repeated, so everything else is sent from a buffer of its own.
        private readonly byte[] _reply = new byte[LinkProtocol.MaxWire];
        private readonly byte[] _other = new byte[LinkProtocol.MaxWire];
        private int _replyLength;

        private uint _nonce;
        private int _session; // 0 = none
        private int _lastSequence;
        private int _working; // type of the request at work, 0 = none
        private bool _orphaned; // the operation at work belongs to a session that has ended
        private bool _resetting;
        private bool _waiting; // a valid frame is read and not yet handled
        private int _questionNext;

        /// <summary>Makes the server of one line.</summary>
        /// <param name="link">The line.</param>
        /// <param name="board">What carries out the requests.</param>
        public LinkServer(IByteLink link, IBoardService board)
        {
            _link = link;
            _board = board;
            _reader = new FrameReader(_counters, ReceiveSlice);
            _replies = new ReplyWriter(board, _counters);
            _sender = new WireSender(link, _counters);
            _live = new LiveEvents(board, _counters);
        }

        /// <summary>What the link has seen since the start.</summary>
        public LinkCounters Counters
        {
            get { return _counters; }
        }

        /// <summary>True while an operation (a test of an upload, for example) is at work.</summary>
        public bool IsWorking
        {
            get { return _working != 0; }
        }

        /// <summary>Changes to flash that the last step made; each may block every thread for long.</summary>
        public int FlashWrites { get; private set; }

        /// <summary>Does one bounded piece of work.</summary>
        /// <param name="uptimeMs">Milliseconds since the board started.</param>
        /// <param name="flashWrites">
        /// Changes to flash there is time for. A request that needs more waits, and nothing is received meanwhile.
        /// </param>
        /// <returns>True when there is more to do right now, false when the line is quiet or a request waits.</returns>
        public bool Step(long uptimeMs, int flashWrites = int.MaxValue)
        {
            bool more = false;
            FlashWrites = 0;
            if (_sender.IsSending)
            {
                Send();
                more = true;
            }
            else if (_waiting || Receive(uptimeMs))
            {
                more = !_waiting || Handle(uptimeMs, flashWrites);
            }

            if (_working != 0)
            {
                more = true;

                // Its answer must not cut off a frame that is being sent.
                if (!_sender.IsSending)
                {
                    Poll();
                }
            }

            if (_live.IsDue(uptimeMs, !_sender.IsSending))
            {
                SendLive((uint)uptimeMs);
            }

            return more || _sender.IsSending;
        }

        private void Send()
        {
            if (_sender.Step(SendSlice) && _resetting)
            {
                _resetting = false;
                _board.Reset();
            }
        }

        private void SendLive(uint uptimeMs)
        {
            try
            {
                int dataLength = _live.Write(_writer.Frame, uptimeMs);
                _sender.Start(_other, _writer.Finish(LinkProtocol.LiveEvent, 0, _session, dataLength, _other));
            }
            catch (Exception)
            {
                _live.Stop();
            }
        }

        private bool Receive(long nowMs)
        {
            bool valid;
            try
            {
                valid = _reader.Read(_link, nowMs);
            }
            catch (Exception)
            {
                _counters.PortErrors++;
                _reader.Clear();
                return false;
            }

            _waiting = valid;
            return valid || _reader.Received > 0;
        }

        /// <summary>Carries out the request that waits, if there is time for what it writes.</summary>
        private bool Handle(long nowMs, int flashWrites)
        {
            int needed = WritesOf((LinkRequest)_reader.Type);
            if (needed > flashWrites)
            {
                return false;
            }

            _waiting = false;
            FlashWrites = needed;
            Handle(nowMs);
            return true;
        }

        /// <summary>How many changes to flash a request makes.</summary>
        private static int WritesOf(LinkRequest request)
        {
            switch (request)
            {
                case LinkRequest.Begin:
                case LinkRequest.Data:
                case LinkRequest.Abort:
                    return 1;

                case LinkRequest.Confirm:
                case LinkRequest.Revert:
                    // A decision is kept twice.
                    return 2;

                default:
                    return 0;
            }
        }

        private void Handle(long nowMs)
        {
            int type = _reader.Type;
            if (_reader.Version != LinkProtocol.Version || type == 0 || (type & 0xC0) != 0)
            {
                _counters.NoRequests++;
                return;
            }

            if (type == (int)LinkRequest.Hello)
            {
                Hello();
                return;
            }

            if (_session == 0 || _reader.Session != _session)
            {
                _counters.SessionErrors++;
                RefuseAside(LinkStatus.Session);
                return;
            }

            _live.KeepAlive(nowMs);
            int sequence = _reader.Sequence;
            if (sequence == _lastSequence)
            {
                if (_working != 0 && !_orphaned)
                {
                    RefuseAside(LinkStatus.Working);
                }
                else
                {
                    _counters.Repeats++;
                    _sender.Start(_reply, _replyLength);
                }

                return;
            }

            if (sequence != ((_lastSequence + 1) & 0xFFFF))
            {
                _counters.SequenceErrors++;
                return;
            }

            if (_working != 0)
            {
                RefuseAside(LinkStatus.Busy);
                return;
            }

            _lastSequence = sequence;
            LinkStatus status;
            try
            {
                status = Execute((LinkRequest)type);
            }
            catch (Exception)
            {
                status = LinkStatus.Fault;
            }

            if (status == LinkStatus.Working)
            {
                _working = type;
                _orphaned = false;
            }
            else
            {
                Answer(type, status);
            }
        }

        /// <summary>
        /// Opens a session. The host's nonce tells a new HELLO from a late copy of the one that opened the current
        /// session: a copy must not end what it began.
        /// </summary>
        private void Hello()
        {
            byte[] frame = _reader.Frame;
            if (_reader.DataLength < 6)
            {
                _counters.LengthErrors++;
                return;
            }

            int at = LinkProtocol.HeaderLength;
            uint nonce = LittleEndian.ReadUInt32(frame, at + 2);
            if (frame[at] > LinkProtocol.Version || frame[at + 1] < LinkProtocol.Version)
            {
                ReplyWriter.WriteRefusal(_writer.Frame, LinkStatus.Version, LinkProtocol.Version, LinkProtocol.Version);
                SendAside(LinkProtocol.RefusalLength);
                return;
            }

            if (_session != 0 && nonce == _nonce)
            {
                if (_reader.Sequence == _lastSequence && (_working == 0 || _orphaned))
                {
                    _counters.Repeats++;
                    _sender.Start(_reply, _replyLength);
                }
                else
                {
                    _counters.SequenceErrors++;
                }

                return;
            }

            if (_working != 0)
            {
                _orphaned = true;
                try
                {
                    _board.Cancel();
                }
                catch (Exception)
                {
                }
            }

            // Differs from the session before, and nearly always from those before a restart, which other nonces began.
            int session = (int)(nonce ^ nonce >> 16) & 0xFFFF;
            if (session == 0 || session == _session)
            {
                session = session == 0xFFFF ? 1 : session + 1;
            }

            _nonce = nonce;
            _session = session;
            _lastSequence = _reader.Sequence;
            _questionNext = 0;
            _live.Stop();
            Answer((int)LinkRequest.Hello, LinkStatus.Ok);
        }

        private LinkStatus Execute(LinkRequest request)
        {
            byte[] frame = _reader.Frame;
            int at = LinkProtocol.HeaderLength;
            int length = _reader.DataLength;
            if (request != LinkRequest.Ask)
            {
                // The parts of a question follow each other: whatever comes between them may change the model.
                _questionNext = 0;
            }

            switch (request)
            {
                case LinkRequest.Info:
                case LinkRequest.Reset:
                    return length == 0 ? LinkStatus.Ok : LinkStatus.BadRequest;

                case LinkRequest.Begin:
                    return length == 8
                        ? _board.Begin(LittleEndian.ReadInt32(frame, at), LittleEndian.ReadUInt32(frame, at + 4))
                        : LinkStatus.BadRequest;

                case LinkRequest.Data:
                    return length >= 4 && length <= 4 + LinkProtocol.MaxChunk
                        ? _board.Append(LittleEndian.ReadInt32(frame, at), frame, at + 4, length - 4)
                        : LinkStatus.BadRequest;

                case LinkRequest.Commit:
                    return length == 0 ? _board.Commit() : LinkStatus.BadRequest;

                case LinkRequest.Confirm:
                    return length == 0 ? _board.Confirm() : LinkStatus.BadRequest;

                case LinkRequest.Revert:
                    return length == 0 ? _board.Revert() : LinkStatus.BadRequest;

                case LinkRequest.Abort:
                    return length == 0 ? _board.Abort() : LinkStatus.BadRequest;

                case LinkRequest.Ask:
                    return Ask(frame, at, length);

                case LinkRequest.Answer:
                    return length == 2 && LittleEndian.ReadUInt16(frame, at) <= _board.AnswerCount
                        ? LinkStatus.Ok
                        : LinkStatus.BadRequest;

                case LinkRequest.Read:
                    return length == 6
                        && LittleEndian.ReadInt32(frame, at) >= 0
                        && LittleEndian.ReadUInt16(frame, at + 4) <= LinkProtocol.MaxChunk
                        ? LinkStatus.Ok
                        : LinkStatus.BadRequest;

                case LinkRequest.Subscribe:
                    if (length != 2)
                    {
                        return LinkStatus.BadRequest;
                    }

                    _live.Subscribe(LittleEndian.ReadUInt16(frame, at));
                    return LinkStatus.Ok;

                default:
                    return LinkStatus.UnknownRequest;
            }
        }

        private LinkStatus Ask(byte[] frame, int at, int length)
        {
            int first = length >= 4 ? LittleEndian.ReadUInt16(frame, at) : 0;
            int total = length >= 4 ? LittleEndian.ReadUInt16(frame, at + 2) : 0;
            int count = (length - 4) / 4;
            if (length < 8 || length != 4 + count * 4 || count > LinkProtocol.MaxAskInputs || count > total - first)
            {
                return LinkStatus.BadRequest;
            }

            if (total != _board.InputCount)
            {
                return LinkStatus.InputCount;
            }

            // Parts come in order; the first one begins a new question.
            if (first == 0)
            {
                _questionNext = 0;
            }

            if (first != _questionNext)
            {
                return LinkStatus.BadRequest;
            }

            for (int i = 0; i < count; i++)
            {
                LinkStatus status = _board.SetQuestion(first + i, LittleEndian.ReadInt32(frame, at + 4 + i * 4));
                if (status != LinkStatus.Ok)
                {
                    _questionNext = 0;
                    return status;
                }
            }

            _questionNext = first + count;
            if (_questionNext < total)
            {
                return LinkStatus.Ok;
            }

            _questionNext = 0;
            return _board.Ask();
        }

        private void Poll()
        {
            LinkStatus status;
            try
            {
                status = _board.Poll();
            }
            catch (Exception)
            {
                status = LinkStatus.Fault;
            }

            if (status == LinkStatus.Working)
            {
                return;
            }

            int type = _working;
            _working = 0;
            if (!_orphaned)
            {
                Answer(type, status);
            }
        }

        /// <summary>Builds the reply to the request with the last sequence, keeps it and sends it.</summary>
        private void Answer(int type, LinkStatus status)
        {
            int length;
            try
            {
                length = status == LinkStatus.Ok ? Reply((LinkRequest)type) : _replies.WriteRefusalOf(_writer.Frame, type, status);
            }
            catch (Exception)
            {
                length = ReplyWriter.WriteRefusal(_writer.Frame, LinkStatus.Fault, 0, 0);
            }

            _replyLength = _writer.Finish(type | LinkProtocol.Reply, _lastSequence, _session, length, _reply);
            _sender.Start(_reply, _replyLength);
        }

        private int Reply(LinkRequest request)
        {
            // The restart follows when the reply has gone.
            _resetting = request == LinkRequest.Reset;
            return request == LinkRequest.Hello
                ? _replies.WriteHello(_writer.Frame, _session, _nonce)
                : _replies.Write(_writer.Frame, request, _reader.Frame, _questionNext);
        }

        /// <summary>Refuses the frame just read without forgetting the stored reply.</summary>
        private void RefuseAside(LinkStatus status)
        {
            ReplyWriter.WriteRefusal(_writer.Frame, status, 0, 0);
            SendAside(LinkProtocol.RefusalLength);
        }

        private void SendAside(int dataLength)
        {
            int length = _writer.Finish(
                _reader.Type | LinkProtocol.Reply, _reader.Sequence, _reader.Session, dataLength, _other);
            _sender.Start(_other, length);
        }
    }
}
