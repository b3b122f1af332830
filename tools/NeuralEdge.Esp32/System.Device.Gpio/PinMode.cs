namespace System.Device.Gpio;

/// <summary>Pin modes, with the numbers of nanoFramework.System.Device.Gpio.</summary>
internal enum PinMode
{
    Input = 0,
    InputPullDown = 1,
    InputPullUp = 2,
    Output = 3,
}
