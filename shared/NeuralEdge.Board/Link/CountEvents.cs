using System;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// Samples ADC channels at a period that the host has asked for, a channel at a time, and writes each row as an event. Some rows wait
    /// while the line has another frame; rows for which there was no time keep their numbers, so that the host sees what it has not got.
    /// </summary>
    internal sealed class CountEvents
    {
        private const int FixedBytes = 4;
        private const int ChannelBytes = 2;

        // The longest reply, INFO, takes 30 ms at 115200 baud, and a host that watches asks for it each second.
        private const int MostWaiting = 8;

        private readonly ICounts _counts;
        private readonly LinkCounters _counters;
        private readonly byte[] _request = new byte[FixedBytes + (ChannelBytes * LinkProtocol.MaxCounts)];
        private readonly int[] _rows = new int[MostWaiting * LinkProtocol.MaxCounts];
        private readonly uint[] _numbers = new uint[MostWaiting];
        private readonly uint[] _startsMs = new uint[MostWaiting]; // when the first channel of each was read
        private int _channels; // 0 = off
        private int _periodMs;
        private long _dueMs;
        private uint _next; // number of the row that is due next
        private int _first; // place of the row that has waited longest
        private int _waiting; // rows that wait for the line
        private int _read; // how many channels of the row behind them are read; 0 = none is at work
        private long _untilMs;

        internal CountEvents(ICounts counts, LinkCounters counters)
        {
            _counts = counts;
            _counters = counters;
        }

        /// <summary>Whether a whole row waits for the line.</summary>
        internal bool HasRow
        {
            get { return _channels != 0 && _waiting != 0; }
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
                _waiting = 0;
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

        /// <summary>Reads the next channel of the row that is due, with the sensors that follow it when it is one.</summary>
        /// <param name="nowMs">Milliseconds since the start.</param>
        /// <returns>False when nothing was due.</returns>
        internal bool Step(long nowMs)
        {
            if (_channels != 0 && nowMs > _untilMs)
            {
                // Nobody has spoken for long: the line may be a console by now.
                Stop();
            }

            if (_waiting == MostWaiting || !IsDue(nowMs))
            {
                return false;
            }

            if (_read == 0)
            {
                Begin(nowMs);
            }

            // What sensors say belongs together: none of the model's periods comes between one and the next.
            do
            {
                if (!TryRead())
                {
                    _read = 0;
                    _counters.LiveDropped++;
                    return true;
                }

                _read++;
            }
            while (_read < _channels && IsSensor(_read - 1) && IsSensor(_read));

            if (_read == _channels)
            {
                _waiting++;
                _read = 0;
            }

            return true;
        }

        /// <summary>Writes the row that has waited longest, and makes room for another.</summary>
        /// <returns>Bytes of data.</returns>
        internal int Write(byte[] data)
        {
            int at = LinkProtocol.HeaderLength;
            int row = _first * LinkProtocol.MaxCounts;
            LittleEndian.WriteUInt32(data, at, _numbers[_first]);
            LittleEndian.WriteUInt32(data, at + 4, _startsMs[_first]);
            for (int i = 0; i < _channels; i++)
            {
                LittleEndian.WriteInt32(data, at + 8 + (i * 4), _rows[row + i]);
            }

            _first = (_first + 1) % MostWaiting;
            _waiting--;
            return 8 + (_channels * 4);
        }

        /// <summary>Begins the last row that is due; those before it are too late.</summary>
        private void Begin(long nowMs)
        {
            long missed = (nowMs - _dueMs) / _periodMs;
            _counters.LiveDropped += (uint)missed;
            int place = (_first + _waiting) % MostWaiting;
            _numbers[place] = _next + (uint)missed;
            _startsMs[place] = (uint)nowMs;
            _next = _numbers[place] + 1;
            _dueMs += (missed + 1) * _periodMs;
        }

        private bool IsSensor(int channel)
        {
            return _request[FixedBytes + (channel * ChannelBytes)] >= LinkProtocol.FirstSensor;
        }

        private bool TryRead()
        {
            int at = FixedBytes + (_read * ChannelBytes);
            int place = (_first + _waiting) % MostWaiting;
            try
            {
                return _counts.TryRead(_request[at], _request[at + 1], out _rows[(place * LinkProtocol.MaxCounts) + _read]);
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
