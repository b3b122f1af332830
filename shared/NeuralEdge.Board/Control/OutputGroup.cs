namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Outputs that exclude each other, as the two halves of an H-bridge do: at most one is on, and between one going off and
    /// another going on there is a dead time.
    /// </summary>
    internal sealed class OutputGroup
    {
        private readonly long _deadTime;
        private OutputRule _on;
        private OutputRule _last;
        private long _freeAt;

        /// <summary>Makes a group in which nothing is on, or has been.</summary>
        /// <param name="deadTimeMs">Milliseconds from one output going off to another one going on.</param>
        internal OutputGroup(int deadTimeMs)
        {
            _deadTime = deadTimeMs * 1000L;
        }

        /// <summary>Begins anew: nothing is on, or has been.</summary>
        internal void Restart()
        {
            _on = null;
            _last = null;
            _freeAt = 0;
        }

        /// <summary>Lets an output go on if no other is, or was a moment ago.</summary>
        /// <param name="rule">The output's rule.</param>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>False when it has to wait.</returns>
        internal bool Enter(OutputRule rule, long now)
        {
            if ((_on != null && _on != rule) || (_last != rule && now < _freeAt))
            {
                return false;
            }

            _on = rule;
            return true;
        }

        /// <summary>An output has gone off.</summary>
        /// <param name="rule">The output's rule.</param>
        /// <param name="now">Microseconds since start.</param>
        internal void Leave(OutputRule rule, long now)
        {
            if (_on == rule)
            {
                Wait(now);
                _last = rule;
                _on = null;
            }
        }

        /// <summary>Something that excludes this group's outputs has gone off: the dead time begins.</summary>
        /// <param name="now">Microseconds since start.</param>
        internal void Wait(long now)
        {
            _last = null;
            _freeAt = now + _deadTime;
        }
    }
}
