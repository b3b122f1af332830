using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>The first I2C bus of the chip, at 400 kHz. Each transfer allocates: the platform clones what is passed, and its result is an object.</summary>
    internal sealed class I2cBus : II2cBus
    {
        private const int Bus = 1;
        private const int MostChips = 8;

        private readonly I2cDevice[] _chips = new I2cDevice[MostChips];
        private int _count;

        internal I2cBus(int dataPin, int clockPin)
        {
            Configuration.SetPinFunction(dataPin, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(clockPin, DeviceFunction.I2C1_CLOCK);
        }

        /// <summary>Opens the bus for sensors.</summary>
        /// <param name="sensors">The sensors on it; without one the bus is left alone.</param>
        /// <param name="dataPin">GPIO of the data line.</param>
        /// <param name="clockPin">GPIO of the clock.</param>
        /// <param name="clock">Time.</param>
        /// <param name="errors">Where a sensor that does not answer is named.</param>
        /// <returns>Their values, null without sensors.</returns>
        internal static ISensorValues OpenSensors(I2cSensor[] sensors, int dataPin, int clockPin, IBoardClock clock, BoardErrors errors)
        {
            return sensors.Length == 0 ? null : new I2cSensors(new I2cBus(dataPin, clockPin), sensors, clock, errors);
        }

        public bool Transfer(int address, byte[] write, byte[] read)
        {
            I2cDevice chip = Find(address);

            // Not ReadByte, which hides that nobody has answered.
            I2cTransferResult result = read == null
                ? chip.Write(write)
                : chip.WriteRead(write, read);
            return result.Status == I2cTransferStatus.FullTransfer;
        }

        private I2cDevice Find(int address)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_chips[i].ConnectionSettings.DeviceAddress == address)
                {
                    return _chips[i];
                }
            }

            I2cDevice chip = new I2cDevice(new I2cConnectionSettings(Bus, address, I2cBusSpeed.FastMode));
            _chips[_count] = chip;
            _count++;
            return chip;
        }
    }
}
