namespace System.Device.Gpio
{
    public sealed class GpioPin
    {
        public int PinNumber => throw null;

        public void SetPinMode(PinMode value) => throw null;

        public PinValue Read() => throw null;

        public void Write(PinValue value) => throw null;
    }
}
