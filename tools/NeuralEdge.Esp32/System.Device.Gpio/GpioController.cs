using NeuralEdge.Esp32;

namespace System.Device.Gpio;

/// <summary>
/// The digital pins with the behaviour of nanoFramework.System.Device.Gpio on the ESP32: a pin cannot be opened twice,
/// becoming an output drives it low first, and there is no way to give an initial level.
/// </summary>
internal sealed class GpioController
{
    private readonly IPinBank _pins = Esp32Peripherals.Current.Pins;

    public GpioPin OpenPin(int pinNumber)
    {
        _pins.Open(pinNumber);
        return new GpioPin(_pins, pinNumber);
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = OpenPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }
}
