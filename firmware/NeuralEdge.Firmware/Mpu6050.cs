using System;

namespace NeuralEdge.Firmware
{
    /// <summary>
    /// The accelerometer in the MPU-6050 of InvenSense, by its data sheet: three values, the acceleration along x, y and z, in steps of 1/2048 g up
    /// to 16 g, measured at the board's own rate. The chip keeps its rows until the board fetches eight at once, so they are
    /// spaced by the chip's clock, whatever the board's loop does meanwhile, and old by twelve spacings at most.
    /// </summary>
    internal sealed class Mpu6050 : I2cSensor
    {
        /// <summary>Address with its pin AD0 low; with the pin high it is 0x69.</summary>
        internal const int UsualAddress = 0x68;

        /// <summary>Fewest milliseconds from a row to the next: fetching eight takes 1.6 ms of the bus.</summary>
        internal const int ShortestPeriodMs = 2;

        /// <summary>Most milliseconds from a row to the next.</summary>
        internal const int LongestPeriodMs = 20;

        /// <summary>How old a row is at most when it is taken, in spacings; what the chip's low-pass filter and a board that is late add is not in it.</summary>
        internal const int MostSpacingsOld = 12;

        private const int MicrosecondsPerMs = 1000;
        private const byte DeviceId = 0x68;
        private const byte Identity = 0x75;
        private const byte Divider = 0x19;
        private const byte FifoSources = 0x23;
        private const byte Interrupts = 0x38;
        private const byte Power = 0x6B;
        private const byte Standby = 0x6C;
        private const byte UpTo16G = 0x18;
        private const byte DataReady = 0x01;
        private const byte ClockOfGyroscope = 0x01;
        private const byte Acceleration = 0x08;

        // The chip is asked for rows when a take finds none here, and two more may wait there then before the oldest is left out.
        // So a board that is late now and then loses none, and one whose clock is slower than the chip's does not fall behind.
        private const int MostWaiting = FifoRows.Burst + 2;

        // Takes in a row that the last row stands in for one that has not come yet.
        private const int MostWaits = 2;

        // A take that moves on further wants the newest row: what the chip keeps is too old, and too much to fetch.
        private const int MostAtOnce = 8;

        // So many takes in a row, hardly apart, show that the board samples at the rate of the rows.
        private const int Steady = 16;
        private const int SteadyRows = 2;

        private readonly FifoRows _fifo;
        private readonly RowGrid _grid;
        private readonly long _patience;
        private readonly byte[] _askId = new byte[] { Identity };
        private readonly byte[] _id = new byte[1];
        private readonly byte[] _rates;
        private readonly byte[] _askRates = new byte[] { Divider };
        private readonly byte[] _hasRates = new byte[4];
        private readonly byte[] _askNewest = new byte[] { 0x3A };
        private readonly byte[] _newest = new byte[1 + FifoRows.RowBytes];
        private readonly byte[] _set = new byte[2];
        private bool _isSetUp;
        private bool _isFilling;
        private bool _takesNewest;
        private bool _isValid;
        private int _waits;
        private int _steady = Steady;
        private long _heardAt;

        /// <summary>Describes the chip.</summary>
        /// <param name="periodMs">Milliseconds from a row to the next, 2 to 20: the period in which the board samples.</param>
        /// <param name="address">Its address.</param>
        /// <exception cref="ArgumentOutOfRangeException">The period is none of those.</exception>
        internal Mpu6050(int periodMs, int address = UsualAddress)
            : base("MPU-6050", address, 3)
        {
            if (periodMs < ShortestPeriodMs || periodMs > LongestPeriodMs)
            {
                throw new ArgumentOutOfRangeException(nameof(periodMs));
            }

            // Behind each other: divider of 1 kHz, low-pass, gyroscope, accelerometer.
            _rates = new byte[] { Divider, (byte)(periodMs - 1), LowPass(periodMs), 0, UpTo16G };
            _fifo = new FifoRows(address);
            _grid = new RowGrid(periodMs * MicrosecondsPerMs);

            // Filling takes eight rows, and a chip that has just got its power some 100 ms.
            _patience = (2 * FifoRows.Burst * periodMs * MicrosecondsPerMs) + 100000;
        }

        /// <inheritdoc/>
        internal override int FreshMicroseconds
        {
            // The grid knows better: after a late period the next one comes sooner, and takes the next row.
            get { return 0; }
        }

