namespace System.Device.I2c
{
    public struct I2cTransferResult
    {
        public I2cTransferStatus Status => throw null;
    }
}
