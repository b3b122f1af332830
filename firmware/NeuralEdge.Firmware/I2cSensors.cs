using System;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>
    /// The values of all sensors on the bus, numbered in the order of the sensors. One transfer serves all values of a sensor that are
    /// asked for together.
    /// </summary>
    internal sealed class I2cSensors : ISensorValues
    {
        /// <summary>Microseconds for which a value that was taken stands: a period is longer, and takes each value once.</summary>
        internal const int FreshMicroseconds = 4000;

        /// <summary>
        /// Microseconds for which one stands that was not taken yet: values of a period belong to one transfer, also where a collection of
        /// garbage comes between.
        /// </summary>
        internal const int TogetherMicroseconds = 50000;

        // A transfer on a bus that is stuck takes up to a second, in which nothing else runs: after one that took long the bus is left
        // alone for ten times as long, so that the link and the supervisor have their time. One that has worked may have been held up by a
        // collection of garbage, which says nothing of the bus.
        private const int LongMicroseconds = 20000;
        private const int LongestMicroseconds = 500000;
        private const int PauseFactor = 10;

        private readonly II2cBus _bus;
        private readonly I2cSensor[] _sensors;
        private readonly IBoardClock _clock;
        private readonly BoardErrors _errors;
        private readonly long[] _readAt;
        private readonly bool[] _isGood;
        private readonly bool[] _isNoted;
        private readonly int[] _sensorOf;
        private readonly int[] _placeOf;
        private readonly bool[] _isTaken;
        private long _quietUntil;

        /// <summary>Reads each sensor once, so that one that does not answer is named at the start; the board runs all the same.</summary>
        /// <param name="bus">The bus.</param>
        /// <param name="sensors">The sensors.</param>
        /// <param name="clock">Time.</param>
        /// <param name="errors">Where a sensor that fails is named; null for nowhere.</param>
        internal I2cSensors(II2cBus bus, I2cSensor[] sensors, IBoardClock clock, BoardErrors errors)
        {
            _bus = bus;
            _sensors = sensors;
            _clock = clock;
            _errors = errors;
            _readAt = new long[sensors.Length];
            _isGood = new bool[sensors.Length];
            _isNoted = new bool[sensors.Length];
            for (int i = 0; i < sensors.Length; i++)
            {
                Count += sensors[i].Values.Length;
            }

            _sensorOf = new int[Count];
            _placeOf = new int[Count];
            _isTaken = new bool[Count];
            int value = 0;
            for (int i = 0; i < sensors.Length; i++)
            {
                for (int place = 0; place < sensors[i].Values.Length; place++)
                {
                    _sensorOf[value] = i;
                    _placeOf[value] = place;
                    _isTaken[value] = true;
                    value++;
                }

                Read(i);
            }
        }

        public int Count { get; }

        public bool TryRead(int sensor, out int value)
        {
            int owner = _sensorOf[sensor];
            bool begins = _isTaken[sensor];

            // A transfer that failed, failed for all values of its row: one that succeeds between them would be another row's.
            int stands = begins ? _sensors[owner].FreshMicroseconds : _isGood[owner] ? TogetherMicroseconds : FreshMicroseconds;
            if (_clock.Microseconds - _readAt[owner] >= stands)
            {
                Read(owner);
            }

            // A row begins, and its other values belong to the same transfer, also when this one is still fresh and they no longer are. Where a
            // board was held up between two values, those before have been taken: else the next row would take them of this transfer.
            for (int i = 0; begins && i < _isTaken.Length; i++)
            {
                _isTaken[i] &= _sensorOf[i] != owner;
            }

            _isTaken[sensor] = true;
            value = _sensors[owner].Values[_placeOf[sensor]];
            return _isGood[owner];
        }

        private void Read(int sensor)
        {
            long begin = _clock.Microseconds;
            _isGood[sensor] = begin >= _quietUntil && TryRead(_sensors[sensor], sensor, begin);
            long end = _clock.Microseconds;
            _readAt[sensor] = end;
            if (end - begin > (_isGood[sensor] ? LongestMicroseconds : LongMicroseconds))
            {
                _quietUntil = end + ((end - begin) * PauseFactor);
            }
        }

        private bool TryRead(I2cSensor chip, int sensor, long now)
        {
            try
            {
                return chip.TryRead(_bus, now);
            }
            catch (Exception e)
            {
                // Noting it writes flash: once for each sensor.
                if (_errors != null && !_isNoted[sensor])
                {
                    _isNoted[sensor] = true;
                    _errors.Note("reading the " + chip.Name + " at I2C address 0x" + chip.Address.ToString("X2"), e);
                }

                return false;
            }
        }
    }
}
