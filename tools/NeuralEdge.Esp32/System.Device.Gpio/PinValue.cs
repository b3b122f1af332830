namespace System.Device.Gpio;

/// <summary>A pin's level, as in nanoFramework.System.Device.Gpio.</summary>
internal readonly struct PinValue
{
    private readonly byte _value;

    private PinValue(byte value)
    {
        _value = value;
    }

    public static PinValue High => new(1);

    public static PinValue Low => new(0);

    public static explicit operator bool(PinValue value) => value._value != 0;
}
