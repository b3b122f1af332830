using NeuralEdge.Board.Security;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Link
{
    /// <summary>Carries out requests: reads their data as PROTOCOL.md has it in section 4, and has the board do what they ask for.</summary>
    internal sealed class RequestHandler
    {
        private readonly IModelUpdates _updates;
        private readonly ILiveValues _values;
        private readonly IQuestions _questions;
        private readonly LiveEvents _live;
        private readonly CountEvents _counts;
        private readonly BoardSecurity _security;
        private readonly IBoardRecords _records;

        internal RequestHandler(
            IModelUpdates updates, ILiveValues values, IQuestions questions, LiveEvents live, CountEvents counts, BoardSecurity security, IBoardRecords records)
        {
            _records = records;
            _security = security;
            _updates = updates;
            _values = values;
            _questions = questions;
            _live = live;
            _counts = counts;
        }

        /// <summary>The next input that a question waits for, 0 when it is complete.</summary>
        internal int NextInput { get; private set; }

        /// <summary>The input that was refused with <see cref="RequestStatus.InputRange"/>.</summary>
        internal int RefusedInput { get; private set; }

        /// <summary>How many changes to flash a request makes.</summary>
        internal static int FlashWritesOf(int type)
        {
            switch ((LinkRequest)type)
            {
                case LinkRequest.Begin:
                case LinkRequest.Data:
                case LinkRequest.Abort:
                    return 1;

                case LinkRequest.Confirm:
                case LinkRequest.Revert:
                case LinkRequest.Name:
                case LinkRequest.Correct:
                    // What is decided is kept twice.
                    return 2;

                default:
                    return 0;
            }
        }

        /// <summary>Another host has come, or other keys: what the last one began is not for it.</summary>
        internal void Forget()
        {
            NextInput = 0;
            _live.Stop();
            _counts.Stop();
            _questions.Forget();
        }

        /// <summary>Carries out a request.</summary>
        /// <param name="type">What it asks for.</param>
        /// <param name="frame">The frame it is in.</param>
        /// <param name="at">Index of its data.</param>
        /// <param name="length">Bytes of its data.</param>
        /// <param name="uptimeMs">Milliseconds since the start.</param>
        /// <returns>How it ended, or Working.</returns>
        internal RequestStatus Execute(LinkRequest type, byte[] frame, int at, int length, long uptimeMs)
        {
            if (type != LinkRequest.Ask && type != LinkRequest.Challenge)
            {
                // The parts of a question follow each other: whatever comes between them may change the model.
                NextInput = 0;
            }

            switch (type)
            {
                case LinkRequest.Info:
                case LinkRequest.Reset:
                    return length == 0 ? RequestStatus.Ok : RequestStatus.BadRequest;

                case LinkRequest.Begin:
                    return length == 8
                        ? _updates.Begin(LittleEndian.ReadInt32(frame, at), LittleEndian.ReadUInt32(frame, at + 4))
                        : RequestStatus.BadRequest;

                case LinkRequest.Data:
                    return length >= 4 && length <= 4 + LinkProtocol.MaxChunk
                        ? _updates.Append(LittleEndian.ReadInt32(frame, at), frame, at + 4, length - 4)
                        : RequestStatus.BadRequest;

                case LinkRequest.Commit:
                    return Commit(frame, at, length);

                case LinkRequest.Confirm:
                    return length == 9 && frame[at + 8] <= LinkProtocol.Anyway
                        ? _updates.Confirm(LittleEndian.ReadUInt32(frame, at), LittleEndian.ReadUInt32(frame, at + 4), frame[at + 8] != 0)
                        : RequestStatus.BadRequest;

                case LinkRequest.Revert:
                    return length == 8
                        ? _updates.Revert(LittleEndian.ReadUInt32(frame, at), LittleEndian.ReadUInt32(frame, at + 4))
                        : RequestStatus.BadRequest;

                case LinkRequest.Abort:
                    return length == 0 ? _updates.Abort() : RequestStatus.BadRequest;

                case LinkRequest.Ask:
                    return Ask(frame, at, length);

                case LinkRequest.Answer:
                    return length == 2 && LittleEndian.ReadUInt16(frame, at) <= _questions.AnswerCount
                        ? RequestStatus.Ok
                        : RequestStatus.BadRequest;

                case LinkRequest.Read:
                    return length == 6
                        && LittleEndian.ReadInt32(frame, at) >= 0
                        && LittleEndian.ReadUInt16(frame, at + 4) <= LinkProtocol.MaxChunk
                        ? RequestStatus.Ok
                        : RequestStatus.BadRequest;

                case LinkRequest.Subscribe:
                    if (length != 2)
                    {
                        return RequestStatus.BadRequest;
                    }

                    _live.Subscribe(LittleEndian.ReadUInt16(frame, at));
                    return RequestStatus.Ok;

                case LinkRequest.Counts:
                    return _counts.Subscribe(frame, at, length, uptimeMs);

                case LinkRequest.Name:
                    return _records == null ? RequestStatus.UnknownRequest : _records.SetName(frame, at, length);

                case LinkRequest.Correct:
                    return _records == null ? RequestStatus.UnknownRequest : _records.Correct(frame, at, length);

                case LinkRequest.Correction:
                    return _records == null ? RequestStatus.UnknownRequest
                        : length == 1 && _records.HasChannel(frame[at]) ? RequestStatus.Ok
                        : RequestStatus.BadRequest;

                case LinkRequest.Challenge:
                    return length == 0 ? _security.Requests.Challenge(uptimeMs) : RequestStatus.BadRequest;

                case LinkRequest.Provision:
                    return Provision(frame, at, length);

                default:
                    return RequestStatus.UnknownRequest;
            }
        }

        private RequestStatus Provision(byte[] frame, int at, int length)
        {
            RequestStatus status = _security == null ? RequestStatus.UnknownRequest : _security.Provision(frame, at, length);
            if (status == RequestStatus.Ok)
            {
                // Whoever began to read may not be one who may.
                Forget();
            }

            return status;
        }

        private RequestStatus Commit(byte[] frame, int at, int length)
        {
            RequestStatus status = _security != null ? _security.Models.Expect(frame, at, length)
                : length == 0 ? RequestStatus.Ok
                : RequestStatus.BadRequest;
            return status == RequestStatus.Ok ? _updates.Commit() : status;
        }

        private RequestStatus Ask(byte[] frame, int at, int length)
        {
            int first = length >= 4 ? LittleEndian.ReadUInt16(frame, at) : 0;
            int total = length >= 4 ? LittleEndian.ReadUInt16(frame, at + 2) : 0;
            int count = (length - 4) / 4;
            if (length < 8 || length != 4 + count * 4 || count > LinkProtocol.MaxAskInputs || count > total - first)
            {
                return RequestStatus.BadRequest;
            }

            if (total != _values.InputCount)
            {
                return RequestStatus.InputCount;
            }

            // Parts come in order; the first one begins a new question.
            if (first == 0)
            {
                NextInput = 0;
            }

            if (first != NextInput)
            {
                return RequestStatus.BadRequest;
            }

            for (int i = 0; i < count; i++)
            {
                RequestStatus status = _questions.Set(first + i, LittleEndian.ReadInt32(frame, at + 4 + i * 4));
                if (status != RequestStatus.Ok)
                {
                    RefusedInput = first + i;
                    NextInput = 0;
                    return status;
                }
            }

            NextInput = first + count;
            if (NextInput == total)
            {
                NextInput = 0;
                _questions.Ask();
            }

            return RequestStatus.Ok;
        }
    }
}
