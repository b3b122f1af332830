namespace NeuralEdge.Firmware
{
    /// <summary>
    /// The climate sensor SHT31 of Sensirion (SHT30 and SHT35 likewise), by its data sheet: two values, the temperature in 0.01 degrees Celsius and the
    /// relative humidity in 0.01 %, measured once a second.
    /// </summary>
    internal sealed class Sht31 : I2cSensor
    {
        /// <summary>Address with its pin ADDR low; with the pin high it is 0x45.</summary>
        internal const int UsualAddress = 0x44;

        // Three measurements that did not come.
        private const int PatienceMicroseconds = 3000000;

        private readonly byte[] _break = new byte[] { 0x30, 0x93 };
        private readonly byte[] _startEachSecond = new byte[] { 0x21, 0x30 };
        private readonly byte[] _fetch = new byte[] { 0xE0, 0x00 };
        private readonly byte[] _data = new byte[6];
        private bool _isIdle;
        private bool _isMeasuring;
        private bool _hasMeasured;
        private long _since;

        internal Sht31(int address = UsualAddress)
            : base("SHT31", address, 2)
        {
        }

        internal override bool TryRead(II2cBus bus, long now)
        {
            if (!_isMeasuring)
            {
                SetUp(bus, now);
                return false;
            }

            // Until the next measurement it does not answer, and the last one stands.
            if (bus.Transfer(Address, _fetch, _data) && IsWhole(0) && IsWhole(3))
            {
                _since = now;
                _hasMeasured = true;
                Values[0] = Temperature((_data[0] << 8) | _data[1]);
                Values[1] = Humidity((_data[3] << 8) | _data[4]);
            }
            else if (now - _since > PatienceMicroseconds)
            {
                // It has lost its power meanwhile, or its wire.
                _isIdle = false;
                _isMeasuring = false;
                _hasMeasured = false;
            }

            return _hasMeasured;
        }

        /// <summary>The temperature of a raw reading.</summary>
        /// <param name="raw">0..65535.</param>
        /// <returns>-45 + 175 raw / 65535 degrees, in hundredths, rounded half up.</returns>
        internal static int Temperature(int raw)
        {
            return (((17500 * raw) + 32767) / 65535) - 4500;
        }

        /// <summary>The relative humidity of a raw reading.</summary>
        /// <param name="raw">0..65535.</param>
        /// <returns>100 raw / 65535 %, in hundredths, rounded half up.</returns>
        internal static int Humidity(int raw)
        {
            return ((10000 * raw) + 32767) / 65535;
        }

        /// <summary>The checksum behind each two bytes: CRC-8, polynomial 0x31, begun with 0xFF.</summary>
        internal static int Checksum(int high, int low)
        {
            int crc = 0xFF ^ high;
            for (int bit = 0; bit < 16; bit++)
            {
                if (bit == 8)
                {
                    crc ^= low;
                }

                crc = (crc & 0x80) != 0 ? ((crc << 1) ^ 0x31) & 0xFF : crc << 1;
            }

            return crc;
        }

        private bool IsWhole(int at)
        {
            return Checksum(_data[at], _data[at + 1]) == _data[at + 2];
        }

        private void SetUp(II2cBus bus, long now)
        {
            // A chip that measures takes no other command, and needs a millisecond to stop: the next call starts it.
            bool answers = bus.Transfer(Address, _isIdle ? _startEachSecond : _break, null);
            _isMeasuring = answers && _isIdle;
            _isIdle = answers;
            _since = now;
            if (!answers)
            {
                throw new SensorMissingException();
            }
        }
    }
}
