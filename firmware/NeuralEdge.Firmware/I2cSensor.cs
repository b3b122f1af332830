namespace NeuralEdge.Firmware
{
    /// <summary>
    /// A chip on the I2C bus and the integers that it gives, each -32768..32767 in a unit that the driver chooses. A driver for another
    /// chip derives from this and has one method, <see cref="TryRead"/>; <see cref="Adxl345"/> is the pattern.
    /// </summary>
    internal abstract class I2cSensor
    {
        /// <summary>Describes a chip; nothing is sent to it yet.</summary>
        /// <param name="name">What it is called when it does not answer.</param>
        /// <param name="address">Its address, 7 bits.</param>
        /// <param name="count">How many values it gives.</param>
        protected I2cSensor(string name, int address, int count)
        {
            Name = name;
            Address = address;
            Values = new int[count];
        }

        /// <summary>What it is called when it does not answer.</summary>
        internal string Name { get; }

        /// <summary>Its address, 7 bits.</summary>
        internal int Address { get; }

        /// <summary>What it gave last.</summary>
        internal int[] Values { get; }

        /// <summary>Microseconds for which values that were taken stand. A driver that knows itself which row is due has 0, and is asked each time.</summary>
        internal virtual int FreshMicroseconds
        {
            get { return I2cSensors.FreshMicroseconds; }
        }

        /// <summary>
        /// Fills <see cref="Values"/>, and sets the chip up where it does not know what it is to do, at the start and whenever it has lost its
        /// power meanwhile. Must not wait: what is not ready now is so at a later call, the next one is some milliseconds away.
        /// </summary>
        /// <param name="bus">The bus.</param>
        /// <param name="now">Microseconds since the start.</param>
        /// <returns>False when there are no values to rely on.</returns>
        internal abstract bool TryRead(II2cBus bus, long now);
    }
}
