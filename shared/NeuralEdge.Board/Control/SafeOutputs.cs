using System;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// The only way from the program to its output pins. Knows the inactive level of every pin anybody named, drives
    /// them all there on demand, and once latched lets nothing be switched on again before a restart.
    /// </summary>
    /// <remarks>Two threads use it, the loop and the supervisor, hence the lock.</remarks>
    public sealed class SafeOutputs
    {
        private const int PinLimit = 64;

        private readonly object _gate = new object();
        private readonly IOutputPins _pins;
        private readonly bool[] _declared = new bool[PinLimit];
        private readonly bool[] _activeLow = new bool[PinLimit];
        private readonly bool[] _boardActiveLow = new bool[PinLimit];
        private bool _latched;

        /// <summary>Takes the board's own list of output pins; <see cref="DriveSafe()"/> is the caller's next statement.</summary>
        /// <param name="pins">The digital outputs.</param>
        /// <param name="safePins">Pins a model may use.</param>
        public SafeOutputs(IOutputPins pins, SafePin[] safePins)
        {
            _pins = pins;
            for (int i = 0; i < safePins.Length; i++)
            {
                int pin = safePins[i].Pin;
                _declared[pin] = true;
                _activeLow[pin] = safePins[i].ActiveLow;
                _boardActiveLow[pin] = safePins[i].ActiveLow;
            }
        }

        /// <summary>
        /// Sets the inactive level of a pin. A pin whose level changes by this, or that was unknown, is driven there at once.
        /// </summary>
        /// <param name="pin">GPIO number, 0..63.</param>
        /// <param name="activeLow">True when high is the inactive level.</param>
        public void Declare(int pin, bool activeLow)
        {
            lock (_gate)
            {
                if (_declared[pin] && _activeLow[pin] == activeLow)
                {
                    return;
                }

                _declared[pin] = true;
                _activeLow[pin] = activeLow;
                _pins.Write(pin, activeLow);
            }
        }

        /// <summary>Drives a pin, unless the outputs are latched.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="high">The level.</param>
        public void Write(int pin, bool high)
        {
            lock (_gate)
            {
                if (!_latched)
                {
                    _pins.Write(pin, high);
                }
            }
        }

        /// <summary>
        /// A pin is no longer used by a model: what the board says about its wiring holds again, and it is driven inactive.
        /// </summary>
        /// <param name="pin">GPIO number.</param>
        public void Forget(int pin)
        {
            lock (_gate)
            {
                _activeLow[pin] = _boardActiveLow[pin];
                _pins.Write(pin, _activeLow[pin]);
            }
        }

        /// <summary>
        /// Drives every known pin to its inactive level. A pin that fails does not keep the others from being driven.
        /// </summary>
        /// <exception cref="Exception">The failure of the last pin that could not be driven, after all were tried.</exception>
        public void DriveSafe()
        {
            lock (_gate)
            {
                Exception failure = null;
                for (int pin = 0; pin < PinLimit; pin++)
                {
                    if (_declared[pin])
                    {
                        try
                        {
                            _pins.Write(pin, _activeLow[pin]);
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

        /// <summary>Drives every pin safe and keeps it there until the next start.</summary>
        public void Latch()
        {
            lock (_gate)
            {
                // First the latch: a failing pin must not leave the others free to be switched on.
                _latched = true;
                DriveSafe();
            }
        }
    }
}
