using NeuralEdge.Esp32;

namespace System.Device.Gpio;

/// <summary>One pin, as in nanoFramework.System.Device.Gpio.</summary>
internal sealed class GpioPin
{
    private readonly IPinBank _pins;

    internal GpioPin(IPinBank pins, int pinNumber)
    {
        _pins = pins;
        PinNumber = pinNumber;
    }

    public int PinNumber { get; }

    public void SetPinMode(PinMode mode) => _pins.SetOutput(PinNumber, mode == PinMode.Output);

    public void Write(PinValue value) => _pins.Write(PinNumber, (bool)value);
}
