namespace NeuralEdge.Firmware
{
    /// <summary>
    /// The accelerometer ADXL345 of Analog Devices, by its data sheet: three values, the acceleration along x, y and z, in steps of 1/256 g
    /// up to 16 g, measured 100 times a second.
    /// </summary>
    internal sealed class Adxl345 : I2cSensor
    {
        /// <summary>Address with its pin ALT ADDRESS low; with the pin high it is 0x1D.</summary>
        internal const int UsualAddress = 0x53;

        private const byte DeviceId = 0xE5;
        private const byte Measure = 0x08;
        private const byte FullResolutionTo16G = 0x0B;
        private const byte DataReady = 0x80;

        // Registers from POWER_CTL to DATAZ1 in one transfer: the settings beside the data tell whether the chip still has them.
        private const int SourceAt = 0x30 - 0x2D;
        private const int FormatAt = 0x31 - 0x2D;
        private const int DataAt = 0x32 - 0x2D;

        private readonly byte[] _askId = new byte[] { 0x00 };
        private readonly byte[] _setRate = new byte[] { 0x2C, 0x0A };
        private readonly byte[] _setFormat = new byte[] { 0x31, FullResolutionTo16G };
        private readonly byte[] _start = new byte[] { 0x2D, Measure };
        private readonly byte[] _askData = new byte[] { 0x2D };
        private readonly byte[] _id = new byte[1];
        private readonly byte[] _data = new byte[11];
        private bool _isSetUp;
        private bool _hasMeasured;

        internal Adxl345(int address = UsualAddress)
            : base("ADXL345", address, 3)
        {
        }

        internal override bool TryRead(II2cBus bus, long now)
        {
            if (!_isSetUp)
            {
                SetUp(bus);
                return false;
            }

            if (!bus.Transfer(Address, _askData, _data))
            {
                return false;
            }

            if (_data[0] != Measure || _data[FormatAt] != FullResolutionTo16G)
            {
                // It has lost its power meanwhile, and measures nothing since.
                SetUp(bus);
                return false;
            }

            _hasMeasured |= (_data[SourceAt] & DataReady) != 0;
            for (int axis = 0; axis < 3; axis++)
            {
                Values[axis] = (short)(_data[DataAt + (2 * axis)] | (_data[DataAt + (2 * axis) + 1] << 8));
            }

            return _hasMeasured;
        }

        private void SetUp(II2cBus bus)
        {
            _hasMeasured = false;
            _isSetUp = bus.Transfer(Address, _askId, _id) && _id[0] == DeviceId
                && bus.Transfer(Address, _setRate, null) && bus.Transfer(Address, _setFormat, null) && bus.Transfer(Address, _start, null);
            if (!_isSetUp)
            {
                throw new SensorMissingException();
            }
        }
    }
}
