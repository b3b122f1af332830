using System;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// Samples ADC channels at a period that the host has asked for, a channel at a time, and writes each row as an event. At most one
    /// row waits for the line; rows for which there was no time keep their numbers, so that the host sees what it has not got.
    /// </summary>
    internal sealed class CountEvents
    {
        private const int FixedBytes = 4;
        private const int ChannelBytes = 2;

        private readonly ICounts _counts;
        private readonly LinkCounters _counters;
        private readonly byte[] _request = new byte[FixedBytes + (ChannelBytes * LinkProtocol.MaxCounts)];
        private readonly int[] _row = new int[LinkProtocol.MaxCounts];
        private int _channels; // 0 = off
        private int _periodMs;
        private long _dueMs;
        private uint _next; // number of the row that is due next
        private uint _number; // of the row at work
        private uint _startedMs; // when its first channel was read
        private int _read; // how many of its channels are read; 0 = no row at work
        private long _untilMs;

        internal CountEvents(ICounts counts, LinkCounters counters)
        {
            _counts = counts;
            _counters = counters;
        }

        /// <summary>Whether a whole row waits for the line.</summary>
        internal bool HasRow
        {
            get { return _channels != 0 && _read == _channels; }
        }

        /// <summary>Carries out COUNTS: begins, goes on, or ends.</summary>
        /// <param name="frame">The frame of the request.</param>
        /// <param name="at">Index of its data.</param>
        /// <param name="length">Bytes of its data.</param>
        /// <param name="nowMs">Milliseconds since the start.</param>
        internal RequestStatus Subscribe(byte[] frame, int at, int length, long nowMs)
        {
            if (_counts == null)
            {
                return RequestStatus.UnknownRequest;
            }

            int channels = (length - FixedBytes) / ChannelBytes;
            if (length < FixedBytes || length > _request.Length || length != FixedBytes + (ChannelBytes * channels))
            {
                return RequestStatus.BadRequest;
            }

            int periodMs = LittleEndian.ReadInt32(frame, at);
            if (periodMs < 0 || (periodMs == 0) != (channels == 0))
            {
                return RequestStatus.BadRequest;
            }

            for (int i = at + FixedBytes; i < at + length; i += ChannelBytes)
            {
                if (!_counts.Has(frame[i]) || frame[i + 1] > LinkProtocol.MaxCountsSamplesLog2)
                {
                    return RequestStatus.BadRequest;
                }
            }

            if (channels == 0)
            {
                Stop();
            }
            else if (!IsRunning(frame, at, length))
            {
                Array.Copy(frame, at, _request, 0, length);
                _channels = channels;
                _periodMs = periodMs;
                _dueMs = nowMs;
                _next = 0;
                _read = 0;
            }

            return RequestStatus.Ok;
        }

        /// <summary>Ends the events.</summary>
        internal void Stop()
        {
            _channels = 0;
        }

        /// <summary>Somebody who may read has spoken: the events go on.</summary>
        internal void KeepAlive(long nowMs)
        {
            _untilMs = nowMs + LinkProtocol.LiveLapseMs;
        }

        /// <summary>Whether there is a channel to read at a time.</summary>
        internal bool IsDue(long atMs)
        {
            return _channels != 0 && (_read != 0 || atMs >= _dueMs);
        }

        /// <summary>Reads the next channel of the row that is due.</summary>
        /// <param name="nowMs">Milliseconds since the start.</param>
        /// <returns>False when nothing was due.</returns>
        internal bool Step(long nowMs)
        {
            if (_channels != 0 && nowMs > _untilMs)
            {
                // Nobody has spoken for long: the line may be a console by now.
                Stop();
            }

            if (HasRow || !IsDue(nowMs))
            {
                return false;
            }

            if (_read == 0)
            {
                Begin(nowMs);
            }

            if (TryRead())
            {
                _read++;
            }
            else
            {
                _read = 0;
                _counters.LiveDropped++;
            }

            return true;
        }

        /// <summary>Writes the row that waits; the next one may begin.</summary>
        /// <returns>Bytes of data.</returns>
        internal int Write(byte[] data)
        {
            int at = LinkProtocol.HeaderLength;
            LittleEndian.WriteUInt32(data, at, _number);
            LittleEndian.WriteUInt32(data, at + 4, _startedMs);
            for (int i = 0; i < _channels; i++)
            {
                LittleEndian.WriteInt32(data, at + 8 + (i * 4), _row[i]);
            }

            _read = 0;
            return 8 + (_channels * 4);
        }

        /// <summary>Begins the last row that is due; those before it are too late.</summary>
        private void Begin(long nowMs)
        {
            long missed = (nowMs - _dueMs) / _periodMs;
            _counters.LiveDropped += (uint)missed;
            _number = _next + (uint)missed;
            _next = _number + 1;
            _dueMs += (missed + 1) * _periodMs;
            _startedMs = (uint)nowMs;
        }

        private bool TryRead()
        {
            int at = FixedBytes + (_read * ChannelBytes);
            try
            {
                return _counts.TryRead(_request[at], _request[at + 1], out _row[_read]);
            }
            catch (Exception)
            {
                return false;
            }
        }

        private bool IsRunning(byte[] frame, int at, int length)
        {
            if (length != FixedBytes + (ChannelBytes * _channels))
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                if (frame[at + i] != _request[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
