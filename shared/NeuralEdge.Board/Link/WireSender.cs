using System;

namespace NeuralEdge.Board.Link
{
    /// <summary>Sends a frame in slices, as the transmitter has room for them.</summary>
    internal sealed class WireSender
    {
        private readonly IByteLink _link;
        private readonly LinkCounters _counters;
        private byte[] _wire;
        private int _at;
        private int _end;

        internal WireSender(IByteLink link, LinkCounters counters)
        {
            _link = link;
            _counters = counters;
        }

        /// <summary>True while a frame is being sent.</summary>
        internal bool IsSending
        {
            get { return _wire != null; }
        }

        /// <summary>Begins to send; the bytes must not change until they have gone.</summary>
        internal void Start(byte[] wire, int length)
        {
            _wire = wire;
            _at = 0;
            _end = length;
        }

        /// <summary>Bytes that the last step sent.</summary>
        internal int Sent { get; private set; }

        /// <summary>Sends one slice.</summary>
        /// <param name="most">Most bytes of it.</param>
        /// <returns>True when the frame has gone.</returns>
        internal bool Step(int most)
        {
            int count = _end - _at;
            if (count > most)
            {
                count = most;
            }

            try
            {
                Sent = _link.Write(_wire, _at, count);
                _at += Sent;
            }
            catch (Exception)
            {
                // The rest would only be noise to the other side, which asks again.
                _counters.PortErrors++;
                Sent = 0;
                _at = _end;
            }

            if (_at < _end)
            {
                return false;
            }

            _wire = null;
            return true;
        }
    }
}
