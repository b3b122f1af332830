#nullable enable
using NeuralEdge.Simulator.Chip;

namespace System.Device.Gpio;

/// <summary>Pin modes, with the numbers of nanoFramework.System.Device.Gpio.</summary>
internal enum PinMode
{
    Input = 0,
    InputPullDown = 1,
    InputPullUp = 2,
    Output = 3,
}

/// <summary>A pin's level, as in nanoFramework.System.Device.Gpio.</summary>
internal readonly struct PinValue
{
    private readonly byte _value;

    private PinValue(byte value)
    {
        _value = value;
    }

    internal static PinValue High => new(1);

    internal static PinValue Low => new(0);

    public static explicit operator bool(PinValue value) => value._value != 0;
}

/// <summary>
/// The digital pins with the behaviour of nanoFramework.System.Device.Gpio on the ESP32: a pin cannot be opened twice,
/// becoming an output drives it low first, and there is no way to give an initial level.
/// </summary>
internal sealed class GpioController
{
    private readonly GpioBank _bank = ChipLife.Current.Gpio;

    internal GpioPin OpenPin(int pinNumber)
    {
        _bank.Open(pinNumber);
        return new GpioPin(_bank, pinNumber);
    }

    internal GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = OpenPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }
}

/// <summary>One pin, as in nanoFramework.System.Device.Gpio.</summary>
internal sealed class GpioPin
{
    private readonly GpioBank _bank;

    internal GpioPin(GpioBank bank, int pinNumber)
    {
        _bank = bank;
        PinNumber = pinNumber;
    }

    internal int PinNumber { get; }

    internal void SetPinMode(PinMode mode) => _bank.SetOutput(PinNumber, mode == PinMode.Output);

    internal void Write(PinValue value) => _bank.Write(PinNumber, (bool)value);
}
