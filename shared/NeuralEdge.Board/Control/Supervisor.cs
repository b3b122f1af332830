using System;
using System.Threading;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Watches the loop from a second thread: when its heartbeat stops for too long, the outputs are latched safe and
    /// the board is reset. Managed code has no hardware watchdog on this platform; this is what can be had.
    /// </summary>
    public sealed class Supervisor
    {
        private const int LookMs = 100;

        private readonly SafeOutputs _outputs;
        private readonly IBoardReset _reset;
        private readonly IBoardClock _clock;
        private int _beats;
        private int _allowedMs;
        private int _seenBeats;
        private long _seenAt;

        /// <summary>Prepares the watch; it begins with the first <see cref="Check"/>.</summary>
        /// <param name="outputs">What is driven safe.</param>
        /// <param name="reset">What restarts the board.</param>
        /// <param name="clock">Time.</param>
        /// <param name="allowedMs">How long the loop may be silent, in milliseconds.</param>
        public Supervisor(SafeOutputs outputs, IBoardReset reset, IBoardClock clock, int allowedMs)
        {
            _outputs = outputs;
            _reset = reset;
            _clock = clock;
            _allowedMs = allowedMs;
            _seenAt = clock.Microseconds;
        }

        /// <summary>The loop's sign of life: after every inference, and while it waits out a fault with the outputs safe.</summary>
        public void Beat()
        {
            Interlocked.Increment(ref _beats);
        }

        /// <summary>Another model may have another period.</summary>
        /// <param name="allowedMs">How long the loop may be silent, in milliseconds.</param>
        public void Allow(int allowedMs)
        {
            Interlocked.Exchange(ref _allowedMs, allowedMs);
        }

        /// <summary>One look at the heartbeat.</summary>
        /// <returns>True when the loop is alive; false when the outputs were latched and the reset was asked for.</returns>
        public bool Check()
        {
            int beats = Interlocked.CompareExchange(ref _beats, 0, 0);
            long now = _clock.Microseconds;
            if (beats != _seenBeats)
            {
                _seenBeats = beats;
                _seenAt = now;
                return true;
            }

            if (now - _seenAt < Interlocked.CompareExchange(ref _allowedMs, 0, 0) * 1000L)
            {
                return true;
            }

            try
            {
                _outputs.Latch();
            }
            finally
            {
                // Whatever a pin did, the board starts again, and its first statement is to try the pins once more.
                _reset.Reset();
            }

            return false;
        }

        /// <summary>The supervising thread: looks ten times a second, until it has asked for the reset.</summary>
        public void Run()
        {
            while (Check())
            {
                // Not a share of the allowed silence: while the board starts that is long, and a long sleep begun then
                // would still be on when the loop is at work.
                _clock.Sleep(LookMs);
            }
        }
    }
}
