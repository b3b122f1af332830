using System;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// The only way from the program to its output pins. What is safe is the board's word alone: it knows every pin that may be
    /// driven and the level at which nothing runs there, drives them all there on demand, and once latched lets nothing be
    /// switched again before a restart.
    /// </summary>
    /// <remarks>Two threads use it, the loop and the supervisor, hence the lock.</remarks>
    public sealed class SafeOutputs
    {
        /// <summary>
        /// When an output went off last, or all were made safe, in microseconds since the start; long ago after a start. Here, because a quiet time
        /// outlives the model that has it.
        /// </summary>
        internal long WentOffAt = long.MinValue / 2;

        private readonly object _gate = new object();
        private readonly IOutputPins _pins;
        private readonly SafePin[] _known;
        private bool _latched;

        /// <summary>Takes the board's own list of output pins; <see cref="DriveSafe()"/> is the caller's next statement.</summary>
        /// <param name="pins">The digital outputs.</param>
        /// <param name="safePins">Pins a model may use.</param>
        /// <exception cref="ArgumentException">A pin is named twice: which of the two holds, nobody could tell.</exception>
        public SafeOutputs(IOutputPins pins, SafePin[] safePins)
        {
            _pins = pins;
            _known = safePins;
            long seen = 0;
            for (int p = 0; p < safePins.Length; p++)
            {
                if ((seen & (1L << safePins[p].Pin)) != 0)
                {
                    throw new ArgumentException("a pin is named twice");
                }

                seen |= 1L << safePins[p].Pin;
            }
        }

        /// <summary>How many pins may be driven.</summary>
        public int Count
        {
            get { return _known.Length; }
        }

        /// <summary>Bit n set: GPIO n may be driven.</summary>
        public long Pins
        {
            get
            {
                long mask = 0;
                for (int p = 0; p < _known.Length; p++)
                {
                    mask |= 1L << _known[p].Pin;
                }

                return mask;
            }
        }

        /// <summary>Bit n set: the load at GPIO n runs at the low level.</summary>
        public long ActiveLowPins
        {
            get
            {
                long mask = 0;
                for (int p = 0; p < _known.Length; p++)
                {
                    mask |= _known[p].ActiveLow ? 1L << _known[p].Pin : 0;
                }

                return mask;
            }
        }

        /// <summary>Bit n set: the board limits how long the load at GPIO n may be on.</summary>
        public long LimitedPins
        {
            get
            {
                long mask = 0;
                for (int p = 0; p < _known.Length; p++)
                {
                    mask |= _known[p].MaxOnMs > 0 ? 1L << _known[p].Pin : 0;
                }

                return mask;
            }
        }

        /// <summary>Bit n set: the load at GPIO n is off because it has been on for the longest time.</summary>
        public long RestingPins
        {
            get
            {
                long mask = 0;
                for (int p = 0; p < _known.Length; p++)
                {
                    mask |= _known[p].Load.IsResting ? 1L << _known[p].Pin : 0;
                }

                return mask;
            }
        }

        /// <summary>One of the pins that may be driven.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        /// <returns>The pin.</returns>
        public SafePin Get(int index)
        {
            return _known[index];
        }

        /// <summary>What the board says about a pin.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <returns>The pin.</returns>
        /// <exception cref="ArgumentException">It may not be driven.</exception>
        public SafePin Find(int pin)
        {
            for (int p = 0; p < _known.Length; p++)
            {
                if (_known[p].Pin == pin)
                {
                    return _known[p];
                }
            }

            throw new ArgumentException("a pin that the board does not drive");
        }

        /// <summary>Switches a load, unless the outputs are latched.</summary>
        /// <param name="pin">GPIO number of a pin that may be driven.</param>
        /// <param name="on">True for the level at which the load runs.</param>
        public void Switch(int pin, bool on)
        {
            SafePin load = Find(pin);
            lock (_gate)
            {
                if (!_latched)
                {
                    _pins.Write(pin, on != load.ActiveLow);
                }
            }
        }

        /// <summary>Drives every pin to its inactive level. A pin that fails does not keep the others from being driven.</summary>
        /// <exception cref="Exception">The failure of the last pin that could not be driven, after all were tried.</exception>
        public void DriveSafe()
        {
            lock (_gate)
            {
                DriveAll();
            }
        }

        /// <summary>Drives every pin safe and keeps it there until the next start.</summary>
        /// <exception cref="Exception">The failure of the last pin that could not be driven, after all were tried.</exception>
        public void Latch()
        {
            lock (_gate)
            {
                // First the latch: a failing pin must not leave the others free to be switched on.
                _latched = true;
                DriveAll();
            }
        }

        private void DriveAll()
        {
            Exception failure = null;
            for (int p = 0; p < _known.Length; p++)
            {
                try
                {
                    _pins.Write(_known[p].Pin, _known[p].ActiveLow);
                }
                catch (Exception e)
                {
                    failure = e;
                }
            }

            if (failure != null)
            {
                throw failure;
            }
        }
    }
}