        internal override bool TryRead(II2cBus bus, long now)
        {
            int rows = _grid.Take(now);
            if (rows != 0)
            {
                bool was = _isValid;
                _isValid = false;
                _isValid = Move(bus, now, rows, was);
            }

            return _isValid;
        }

        // The widest that is below half the rate, so that nothing faster looks like something slower.
        private static byte LowPass(int periodMs)
        {
            return (byte)(periodMs <= 2 ? 1 : periodMs <= 5 ? 2 : periodMs <= 11 ? 3 : 4);
        }

        private bool Move(II2cBus bus, long now, int rows, bool wasValid)
        {
            if (!_isSetUp)
            {
                SetUp(bus, now);
                return false;
            }

            bool wasSteady = _steady == Steady;
            _steady = rows > SteadyRows ? 0 : wasSteady ? Steady : _steady + 1;
            if (rows > MostAtOnce)
            {
                // A board that was held up goes on with what the chip measures from now on; a slow one has no use for rows in between.
                _takesNewest = !wasSteady;
                if (wasSteady)
                {
                    Restart(bus);
                }

                return TakeNewest(bus, now, rows, wasValid);
            }

            if (_takesNewest && _steady < Steady)
            {
                return TakeNewest(bus, now, rows, wasValid);
            }

            if (_takesNewest || _fifo.IsTorn)
            {
                Restart(bus);
                return false;
            }

            return TakeOldest(bus, now, rows, wasValid);
        }

        private bool TakeOldest(II2cBus bus, long now, int rows, bool wasValid)
        {
            bool isNew = false;
            int left = rows;
            for (;;)
            {
                int moved = _fifo.Skip(left);
                left -= moved;
                isNew |= moved != 0;
                if (left == 0)
                {
                    break;
                }

                FifoState state = _fifo.Fetch(bus, MostWaiting + left - 1);
                if (state == FifoState.Short)
                {
                    return isNew ? Give(_fifo.Bytes, _fifo.Last) : Wait(bus, now, wasValid);
                }

                if (state != FifoState.Fetched)
                {
                    return false;
                }

                _isFilling = false;
                Hear(now);
            }

            return Give(_fifo.Bytes, _fifo.Last);
        }

        private bool TakeNewest(II2cBus bus, long now, int rows, bool wasValid)
        {
            if (!bus.Transfer(Address, _askNewest, _newest))
            {
                return false;
            }

            if ((_newest[0] & DataReady) == 0)
            {
                return Wait(bus, now, wasValid && rows <= SteadyRows);
            }

            Hear(now);
            _isFilling &= !_takesNewest;
            return Give(_newest, 1);
        }

        // Nothing there yet: the chip's clock is the slower one, or it has lost its power and measures nothing since.
        private bool Wait(II2cBus bus, long now, bool wasValid)
        {
            _waits++;
            if (now - _heardAt > _patience)
            {
                SetUp(bus, now);
                return false;
            }

            _isFilling |= _waits > MostWaits;
            return wasValid && !_isFilling;
        }

        private void Hear(long now)
        {
            _heardAt = now;
            _waits = 0;
        }

        private bool Give(byte[] bytes, int at)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                Values[axis] = (short)((bytes[at + (2 * axis)] << 8) | bytes[at + (2 * axis) + 1]);
            }

            return true;
        }

        private void Restart(II2cBus bus)
        {
            _takesNewest = false;
            _isFilling = true;
            _fifo.Reset(bus);
        }

        private void SetUp(II2cBus bus, long now)
        {
            _isSetUp = false;
            _heardAt = now;
            if (!bus.Transfer(Address, _askId, _id) || _id[0] != DeviceId)
            {
                throw new SensorMissingException();
            }

            // Awake first: asleep it may take nothing else. One that has just got its power may lose what is written, hence the look at it.
            _isSetUp = Set(bus, Power, ClockOfGyroscope) && Set(bus, Standby, 0)
                && bus.Transfer(Address, _rates, null) && bus.Transfer(Address, _askRates, _hasRates) && HasRates()
                && Set(bus, FifoSources, Acceleration) && Set(bus, Interrupts, DataReady);
            Restart(bus);
        }

        private bool HasRates()
        {
            for (int i = 0; i < _hasRates.Length; i++)
            {
                if (_hasRates[i] != _rates[i + 1])
                {
                    return false;
                }
            }

            return true;
        }

        private bool Set(II2cBus bus, byte register, byte value)
        {
            _set[0] = register;
            _set[1] = value;
            return bus.Transfer(Address, _set, null);
        }
    }
}
