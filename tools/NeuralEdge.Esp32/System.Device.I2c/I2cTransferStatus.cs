namespace System.Device.I2c
{
    /// <summary>How a transfer ended. On the ESP32 one that was cut short is an unknown error.</summary>
    internal enum I2cTransferStatus
    {
        UnknownError = 0,
        FullTransfer = 1,
        ClockStretchTimeout = 2,
        PartialTransfer = 3,
        SlaveAddressNotAcknowledged = 4,
    }
}
