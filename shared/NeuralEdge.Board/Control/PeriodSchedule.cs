namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// When the next inference is due. Periods lie on a fixed grid, so a late one does not shift those after it; one
    /// that comes more than a whole period late counts as missed.
    /// </summary>
    public sealed class PeriodSchedule
    {
        private long _period;
        private long _due;
        private int _latest;

        /// <summary>Starts a grid; the first inference is due at once.</summary>
        /// <param name="periodMs">Length of a period in milliseconds, at least 1.</param>
        /// <param name="now">Microseconds since start.</param>
        public PeriodSchedule(int periodMs, long now)
        {
            Restart(periodMs, now);
        }

        /// <summary>Length of a period in microseconds.</summary>
        public long Period
        {
            get { return _period; }
        }

        /// <summary>How many periods went by without an inference.</summary>
        public uint Missed { get; private set; }

        /// <summary>
        /// How long after its point of the grid the latest period of this grid began, in microseconds: what samples lie apart differs by up
        /// to so much from a period.
        /// </summary>
        public int Latest
        {
            get { return _latest; }
        }

        /// <summary>Starts a new grid, with another period.</summary>
        /// <param name="periodMs">Length of a period in milliseconds, at least 1.</param>
        /// <param name="now">Microseconds since start.</param>
        public void Restart(int periodMs, long now)
        {
            _period = periodMs * 1000L;
            _due = now;
            _latest = 0;
        }

        /// <summary>Microseconds until the next inference is due, 0 or less when it is.</summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>The time left.</returns>
        public long Remaining(long now)
        {
            return _due - now;
        }

        /// <summary>Takes the next point of the grid after an inference has begun, counting those that were skipped.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Advance(long now)
        {
            long due = _due;
            if (now - due > _latest)
            {
                long late = now - due;
                _latest = late < int.MaxValue ? (int)late : int.MaxValue;
            }

            due += _period;
            while (due <= now)
            {
                due += _period;
                Missed++;
            }

            _due = due;
        }
    }
}
