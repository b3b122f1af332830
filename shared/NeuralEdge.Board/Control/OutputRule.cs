using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Decides whether one output may be on: a threshold with hysteresis or a class that won, the minimum on and off times, and
    /// the longest time on. It knows nothing about pins.
    /// </summary>
    public sealed class OutputRule
    {
        private readonly LoadState _load;
        private readonly int _on;
        private readonly int _off;
        private readonly long _minimumOn;
        private readonly long _minimumOff;
        private readonly long _maximumOn;
        private readonly long _rest;
        private long _begunAt;
        private bool _isWanted;
        private bool _isOffAsked;

        /// <summary>Makes the rule of a load.</summary>
        /// <param name="load">The load.</param>
        /// <param name="binding">Thresholds in the output's raw units and minimum times.</param>
        /// <param name="maxOnMs">Longest time on in milliseconds, 0 for no limit.</param>
        /// <param name="restMs">Time off after that in milliseconds, 0 until off has been asked for.</param>
        public OutputRule(LoadState load, OutputBinding binding, int maxOnMs, int restMs)
        {
            _load = load;
            _on = binding.On;
            _off = binding.Off;
            _minimumOn = binding.MinOnMs * 1000L;
            _minimumOff = binding.MinOffMs * 1000L;
            _maximumOn = maxOnMs * 1000L;
            _rest = restMs * 1000L;
        }

        /// <summary>The load.</summary>
        public LoadState Load
        {
            get { return _load; }
        }

        /// <summary>Begins to decide; nothing is asked for yet.</summary>
        /// <param name="minimumOffFrom">Microseconds since start from which the minimum off time counts at the earliest.</param>
        public void Begin(long minimumOffFrom)
        {
            _begunAt = minimumOffFrom;
            _isWanted = false;
            _isOffAsked = false;
        }

        /// <summary>
        /// Remembers what a value asks for, until another one does. On above Off: on at or above On, off at or below Off. On below
        /// Off: on at or below On, off at or above Off. Between the two: as it is, or was before it rested. On equal to Off: on at
        /// or above On, else off.
        /// </summary>
        /// <param name="value">The output's raw value.</param>
        public void Ask(int value)
        {
            bool rises = _on >= _off;
            bool on = rises ? value >= _on : value <= _on;
            _isOffAsked = _on == _off ? !on : rises ? value <= _off : value >= _off;
            _isWanted = on || (!_isOffAsked && (_load.IsOn || _load.IsResting));
        }

        /// <summary>Remembers what is asked for, until something else is.</summary>
        /// <param name="wanted">Whether the load should be on.</param>
        public void Ask(bool wanted)
        {
            _isWanted = wanted;
            _isOffAsked = !wanted;
        }

        /// <summary>Goes off when off is asked for and the minimum time on is over, or when the longest time on is.</summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>True when the load went off by this call.</returns>
        public bool GoOff(long now)
        {
            long age = now - _load.ChangedAt;
            bool over = _maximumOn > 0 && _load.TimeOn(now) >= _maximumOn;
            if (!_load.IsOn)
            {
                // A rest without a length ends when off has been asked for: a stuck sensor never does.
                if (_isOffAsked && (_rest == 0 || !_load.IsResting) || (_rest > 0 && age >= _rest))
                {
                    _load.Recover();
                }
                else if (over && !_load.IsResting)
                {
                    _load.Rest(now);
                }

                return false;
            }

            if (!over && (_isWanted || age < _minimumOn))
            {
                return false;
            }

            if (_isWanted)
            {
                _load.Rest(now);
            }
            else
            {
                // Off was asked for in time: then there is nothing to rest from.
                _load.Release(now);
                _load.Recover();
            }

            return true;
        }

        /// <summary>Whether the load may go on now: it is asked for, rested, and has been off for its minimum time.</summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>True when nothing of its own keeps it off.</returns>
        public bool MayGoOn(long now)
        {
            if (!_isWanted || _load.IsOn || _load.IsResting)
            {
                return false;
            }

            long since = _load.ChangedAt > _begunAt ? _load.ChangedAt : _begunAt;
            return now - since >= _minimumOff;
        }
    }
}
