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

        // The device's take a SpanByte, of which only its CoreLibrary knows; an array becomes one by itself there.
        internal I2cTransferResult Write(byte[] buffer)
        {
            return Transfer(buffer, Array.Empty<byte>());
        }

        internal I2cTransferResult WriteRead(byte[] writeBuffer, byte[] readBuffer)
        {
            return Transfer(writeBuffer, readBuffer);
        }

        private I2cTransferResult Transfer(byte[] write, byte[] read)
        {
            bool isWhole = _board.TransferI2c(ConnectionSettings.BusId, ConnectionSettings.DeviceAddress, write, read);
            return new I2cTransferResult(isWhole ? I2cTransferStatus.FullTransfer : I2cTransferStatus.SlaveAddressNotAcknowledged);
        }
    }
}
