namespace System.Device.I2c
{
    /// <summary>How fast a bus is.</summary>
    internal enum I2cBusSpeed
    {
        StandardMode = 0,
        FastMode = 1,
        FastModePlus = 2,
    }
}
