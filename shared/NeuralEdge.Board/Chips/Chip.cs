namespace NeuralEdge.Board.Chips
{
    /// <summary>
    /// A chip of the ESP32 family on its usual modules: which pins there are, what they are for, and what a board uses when nobody
    /// says otherwise. Lists of pins are texts (<see cref="PinList"/>); the rows are in <see cref="ChipTable"/>.
    /// </summary>
    public sealed class Chip
    {
        /// <summary>Number of the port of UART0, whose pins the chip's boot ROM uses, too.</summary>
        public const int FirstPort = 1;

        internal Chip(string name, string title, string runtime)
        {
            Name = name;
            Title = title;
            Runtime = runtime;
            InputsOnly = "";
            Usb = "";
            Jtag = "";
            Unsteady = "";
            NotLedOut = "";
            ForSensors = "";
            LinkPort = FirstPort;
            Ports = 2;
        }

        /// <summary>Name in board files and on the link, "esp32-s3".</summary>
        public string Name { get; }

        /// <summary>Name for people, "ESP32-S3".</summary>
        public string Title { get; }

        /// <summary>What the runtime calls the chip, "ESP32_S3"; modules with other memory share it.</summary>
        public string Runtime { get; }

        /// <summary>Pins that exist.</summary>
        public string Pins { get; internal set; }

        /// <summary>Pins that cannot drive.</summary>
        public string InputsOnly { get; internal set; }

        /// <summary>Pins that decide how the chip starts.</summary>
        public string Strapping { get; internal set; }

        /// <summary>Pins of the flash and the PSRAM inside the module.</summary>
        public string Memory { get; internal set; }

        /// <summary>Pins of the chip's own USB.</summary>
        public string Usb { get; internal set; }

        /// <summary>Pins that are JTAG until somebody changes it.</summary>
        public string Jtag { get; internal set; }

        /// <summary>UART0: the pin that receives and the pin that sends.</summary>
        public string Uart0 { get; internal set; }

        /// <summary>Pins that toggle while the chip starts.</summary>
        public string Unsteady { get; internal set; }

        /// <summary>Pins that modules do not lead out.</summary>
        public string NotLedOut { get; internal set; }

        /// <summary>Pins that could drive and are kept for sensors, because there are few for them.</summary>
        public string ForSensors { get; internal set; }

        /// <summary>Pins of ADC1, in the order of its channels.</summary>
        public string Adc { get; internal set; }

        /// <summary>Least voltage in millivolts that ADC1 measures well at 12 dB.</summary>
        public int LeastMillivolts { get; internal set; }

        /// <summary>Highest voltage in millivolts that ADC1 measures well at 12 dB; 0 when no source says it.</summary>
        public int MostMillivolts { get; internal set; }

        /// <summary>Pins that outputs take, in this order, when nobody says otherwise.</summary>
        public string Outputs { get; internal set; }

        /// <summary>How many serial ports there are, COM1 and so on.</summary>
        public int Ports { get; internal set; }

        /// <summary>Number of the serial port to the PC when nobody says otherwise.</summary>
        public int LinkPort { get; internal set; }

        /// <summary>The link's pins when nobody says otherwise: the one that receives and the one that sends.</summary>
        public string Link { get; internal set; }

        /// <summary>Bit n set: channel n of ADC1 may be sampled.</summary>
        public int AdcChannels
        {
            get
            {
                int[] pins = PinList.Expand(Adc);
                int mask = 0;
                for (int channel = 0; channel < pins.Length; channel++)
                {
                    // A sensor on a strapping pin would decide how the chip starts.
                    mask |= PinList.Has(Strapping, pins[channel]) ? 0 : 1 << channel;
                }

                return mask;
            }
        }

        /// <summary>GPIO of a channel of ADC1.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>GPIO number, -1 when there is no such channel.</returns>
        public int GpioOfAdc(int channel)
        {
            int[] pins = PinList.Expand(Adc);
            return channel >= 0 && channel < pins.Length ? pins[channel] : -1;
        }

        /// <summary>Why a pin must not drive anything, as the rest of a sentence behind the pin.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <returns>The reason, null when it may.</returns>
        public string WhyNotOutput(int pin)
        {
            return !PinList.Has(Pins, pin) ? "does not exist on the " + Title
                : PinList.Has(Memory, pin) ? "is wired to the flash or PSRAM chip inside the module"
                : PinList.Has(Usb, pin) ? "is the USB socket, over which the board is flashed"
                : PinList.Has(Uart0, pin) ? Usb.Length == 0 ? "is UART0, over which the board is flashed" : "is UART0, the line to the PC"
                : PinList.Has(Strapping, pin) ? "is a strapping pin: a load on it can keep the " + Title + " from starting"
                : PinList.Has(InputsOnly, pin) ? "is an input only and cannot switch anything"
                : PinList.Has(Unsteady, pin) ? "toggles while the " + Title + " starts"
                : PinList.Has(Jtag, pin) ? "is JTAG"
                : null;
        }

        /// <summary>Why a channel of ADC1 cannot measure, as the rest of a sentence behind its number.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>The reason, null when it can.</returns>
        public string WhyNotAdc(int channel)
        {
            int pin = GpioOfAdc(channel);
            return pin < 0 ? "is not on ADC1"
                : PinList.Has(NotLedOut, pin) ? "of ADC1 is GPIO " + pin + ", which modules do not lead out"
                : PinList.Has(Strapping, pin) ? "of ADC1 is GPIO " + pin + ", a strapping pin: a sensor on it can keep the " + Title + " from starting"
                : null;
        }
    }
}
