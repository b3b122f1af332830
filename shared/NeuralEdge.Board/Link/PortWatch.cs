namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// Tells a line on which nobody speaks sense from a receiver that has lost count of its bytes, and says when to open the port anew.
    /// </summary>
    /// <remarks>
    /// nanoFramework's serial port changes the count of its receive buffer in two tasks without a lock (nf-interpreter, HAL_RingBuffer in
    /// nanoHAL.h). Once it is wrong, every byte is read too late or is an old one, and nothing but opening the port anew mends
    /// that. From here it looks like a noisy line: damaged frames, late copies of old ones, bytes that mean nothing, reads that
    /// fail, and no request in turn in between. A receiver that is a whole request behind, or the last byte of each, shows in another way:
    /// every request comes only when the host repeats it, and in between its copy. Opening a port that was only noisy costs what was under way.
    /// </remarks>
    internal sealed class PortWatch
    {
        /// <summary>As many failures without a request in turn between them, and the port is suspect: fewer than a host tries.</summary>
        internal const int Failures = 4;

        /// <summary>Milliseconds without a byte that end a burst of them: far less than a host waits for an answer.</summary>
        internal const int BurstMs = 100;

        /// <summary>Milliseconds from one opening to the next; twice as long each time that it did not help.</summary>
        internal const int FirstPauseMs = 1000;

        /// <summary>The longest of these pauses, for a line that is open at its other end.</summary>
        internal const int LongestPauseMs = 64000;

        private readonly LinkCounters _counters;
        private uint _errorsBefore;
        private int _bursts;
        private int _lagging;
        private bool _wasRepeat;
        private bool _isSlow;
        private long _lastByteMs = -BurstMs;
        private long _notBefore;
        private int _pauseMs = FirstPauseMs;

        internal PortWatch(LinkCounters counters)
        {
            _counters = counters;
        }

        private uint Errors
        {
            get
            {
                return _counters.CrcErrors + _counters.CobsErrors + _counters.LengthErrors + _counters.SilenceErrors
                    + _counters.NoRequests + _counters.SessionErrors + _counters.SequenceErrors + _counters.PortErrors;
            }
        }

        /// <summary>Bytes have come.</summary>
        /// <param name="nowMs">Milliseconds since the board started.</param>
        internal void Received(long nowMs)
        {
            if (nowMs - _lastByteMs >= BurstMs)
            {
                _bursts++;
            }

            _lastByteMs = nowMs;
        }

        /// <summary>A request in turn, one that was asked before, or the first of a session has come: the line is sound, unless they take turns.</summary>
        /// <param name="isRepeat">Whether it is the one before once more.</param>
        internal void Succeeded(bool isRepeat)
        {
            // Replies that are lost one after the other bring repeats in a row, and a line that loses few of them two requests in turn.
            // After an opening for that one request is no proof: a line that is merely slow has them by turns with their copies for ever.
            bool isSound = !isRepeat && !(_isSlow && _wasRepeat);
            _lagging = _wasRepeat ? _lagging : isRepeat ? _lagging + 1 : 0;
            _wasRepeat = isRepeat;
            _errorsBefore = Errors;
            _bursts = 0;
            if (isSound)
            {
                _isSlow = false;
                _pauseMs = FirstPauseMs;
                _notBefore = 0;
            }
        }

        /// <summary>Whether the port is to be opened anew.</summary>
        /// <param name="nowMs">Milliseconds since the board started.</param>
        internal bool IsSuspect(long nowMs)
        {
            bool failed = _lagging >= Failures || Errors - _errorsBefore >= Failures || (_bursts >= Failures && nowMs - _lastByteMs >= BurstMs);
            return failed && nowMs >= _notBefore;
        }

        /// <summary>The port is opened anew.</summary>
        /// <param name="nowMs">Milliseconds since the board started.</param>
        internal void Reopened(long nowMs)
        {
            _counters.Reopened++;
            _errorsBefore = Errors;
            _bursts = 0;
            _isSlow = _lagging >= Failures;
            _wasRepeat = _isSlow;
            _lagging = 0;
            _notBefore = nowMs + _pauseMs;
            _pauseMs = _pauseMs < LongestPauseMs ? 2 * _pauseMs : LongestPauseMs;
        }
    }
}
