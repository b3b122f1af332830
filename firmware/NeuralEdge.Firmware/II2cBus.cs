namespace NeuralEdge.Firmware
{
    /// <summary>An I2C bus, as far as a sensor needs one.</summary>
    internal interface II2cBus
    {
        /// <summary>Writes, and reads without letting go of the bus in between.</summary>
        /// <param name="address">Address of the chip, 7 bits.</param>
        /// <param name="write">What is written, at least a byte.</param>
        /// <param name="read">Filled with what is read; null to write only.</param>
        /// <returns>False when the chip did not take or give all of it.</returns>
        bool Transfer(int address, byte[] write, byte[] read);
    }
}
