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
        private const int PinLimit = 64;

        private readonly object _gate = new object();
        private readonly IOutputPins _pins;
        private readonly SafePin[] _known = new SafePin[PinLimit];
        private bool _latched;

        /// <summary>Takes the board's own list of output pins; <see cref="DriveSafe()"/> is the caller's next statement.</summary>
        /// <param name="pins">The digital outputs.</param>
        /// <param name="safePins">Pins a model may use.</param>
        public SafeOutputs(IOutputPins pins, SafePin[] safePins)
        {
            _pins = pins;
            for (int i = 0; i < safePins.Length; i++)
            {
                _known[safePins[i].Pin] = safePins[i];
            }
        }

        /// <summary>Bit n set: GPIO n may be driven.</summary>
        public long Pins
        {
            get
            {
                long mask = 0;
                for (int pin = 0; pin < PinLimit; pin++)
                {
                    mask |= _known[pin] != null ? 1L << pin : 0;
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
                for (int pin = 0; pin < PinLimit; pin++)
                {
                    mask |= _known[pin] != null && _known[pin].ActiveLow ? 1L << pin : 0;
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
                for (int pin = 0; pin < PinLimit; pin++)
                {
                    mask |= _known[pin] != null && _known[pin].MaxOnMs > 0 ? 1L << pin : 0;
                }

                return mask;
            }
        }

        /// <summary>What the board says about a pin.</summary>
        /// <param name="pin">GPIO number, 0..63.</param>
        /// <returns>The pin, or null when it may not be driven.</returns>
        public SafePin Find(int pin)
        {
            return _known[pin];
        }

        /// <summary>Switches a load, unless the outputs are latched.</summary>
        /// <param name="pin">GPIO number of a pin that may be driven.</param>
        /// <param name="on">True for the level at which the load runs.</param>
        public void Switch(int pin, bool on)
        {
            lock (_gate)
            {
                if (!_latched)
                {
                    _pins.Write(pin, on != _known[pin].ActiveLow);
                }
            }
        }

        /// <summary>
        /// Drives every pin to its inactive level, unless the outputs are latched: then they are there. A pin that fails does not
        /// keep the others from being driven.
        /// </summary>
        /// <exception cref="Exception">The failure of the last pin that could not be driven, after all were tried.</exception>
        public void DriveSafe()
        {
            lock (_gate)
            {
                if (!_latched)
                {
                    DriveAll();
                }
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
            for (int pin = 0; pin < PinLimit; pin++)
            {
                if (_known[pin] != null)
                {
                    try
                    {
                        _pins.Write(pin, _known[pin].ActiveLow);
                    }
                    catch (Exception e)
                    {
                        failure = e;
                    }
                }
            }

            if (failure != null)
            {
                throw failure;
            }
        }
    }
}
