using System;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// The board's side of the link: finds requests in the stream, has the board carry them out, and answers each
    /// valid one once. What was said twice is answered twice and done once.
    /// </summary>
    /// <remarks>
    /// The board calls <see cref="Step"/> between inferences as often as it has time. A step never waits for
    /// the line, allocates nothing, throws nothing, and is bounded: one slice sent, or one slice received with at most
    /// one request, one slice of the operation at work, and the conversions of one channel for COUNTS.
    /// </remarks>
    public sealed class LinkServer
    {
        /// <summary>Most bytes received by one step.</summary>
        public const int ReceiveSlice = 128;

        /// <summary>Most bytes sent by one step: half of what a UART's FIFO holds.</summary>
        public const int SendSlice = 64;

        /// <summary>Milliseconds after the last byte for which the line counts as busy.</summary>
        public const int BusyMs = 50;

        private readonly IByteLink _link;
        private readonly IModelUpdates _updates;
        private readonly LinkCounters _counters = new LinkCounters();
        private readonly FrameReader _reader;
        private readonly FrameWriter _writer = new FrameWriter();
        private readonly LinkSession _session;
        private readonly BoardSecurity _security;
        private readonly RequestGate _gate;
        private readonly RequestHandler _requests;
        private readonly ReplyWriter _replies;
        private readonly WireSender _sender;
        private readonly LiveEvents _live;
        private readonly CountEvents _counts;
        private readonly PortWatch _port;

        // The last reply is kept to be repeated, so everything else is sent from a buffer of its own.
        private readonly byte[] _reply = new byte[LinkProtocol.MaxWire];
        private readonly byte[] _other = new byte[LinkProtocol.MaxWire];
        private int _replyLength;

        private int _working; // type of the frame whose request is at work, 0 = none
        private int _workingRequest; // type of that request, another one when the frame is SIGNED
        private bool _orphaned; // the operation at work belongs to a session that has ended
        private bool _resetting;
        private bool _waiting; // a valid frame is read and not yet handled
        private long _lastByteMs = -BusyMs;

        /// <summary>Makes the server of one line.</summary>
        /// <param name="link">The line.</param>
        /// <param name="updates">What uploads, confirms and takes back models.</param>
        /// <param name="values">What the last inference read and did.</param>
        /// <param name="questions">What answers ASK.</param>
        /// <param name="info">What INFO reports.</param>
        /// <param name="security">What tells the owner of the board from others; null for a board that cannot be keyed.</param>
        /// <param name="counts">What reads ADC channels for COUNTS; null for a board that does not.</param>
        /// <param name="records">What the board keeps about itself; null for a board that keeps nothing.</param>
        public LinkServer(
            IByteLink link,
            IModelUpdates updates,
            ILiveValues values,
            IQuestions questions,
            IInfoSource info,
            BoardSecurity security = null,
            ICounts counts = null,
            IBoardRecords records = null)
        {
            _security = security;
            _gate = new RequestGate(security);
            _link = link;
            _updates = updates;
            _reader = new FrameReader(_counters, ReceiveSlice);
            _session = new LinkSession(_counters);
            _sender = new WireSender(link, _counters);
            _live = new LiveEvents(values, _counters);
            _counts = new CountEvents(counts, _counters);
            _port = new PortWatch(_counters);
            _requests = new RequestHandler(updates, values, questions, _live, _counts, security, records);
            _replies = new ReplyWriter(updates, values, questions, info, _counters, security, records);
        }

        /// <summary>What the link has seen since the start.</summary>
        public LinkCounters Counters
        {
            get { return _counters; }
        }

        /// <summary>Changes to flash that the last step made; each may block every thread for long.</summary>
        public int FlashWrites { get; private set; }

        /// <summary>True when the last step has sent the rest of the reply to RESET: the board is to restart now.</summary>
        public bool ResetIsDue { get; private set; }

        /// <summary>Does one bounded piece of work.</summary>
        /// <param name="uptimeMs">Milliseconds since the board started.</param>
        /// <param name="flashWrites">
        /// Changes to flash there is time for. A request that needs more waits, and nothing is received meanwhile.
        /// </param>
        /// <returns>True when there is more to do right now, false when the line is quiet, its transmitter is full, or a request waits.</returns>
        public bool Step(long uptimeMs, int flashWrites = int.MaxValue)
        {
            bool more = false;
            FlashWrites = 0;
            ResetIsDue = false;
            if (_sender.IsSending)
            {
                more = Send(uptimeMs);
            }
            else if (_waiting || Receive(uptimeMs))
            {
                more = !_waiting || HandleInTime(uptimeMs, flashWrites);
            }

            if (_working == 0 && !_waiting && !_sender.IsSending && _port.IsSuspect(uptimeMs))
            {
                Reopen(uptimeMs);
            }

            bool wasSending = _sender.IsSending;
            if (_working != 0)
            {
                more = true;

                // Its answer must not cut off a frame that is being sent.
                if (!_sender.IsSending)
                {
                    Poll();
                }
            }

            // Before live events, which a line that is too slow for both leaves out: a recording cannot be repeated.
            more |= _counts.Step(uptimeMs);
            if (_counts.HasRow && !_sender.IsSending)
            {
                SendCounts();
            }

            if (_live.IsDue(uptimeMs, !_sender.IsSending))
            {
                SendLive((uint)uptimeMs);
            }

            return more || (_sender.IsSending && !wasSending);
        }

        /// <summary>True while a frame waits for room in the transmitter.</summary>
        public bool IsSending
        {
            get { return _sender.IsSending; }
        }

        /// <summary>Whether bytes came or went a moment ago, so that more may follow at once, or some wait to be sent.</summary>
        /// <param name="nowMs">Milliseconds since the board started.</param>
        public bool IsBusy(long nowMs)
        {
            return _sender.IsSending || nowMs - _lastByteMs < BusyMs;
        }

        /// <summary>Whether a row of counts is due by a time, so that a coarse sleep would make it late.</summary>
        /// <param name="byMs">Milliseconds since the board started.</param>
        public bool CountsAreDue(long byMs)
        {
            return _counts.IsDue(byMs);
        }

        private bool Send(long nowMs)
        {
            if (_sender.Step(SendSlice) && _resetting)
            {
                _resetting = false;
                ResetIsDue = true;
            }

            if (_sender.Sent == 0)
            {
                return !_sender.IsSending;
            }

            _lastByteMs = nowMs;
            return true;
        }

        private void Reopen(long nowMs)
        {
            _reader.Clear();
            try
            {
                _link.Reopen();
            }
            catch (Exception)
            {
                _counters.PortErrors++;
            }

            _port.Reopened(nowMs);
        }

        private void SendLive(uint uptimeMs)
        {
            try
            {
                int dataLength = _live.Write(_writer.Frame, uptimeMs);
                _sender.Start(_other, _writer.Finish(LinkProtocol.LiveEvent, 0, _session.Number, dataLength, _other));
            }
            catch (Exception)
            {
                _live.Stop();
            }
        }

        private void SendCounts()
        {
            int dataLength = _counts.Write(_writer.Frame);
            _sender.Start(_other, _writer.Finish(LinkProtocol.CountsEvent, 0, _session.Number, dataLength, _other));
        }

        private void KeepAlive(long nowMs)
        {
            _live.KeepAlive(nowMs);
            _counts.KeepAlive(nowMs);
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

            if (_reader.Received > 0)
            {
                _lastByteMs = nowMs;
                _port.Received(nowMs);
            }

            _waiting = valid;
            return valid || _reader.Received > 0;
        }

        /// <summary>Handles the frame that waits, if there is time for what it writes.</summary>
        private bool HandleInTime(long nowMs, int flashWrites)
        {
            int own = RequestHandler.FlashWritesOf(RequestGate.TypeOf(_reader));
            int guards = RequestGate.FlashWritesOf(_reader);
            if (own + guards > flashWrites)
            {
                return false;
            }

            _waiting = false;
            FlashWrites = own;
            Handle(nowMs);
            if (guards != 0 && _security != null)
            {
                // Seldom as many as there may be.
                FlashWrites = (_gate.Type == (int)LinkRequest.Signed ? 0 : own) + _security.Keys.TakeWrites();
            }

            return true;
        }

        private void Handle(long nowMs)
        {
            FrameKind kind = _session.Judge(_reader);
            switch (kind)
            {
                case FrameKind.Opening:
                    _port.Succeeded(false);
                    Open();
                    return;

                case FrameKind.OtherVersion:
                    RefuseAside(RequestStatus.Version, LinkProtocol.Version, LinkProtocol.Version);
                    return;

                case FrameKind.OtherSession:
                    RefuseAside(RequestStatus.Session, 0, 0);
                    return;

                case FrameKind.Ignored:
                    return;
            }

            if (kind == FrameKind.Next || kind == FrameKind.Repeated)
            {
                _port.Succeeded(kind == FrameKind.Repeated);
            }

            if (!_gate.ReadingIsClosed)
            {
                KeepAlive(nowMs);
            }

            if (kind == FrameKind.Repeated)
            {
                Repeat();
            }
            else if (kind == FrameKind.Next && _working != 0)
            {
                RefuseAside(RequestStatus.Busy, 0, 0);
            }
            else if (kind == FrameKind.Next)
            {
                Execute(nowMs);
            }
        }

        /// <summary>Opens a session; what the one before had begun ends with it.</summary>
        private void Open()
        {
            if (_working != 0)
            {
                _orphaned = true;
                try
                {
                    _updates.Cancel();
                }
                catch (Exception)
                {
                }
            }

            _session.Open(_reader);
            _requests.Forget();
            Answer((int)LinkRequest.Hello, (int)LinkRequest.Hello, RequestStatus.Ok);
        }

        private void Repeat()
        {
            if (_working != 0 && !_orphaned)
            {
                RefuseAside(RequestStatus.Working, 0, 0);
            }
            else
            {
                _counters.Repeats++;
                _sender.Start(_reply, _replyLength);
            }
        }

        private void Execute(long nowMs)
        {
            int type = _reader.Type;
            _session.Accept(_reader);
            RequestStatus status;
            try
            {
                status = _gate.Admit(_reader, nowMs);
                if (status == RequestStatus.Ok)
                {
                    if (type == (int)LinkRequest.Signed)
                    {
                        KeepAlive(nowMs);
                    }

                    status = _requests.Execute((LinkRequest)_gate.Type, _reader.Frame, _gate.At, _gate.Length, nowMs);
                }
            }
            catch (Exception)
            {
                status = RequestStatus.Fault;
            }

            if (status == RequestStatus.Working)
            {
                _working = type;
                _workingRequest = _gate.Type;
                _orphaned = false;
            }
            else
            {
                Answer(type, _gate.Type, status);
            }
        }

        private void Poll()
        {
            RequestStatus status;
            try
            {
                status = _updates.Poll();
            }
            catch (Exception)
            {
                status = RequestStatus.Fault;
            }

            if (status == RequestStatus.Working)
            {
                return;
            }

            int type = _working;
            _working = 0;
            if (!_orphaned)
            {
                Answer(type, _workingRequest, status);
            }
        }

        /// <summary>Builds the reply to the request with the last sequence, keeps it and sends it.</summary>
        /// <param name="type">Type of its frame.</param>
        /// <param name="request">Type of the request, another one when the frame is SIGNED.</param>
        /// <param name="status">How it ended.</param>
        private void Answer(int type, int request, RequestStatus status)
        {
            int length;
            try
            {
                length = status == RequestStatus.Ok ? Reply((LinkRequest)request) : _replies.WriteRefusalOf(_writer.Frame, request, status, _requests.RefusedInput);
            }
            catch (Exception)
            {
                length = ReplyWriter.WriteRefusal(_writer.Frame, RequestStatus.Fault, 0, 0);
            }

            _replyLength = _writer.Finish(type | LinkProtocol.Reply, _session.LastSequence, _session.Number, length, _reply);
            _sender.Start(_reply, _replyLength);
        }

        private int Reply(LinkRequest request)
        {
            // The restart follows when the reply has gone.
            _resetting = request == LinkRequest.Reset;
            return request == LinkRequest.Hello
                ? _replies.WriteHello(_writer.Frame, _session.Number, _session.Nonce)
                : _replies.Write(_writer.Frame, request, _reader.Frame, _gate.At, _requests.NextInput);
        }

        /// <summary>Refuses the frame just read without forgetting the stored reply.</summary>
        private void RefuseAside(RequestStatus status, int code, int where)
        {
            int dataLength = ReplyWriter.WriteRefusal(_writer.Frame, status, code, where);
            int length = _writer.Finish(
                _reader.Type | LinkProtocol.Reply, _reader.Sequence, _reader.Session, dataLength, _other);
            _sender.Start(_other, length);
        }
    }
}
