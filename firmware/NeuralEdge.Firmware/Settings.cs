using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>
    /// What differs from board to board. The chip is found by itself, and with it come the pins that are safe, the channels that
    /// measure and the link, so the file can stay as it is; change what differs, build, deploy. On a chip that it does not suit
    /// nothing is driven, and both the debugger and "neuraledge info" say why.
    /// </summary>
    internal static class Settings
    {
        /// <summary>Shown by "neuraledge info". ASCII, at most 32 characters.</summary>
        internal const string Name = "NeuralEdge ESP32";

        /// <summary>
        /// Number of the serial port to the PC, 2 for COM2; 0 for the chip's own: COM2 on GPIO 16 and 17 of an ESP32 (26 and 25 with PSRAM), whose
        /// COM1 is the debugger's, and COM1, the socket that is not the chip's own USB, on every other chip.
        /// </summary>
        internal const int LinkPort = 0;

        /// <summary>GPIO that receives from the PC (an adapter's TX); -1 for the chip's own.</summary>
        internal const int LinkReceivePin = ChipWiring.Default;

        /// <summary>GPIO that sends to the PC (an adapter's RX); -1 for the chip's own.</summary>
        internal const int LinkTransmitPin = ChipWiring.Default;

        /// <summary>
        /// True: the board compiles models of the profile fast. It writes an assembly of straight-line code in its memory, from
        /// the model it has received and verified, loads it, and uses it once it has given the integers of the ordinary kernels
        /// for the golden vectors and 64 others; shared/DESIGN.md says what that is worth. Models of a shape that was compiled before only
        /// change its constants, since assemblies cannot be unloaded. Off, because it was tried on the runtime for Linux and not yet
        /// on a chip: switch it on, and look at "forward" of "neuraledge info".
        /// </summary>
        internal const bool Turbo = false;

        /// <summary>
        /// Pins a model may drive; all of them are driven inactive before anything else happens. As it is, those of
        /// <see cref="ChipTable"/> for the chip that the I2C bus has not, all active high. For your own, return for example
        /// <c>SafePin.All("18 19 21-23", false)</c>, or each by itself, <c>new SafePin[] { new SafePin(18, false), new SafePin(19, true) }</c>.
        /// "true" is for loads that run at the low level, as most relay boards do; a model that says otherwise is refused. A load that must
        /// not run for long gets a limit that no model can lift: <c>.AtMost(60000)</c> behind its pin switches it off after a minute until the
        /// model has asked for off, <c>.AtMost(60000, 300000)</c> for five minutes. Give every load a resistor that keeps it off while the
        /// board starts: for about a second nobody holds these pins. Pins that decide how the chip starts, or belong to its flash,
        /// its USB or its debugger are refused.
        /// </summary>
        /// <param name="chip">The chip the board turned out to have.</param>
        internal static SafePin[] OutputPins(Chip chip)
        {
            return SafePin.AllBut(I2cDataPin, I2cClockPin, chip.Outputs, false);
        }

        /// <summary>GPIO of the data line of an I2C bus, SDA, for <see cref="Sensors"/>; -1 without one. The pin is then neither an output nor an ADC channel.</summary>
        internal const int I2cDataPin = ChipWiring.Default;

        /// <summary>GPIO of its clock line, SCL.</summary>
        internal const int I2cClockPin = ChipWiring.Default;

        /// <summary>
        /// The sensors on that bus, for example <c>new Adxl345(), new Sht31()</c>. What they give gets numbers in their order, from 0 on: here
        /// 0 to 2 are the acceleration along x, y and z in 1/256 g, 3 is the temperature in 0.01 degrees and 4 the humidity in 0.01 %. A board file
        /// names them <c>"sensor": 0</c>. Another order, or a sensor in between, makes other numbers: models that were made before measure something else then.
        /// </summary>
        internal static I2cSensor[] Sensors()
        {
            return new I2cSensor[]
            {
            };
        }

        /// <summary>
        /// What you measured about this board's ADC, for example
        /// <c>new AdcChannelSettings(6).Correct(210, 372, 2950, 3103).Plausible(40, 4050)</c>: channel 6 reads 210 where
        /// 372 would be right and 2950 where 3103 would be, and counts outside 40..4050 mean a broken wire. For channels without
        /// <c>Plausible</c> the ends, 0 and 4095, do, unless the model says otherwise.
        /// </summary>
        internal static AdcChannelSettings[] AdcChannels()
        {
            return new AdcChannelSettings[]
            {
            };
        }
    }
}
