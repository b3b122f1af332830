using System;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// Finds valid frames in a stream of bytes that may hold anything: text of a boot loader, noise, parts of frames.
    /// </summary>
    public sealed class FrameReader
    {
        private readonly LinkCounters _counters;
        private readonly byte[] _input;
        private readonly byte[] _code = new byte[LinkProtocol.MaxWire - 2];
        private readonly byte[] _frame = new byte[LinkProtocol.MaxFrame];
        private int _inputAt;
        private int _inputCount;
        private int _codeLength;
        private bool _tooLong;
        private long _lastByteMs;

        /// <summary>Makes a reader.</summary>
        /// <param name="counters">Where frames and errors are counted.</param>
        /// <param name="slice">Most bytes taken from the link by one <see cref="Read"/>.</param>
        public FrameReader(LinkCounters counters, int slice)
        {
            _counters = counters;
            _input = new byte[slice];
        }

        /// <summary>The last frame; its data begins at <see cref="LinkProtocol.HeaderLength"/>.</summary>
        public byte[] Frame
        {
            get { return _frame; }
        }

        /// <summary>Version of the last frame.</summary>
        public int Version
        {
            get { return _frame[0]; }
        }

        /// <summary>Type of the last frame.</summary>
        public int Type
        {
            get { return _frame[1]; }
        }

        /// <summary>Sequence of the last frame.</summary>
        public int Sequence
        {
            get { return LittleEndian.ReadUInt16(_frame, 2); }
        }

        /// <summary>Session of the last frame.</summary>
        public int Session
        {
            get { return LittleEndian.ReadUInt16(_frame, 4); }
        }

        /// <summary>Bytes of data of the last frame.</summary>
        public int DataLength
        {
            get { return LittleEndian.ReadUInt16(_frame, 6); }
        }

        /// <summary>CRC-32 of the last frame.</summary>
        public uint Crc
        {
            get { return LittleEndian.ReadUInt32(_frame, LinkProtocol.HeaderLength + DataLength); }
        }

        /// <summary>Bytes taken from the link by the last <see cref="Read"/>.</summary>
        public int Received { get; private set; }

        /// <summary>
        /// Takes at most one slice of bytes from the link, never waiting, and goes on to the end of the next frame.
        /// Bytes behind that frame wait for the next call.
        /// </summary>
        /// <param name="link">Where the bytes come from.</param>
        /// <param name="nowMs">Milliseconds on any clock that does not go back.</param>
        /// <returns>True when a valid frame is in <see cref="Frame"/>, until the next call.</returns>
        public bool Read(IByteLink link, long nowMs)
        {
            Received = 0;
            if (_inputAt == _inputCount)
            {
                _inputAt = 0;
                _inputCount = 0;
                int available = link.Available;
                if (available < 0)
                {
                    // The port has lost count.
                    _counters.PortErrors++;
                }
                else if (available > 0)
                {
                    _inputCount = link.Read(_input, 0, available < _input.Length ? available : _input.Length);
                }

                // Asked after reading: what has just arrived is not late because nobody looked for it before.
                if (_inputCount > 0)
                {
                    Received = _inputCount;
                    _lastByteMs = nowMs;
                }
                else if (nowMs - _lastByteMs > LinkProtocol.SilenceMs && (_codeLength > 0 || _tooLong))
                {
                    _counters.SilenceErrors++;
                    Forget();
                }
            }

            while (_inputAt < _inputCount)
            {
                int start = _inputAt;
                int end = start;
                while (end < _inputCount && _input[end] != 0)
                {
                    end++;
                }

                Collect(start, end - start);
                _inputAt = end;
                if (end < _inputCount)
                {
                    _inputAt++;
                    if (TakeFrame())
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        /// <summary>Forgets a half frame and the bytes not yet looked at.</summary>
        public void Clear()
        {
            _inputAt = 0;
            _inputCount = 0;
            Forget();
        }

        private void Forget()
        {
            _codeLength = 0;
            _tooLong = false;
        }

        private void Collect(int start, int count)
        {
            if (_tooLong || count > _code.Length - _codeLength)
            {
                _tooLong = true;
                return;
            }

            Array.Copy(_input, start, _code, _codeLength, count);
            _codeLength += count;
        }

        private bool TakeFrame()
        {
            int codeLength = _codeLength;
            bool tooLong = _tooLong;
            Forget();
            if (tooLong)
            {
                _counters.LengthErrors++;
                return false;
            }

            if (codeLength == 0)
            {
                // Two delimiters in a row: the end of one frame and the begin of the next.
                return false;
            }

            int length = Cobs.Decode(_code, 0, codeLength, _frame, 0);
            if (length < 0)
            {
                _counters.CobsErrors++;
                return false;
            }

            int end = length - LinkProtocol.TrailerLength;
            if (end < LinkProtocol.HeaderLength || end - LinkProtocol.HeaderLength != DataLength)
            {
                _counters.LengthErrors++;
                return false;
            }

            if (Checksum.Crc32(_frame, 0, end) != LittleEndian.ReadUInt32(_frame, end))
            {
                _counters.CrcErrors++;
                return false;
            }

            _counters.Frames++;
            return true;
        }
    }
}
