using System;
using System.Device.Gpio;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>Output pins. The first write to a pin opens it; the driver then drives it low before the level asked for.</summary>
    internal sealed class GpioPins : IOutputPins
    {
        private readonly GpioController _controller;
        private readonly BoardErrors _errors;
        private readonly GpioPin[] _pins = new GpioPin[64];

        // A PinValue made for each call would be an object for each call on this platform.
        private readonly PinValue _high = PinValue.High;
        private readonly PinValue _low = PinValue.Low;

        /// <summary>The pins of a controller.</summary>
        /// <param name="controller">The one controller of the program.</param>
        /// <param name="errors">Where a pin that fails is named; null for nowhere.</param>
        internal GpioPins(GpioController controller, BoardErrors errors = null)
        {
            _controller = controller;
            _errors = errors;
        }

        public void Write(int pin, bool high)
        {
            try
            {
                Drive(pin, high);
            }
            catch (Exception e)
            {
                if (_errors != null)
                {
                    _errors.Name("driving GPIO " + pin.ToString() + (high ? " high" : " low"), e);
                }

                throw;
            }
        }

        private void Drive(int pin, bool high)
        {
            GpioPin output = _pins[pin];
            if (output == null)
            {
                output = _controller.OpenPin(pin, PinMode.Output);
                _pins[pin] = output;
            }

            output.Write(high ? _high : _low);
        }
    }
}
