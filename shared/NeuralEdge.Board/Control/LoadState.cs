namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// What the load at a pin does, and has done. It belongs to the board and outlives models: a load that has run hot does not
    /// care whose model it was.
    /// </summary>
    public sealed class LoadState
    {
        private long _used;

        /// <summary>Whether the load is on.</summary>
        public bool IsOn { get; private set; }

        /// <summary>Whether the load is off because it has been on for the longest time.</summary>
        public bool IsResting { get; private set; }

        /// <summary>When the load went on or off last, in microseconds since start; 0 when it has been off since then.</summary>
        public long ChangedAt { get; private set; }

        /// <summary>How long the load has been on since it was last asked to be off, or has rested, over what switched it off in between.</summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>Microseconds.</returns>
        public long TimeOn(long now)
        {
            return IsOn ? _used + now - ChangedAt : _used;
        }

        /// <summary>The load goes on.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void GoOn(long now)
        {
            IsOn = true;
            ChangedAt = now;
        }

        /// <summary>The load goes off, because of something that says nothing about how long it may be on; or nothing happens when it is.</summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>True when it was on.</returns>
        public bool Release(long now)
        {
            if (!IsOn)
            {
                return false;
            }

            _used = TimeOn(now);
            IsOn = false;
            ChangedAt = now;
            return true;
        }

        /// <summary>The load has been on for the longest time: it is off until <see cref="Recover"/>.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Rest(long now)
        {
            Release(now);
            IsResting = true;
        }

        /// <summary>The load has rested, or was asked to be off: it may be on for the longest time again.</summary>
        public void Recover()
        {
            _used = 0;
            IsResting = false;
        }
    }
}
