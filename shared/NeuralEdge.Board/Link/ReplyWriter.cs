using System;
using NeuralEdge.Board.Security;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Link
{
    /// <summary>Writes the data of replies: the answers of the board in the layouts of PROTOCOL.md, section 4.</summary>
    internal sealed class ReplyWriter
    {
        private readonly IModelUpdates _updates;
        private readonly ILiveValues _values;
        private readonly IQuestions _questions;
        private readonly IInfoSource _source;
        private readonly LinkCounters _counters;
        private readonly BoardSecurity _security;
        private readonly IBoardRecords _records;
        private readonly BoardInfo _info = new BoardInfo();

        internal ReplyWriter(IModelUpdates updates, ILiveValues values, IQuestions questions, IInfoSource source, LinkCounters counters, BoardSecurity security, IBoardRecords records)
        {
            _records = records;
            _security = security;
            _updates = updates;
            _values = values;
            _questions = questions;
            _source = source;
            _counters = counters;
        }

        /// <summary>Writes a refusal.</summary>
        /// <returns>Bytes of data.</returns>
        internal static int WriteRefusal(byte[] data, RequestStatus status, int code, int where)
        {
            int at = LinkProtocol.HeaderLength;
            data[at] = (byte)status;
            data[at + 1] = (byte)code;
            LittleEndian.WriteInt32(data, at + 2, where);
            return LinkProtocol.RefusalLength;
        }

        /// <summary>Writes the refusal of a request with what is known about it.</summary>
        /// <param name="data">The frame being built.</param>
        /// <param name="type">Type of the request.</param>
        /// <param name="status">Why it is refused.</param>
        /// <param name="refusedInput">The input of a question that was refused, if that is why.</param>
        /// <returns>Bytes of data.</returns>
        internal int WriteRefusalOf(byte[] data, int type, RequestStatus status, int refusedInput)
        {
            switch (status)
            {
                case RequestStatus.UnknownRequest:
                    return WriteRefusal(data, status, 0, type);

                case RequestStatus.InputCount:
                    return WriteRefusal(data, status, 0, _values.InputCount);

                case RequestStatus.InputRange:
                    return WriteRefusal(data, status, 0, refusedInput);

                case RequestStatus.Locked:
                    return WriteRefusal(data, status, 0, _security.Requests.LockedMs);

                case RequestStatus.OldModel:
                    return WriteRefusal(data, status, 0, (int)_security.Keys.SecurityNumber);

                case RequestStatus.BadRequest:
                case RequestStatus.Fault:
                case RequestStatus.NotAuthorised:
                    return WriteRefusal(data, status, 0, 0);

                default:
                    return WriteRefusal(data, status, _updates.RefusalCode, _updates.RefusalWhere);
            }
        }

        /// <summary>Writes the answer to HELLO.</summary>
        /// <returns>Bytes of data.</returns>
        internal int WriteHello(byte[] data, int session, uint nonce)
        {
            int at = LinkProtocol.HeaderLength;
            _source.Report(_info);
            data[at] = (byte)RequestStatus.Ok;
            data[at + 1] = LinkProtocol.Version;
            LittleEndian.WriteUInt16(data, at + 2, session);
            LittleEndian.WriteUInt16(data, at + 4, LinkProtocol.MaxChunk);
            LittleEndian.WriteUInt16(data, at + 6, LinkProtocol.MaxData);
            LittleEndian.WriteInt32(data, at + 8, _info.MaxModelBytes);
            LittleEndian.WriteUInt32(data, at + 12, nonce);
            return 16;
        }

        /// <summary>Writes the answer to a request that was carried out.</summary>
        /// <param name="data">The frame being built.</param>
        /// <param name="request">The request.</param>
        /// <param name="asked">The request's frame.</param>
        /// <param name="askedAt">Index in it of the request's data.</param>
        /// <param name="questionNext">The next input a question waits for, 0 when it is complete.</param>
        /// <returns>Bytes of data.</returns>
        internal int Write(byte[] data, LinkRequest request, byte[] asked, int askedAt, int questionNext)
        {
            int at = LinkProtocol.HeaderLength;
            data[at] = (byte)RequestStatus.Ok;
            switch (request)
            {
                case LinkRequest.Info:
                    _source.Report(_info);
                    InfoReply.Write(_info, _counters, data, at);
                    return InfoReply.Length;

                case LinkRequest.Begin:
                    LittleEndian.WriteInt32(data, at + 1, _updates.UploadOffset);
                    LittleEndian.WriteUInt32(data, at + 5, _updates.UploadCheck);
                    return 9;

                case LinkRequest.Data:
                    LittleEndian.WriteInt32(data, at + 1, _updates.UploadOffset);
                    return 5;

                case LinkRequest.Commit:
                case LinkRequest.Confirm:
                case LinkRequest.Revert:
                    _source.Report(_info);
                    data[at + 1] = (byte)_info.State;
                    data[at + 2] = _info.Slot;
                    LittleEndian.WriteUInt32(data, at + 3, _info.Sequence);
                    LittleEndian.WriteUInt32(data, at + 7, _info.Digest);
                    return 11;

                case LinkRequest.Ask:
                    if (questionNext != 0)
                    {
                        LittleEndian.WriteUInt16(data, at + 1, questionNext);
                        return 3;
                    }

                    return WriteAnswer(data, at, 0);

                case LinkRequest.Answer:
                    return WriteAnswer(data, at, LittleEndian.ReadUInt16(asked, askedAt));

                case LinkRequest.Read:
                    int position = LittleEndian.ReadInt32(asked, askedAt);
                    int count = LittleEndian.ReadUInt16(asked, askedAt + 4);
                    LittleEndian.WriteInt32(data, at + 1, position);
                    return 5 + _updates.ReadModel(position, data, at + 5, count);

                case LinkRequest.Correction:
                    return 1 + _records.WriteCorrection(asked[askedAt], data, at + 1);

                case LinkRequest.Challenge:
                    Array.Copy(_security.Requests.Nonce, 0, data, at + 1, KeyedMessages.NonceLength);
                    Array.Copy(_security.Keys.Ids, 0, data, at + 1 + KeyedMessages.NonceLength, 2 * KeyedMessages.KeyIdLength);
                    return 1 + KeyedMessages.NonceLength + 2 * KeyedMessages.KeyIdLength;

                default:
                    return 1;
            }
        }

        private int WriteAnswer(byte[] data, int at, int first)
        {
            int total = _questions.AnswerCount;
            int count = total - first;
            if (count > LinkProtocol.MaxAnswerOutputs)
            {
                count = LinkProtocol.MaxAnswerOutputs;
            }

            LittleEndian.WriteUInt16(data, at + 1, first);
            LittleEndian.WriteUInt16(data, at + 3, total);
            for (int i = 0; i < count; i++)
            {
                LittleEndian.WriteInt32(data, at + 5 + i * 4, _questions.GetAnswer(first + i));
            }

            data[at + 5 + count * 4] = (byte)(_questions.IsAnswerSaturated ? LinkProtocol.Saturated : 0);
            return 6 + count * 4;
        }
    }
}
