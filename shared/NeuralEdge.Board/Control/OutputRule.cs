using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Decides whether one output may be on: a threshold with hysteresis or a class that won, the minimum on and off times, and
    /// the longest time on. It knows nothing about pins.
    /// </summary>
    public sealed class OutputRule
    {
        private readonly int _on;
        private readonly int _off;
        private readonly long _minimumOn;
        private readonly long _minimumOff;
        private readonly long _maximumOn;
        private readonly long _rest;
        private long _changedAt;
        private bool _isOn;
        private bool _isWanted;
        private bool _isResting;

        /// <summary>Starts with the output off, and its off time running from now.</summary>
        /// <param name="binding">Thresholds in the output's raw units and minimum times.</param>
        /// <param name="maxOnMs">Longest time on in milliseconds, 0 for no limit.</param>
        /// <param name="restMs">Time off after that in milliseconds, 0 until off has been asked for.</param>
        /// <param name="now">Microseconds since start.</param>
        public OutputRule(OutputBinding binding, int maxOnMs, int restMs, long now)
        {
            _on = binding.On;
            _off = binding.Off;
            _minimumOn = binding.MinOnMs * 1000L;
            _minimumOff = binding.MinOffMs * 1000L;
            _maximumOn = maxOnMs * 1000L;
            _rest = restMs * 1000L;
            _changedAt = now;
        }

        /// <summary>Whether the output is on.</summary>
        public bool IsOn
        {
            get { return _isOn; }
        }

        /// <summary>Whether the output is off because it has been on for the longest time.</summary>
        public bool IsResting
        {
            get { return _isResting; }
        }

        /// <summary>
        /// What a value asks for. On above Off: on at or above On, off at or below Off. On below Off: on at or below On,
        /// off at or above Off. Between the two: as it is. On equal to Off: on at or above On, else off.
        /// </summary>
        /// <param name="value">The output's raw value.</param>
        /// <returns>True when the output should be on.</returns>
        public bool Wants(int value)
        {
            if (_on >= _off)
            {
                if (value >= _on)
                {
                    return true;
                }

                return value > _off && _isOn;
            }

            if (value <= _on)
            {
                return true;
            }

            return value < _off && _isOn;
        }

        /// <summary>Remembers what is asked for until something else is.</summary>
        /// <param name="wanted">What is asked for.</param>
        public void Ask(bool wanted)
        {
            _isWanted = wanted;
        }

        /// <summary>Goes off when off is asked for and the minimum time on is over, or when the longest time on is.</summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>True when the state has changed by this call.</returns>
        public bool GoOff(long now)
        {
            long age = now - _changedAt;
            if (!_isOn)
            {
                // A rest without a length ends when off has been asked for: a stuck sensor never does.
                if (_isResting && (_rest > 0 ? age >= _rest : !_isWanted))
                {
                    _isResting = false;
                }

                return false;
            }

            bool over = _maximumOn > 0 && age >= _maximumOn;
            if (!over && (_isWanted || age < _minimumOn))
            {
                return false;
            }

            // Off was asked for in time: then there is nothing to rest from.
            _isResting = over && _isWanted;
            _isOn = false;
            _changedAt = now;
            return true;
        }

        /// <summary>Whether the output may go on now: it is asked for, rested, and has been off for its minimum time.</summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>True when nothing of its own keeps it off.</returns>
        public bool MayGoOn(long now)
        {
            return _isWanted && !_isOn && !_isResting && now - _changedAt >= _minimumOff;
        }

        /// <summary>Goes on; only after <see cref="MayGoOn"/>.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void GoOn(long now)
        {
            _isOn = true;
            _changedAt = now;
        }

        /// <summary>Off at once, whatever the minimum on time says; the off time begins now.</summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>True when it was on.</returns>
        public bool Release(long now)
        {
            if (!_isOn)
            {
                return false;
            }

            _isOn = false;
            _changedAt = now;
            return true;
        }

        /// <summary>Begins anew: off, its off time running from now. A rest goes on: nothing had the load on meanwhile.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Restart(long now)
        {
            _isOn = false;
            _isWanted = false;
            _changedAt = _isResting ? _changedAt : now;
        }

        /// <summary>Takes the state and its age over from the rule that had the same pin before.</summary>
        /// <param name="before">The rule of the model that is being replaced.</param>
        public void TakeOver(OutputRule before)
        {
            _isOn = before._isOn;
            _isResting = before._isResting;
            _changedAt = before._changedAt;
        }
    }
}
