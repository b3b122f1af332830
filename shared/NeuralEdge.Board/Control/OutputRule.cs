using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Decides whether one output is on: a threshold with hysteresis or a class that won, then the minimum on and off
    /// times. It knows nothing about pins.
    /// </summary>
    public sealed class OutputRule
    {
        private readonly int _on;
        private readonly int _off;
        private readonly long _minimumOn;
        private readonly long _minimumOff;
        private long _changedAt;
        private bool _isOn;

        /// <summary>Starts with the output off, and its off time running from now.</summary>
        /// <param name="binding">Thresholds in the output's raw units and minimum times.</param>
        /// <param name="now">Microseconds since start.</param>
        public OutputRule(OutputBinding binding, long now)
        {
            _on = binding.On;
            _off = binding.Off;
            _minimumOn = binding.MinOnMs * 1000L;
            _minimumOff = binding.MinOffMs * 1000L;
            _changedAt = now;
        }

        /// <summary>Whether the output is on.</summary>
        public bool IsOn
        {
            get { return _isOn; }
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

        /// <summary>Follows a wish as soon as the minimum time of the present state is over.</summary>
        /// <param name="wanted">What is asked for.</param>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>True when the state has changed by this call.</returns>
        public bool Follow(bool wanted, long now)
        {
            if (wanted == _isOn || now - _changedAt < (_isOn ? _minimumOn : _minimumOff))
            {
                return false;
            }

            _isOn = wanted;
            _changedAt = now;
            return true;
        }

        /// <summary>Off at once, whatever the minimum on time says; the off time begins now.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Release(long now)
        {
            if (_isOn)
            {
                _isOn = false;
                _changedAt = now;
            }
        }

        /// <summary>Takes the state and its age over from the rule that had the same pin before.</summary>
        /// <param name="before">The rule of the model that is being replaced.</param>
        public void TakeOver(OutputRule before)
        {
            _isOn = before._isOn;
            _changedAt = before._changedAt;
        }
    }
}
