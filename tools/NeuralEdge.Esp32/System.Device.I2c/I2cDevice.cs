using NeuralEdge.Esp32;

namespace System.Device.I2c
{
    /// <summary>One chip on a bus, as in nanoFramework.System.Device.I2c on the ESP32: a chip that does not answer is a status and no exception.</summary>
    internal sealed class I2cDevice
    {
        private readonly Esp32Peripherals _board = Esp32Peripherals.Current;

        public I2cDevice(I2cConnectionSettings settings)
        {
            ConnectionSettings = settings;
        }

        public I2cConnectionSettings ConnectionSettings { get; }

        public I2cTransferResult Write(SpanByte buffer)
        {
            return Transfer(buffer.ToArray(), Array.Empty<byte>());
        }

        public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer)
        {
            byte[] read = readBuffer.ToArray();
            I2cTransferResult result = Transfer(writeBuffer.ToArray(), read);
            new SpanByte(read).CopyTo(readBuffer);
            return result;
        }

        private I2cTransferResult Transfer(byte[] write, byte[] read)
        {
            bool isWhole = _board.TransferI2c(ConnectionSettings.BusId, ConnectionSettings.DeviceAddress, write, read);
            return new I2cTransferResult(isWhole ? I2cTransferStatus.FullTransfer : I2cTransferStatus.SlaveAddressNotAcknowledged);
        }
    }
}
