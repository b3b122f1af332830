namespace System.Device.Gpio
{
    public sealed class GpioController
    {
        public GpioController()
        {
        }

        public GpioController(PinNumberingScheme numberingScheme)
        {
        }

        public GpioPin OpenPin(int pinNumber) => throw null;

        public GpioPin OpenPin(int pinNumber, PinMode mode) => throw null;
    }
}
