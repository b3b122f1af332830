namespace NeuralEdge.Board.Chips
{
    /// <summary>
    /// The chips of the ESP32 family, a row each. Pins, strapping, memory and USB: gpio.rst and the chip's part of it in
    /// docs/en/api-reference/peripherals/gpio of espressif/esp-idf. UART0: components/soc/CHIP/include/soc/uart_pins.h there. Channels of the
    /// ADC and ports: targets/ESP32/_common/CHIP_DeviceMapping.cpp of nanoframework/nf-interpreter, but see the S2. Useful range at 12 dB: the page
    /// "Analog to Digital Converter" of the chip in ESP-IDF 4.4; newer chips have none there. Outputs and link are the choice of this
    /// project: what is left, in an order that suits common development boards. None of it was measured on a board.
    /// </summary>
    public static class ChipTable
    {
        /// <summary>Name of the chip that is meant when nobody names one.</summary>
        public const string Classic = "esp32";

        /// <summary>The names of all rows, in their order, with a space between them.</summary>
        public const string Names = "esp32 esp32-wrover esp32-s2 esp32-s3 esp32-s3-octal esp32-c3 esp32-c6 esp32-h2 esp32-p4";

        private const string OnTheRuntime = "running @ ";

        /// <summary>The row of a name.</summary>
        /// <param name="name">Name in board files, "esp32-s3".</param>
        /// <returns>The row, null when there is none.</returns>
        public static Chip Find(string name)
        {
            return name == Classic ? Esp32(name)
                : name == "esp32-wrover" ? Wrover(name)
                : name == "esp32-s2" ? S2(name)
                : name == "esp32-s3" ? S3(name)
                : name == "esp32-s3-octal" ? S3Octal(name)
                : name == "esp32-c3" ? C3(name)
                : name == "esp32-c6" ? C6(name)
                : name == "esp32-h2" ? H2(name)
                : name == "esp32-p4" ? P4(name)
                : null;
        }

        /// <summary>Why a chip that exists is not supported, as the rest of a sentence.</summary>
        /// <param name="name">Name as in board files, or as the runtime has it.</param>
        /// <returns>The reason, null when nothing is known against it.</returns>
        public static string WhyRefused(string name)
        {
            // targets/ESP32/defconfig/ESP32_C5_THREAD_defconfig of nanoframework/nf-interpreter.
            return name == "esp32-c5" || name == "ESP32_C5" ? "the runtime's image for it has no ADC" : null;
        }

        /// <summary>
        /// What the runtime calls the chip it runs on: "nanoCLR running @ ESP32_C3 built with ESP-IDF ..." is its own description
        /// (OEMSYSTEMINFOSTRING in targets/ESP32/CHIP/nanoCLR/target_board.h.in of nanoframework/nf-interpreter).
        /// </summary>
        /// <param name="description">The description, may be null.</param>
        /// <returns>"ESP32_C3", or the whole description when it is another kind of one.</returns>
        public static string RuntimeName(string description)
        {
            int begin = description == null ? -1 : description.IndexOf(OnTheRuntime);
            if (begin < 0)
            {
                return description == null ? "" : description;
            }

            begin += OnTheRuntime.Length;
            int end = begin;
            while (end < description.Length && description[end] != ' ')
            {
                end++;
            }

            return description.Substring(begin, end - begin);
        }

        /// <summary>The row of the chip that a program runs on.</summary>
        /// <param name="runtime">What <see cref="RuntimeName"/> found.</param>
        /// <param name="target">Name of the runtime's image, "ESP32_S3_QUAD".</param>
        /// <param name="hasPsram">Whether the runtime found PSRAM.</param>
        /// <returns>The row, null for a chip that is in no row.</returns>
        public static Chip Recognise(string runtime, string target, bool hasPsram)
        {
            // A PICO has its flash inside, on 16 and 17 as well; the M5StickC is one. And an image for octal memory may run on a module that has
            // it even where it was not found.
            return runtime == "ESP32" ? Find(hasPsram || Mentions(target, "PICO") || Mentions(target, "M5Stick") ? "esp32-wrover" : Classic)
                : runtime == "ESP32_S3" ? Find(Mentions(target, "OCTAL") || (hasPsram && !Mentions(target, "QUAD")) ? "esp32-s3-octal" : "esp32-s3")
                : runtime == "ESP32_S2" ? Find("esp32-s2")
                : runtime == "ESP32_C3" ? Find("esp32-c3")
                : runtime == "ESP32_C6" ? Find("esp32-c6")
                : runtime == "ESP32_H2" ? Find("esp32-h2")
                : runtime == "ESP32_P4" ? Find("esp32-p4")
                : null;
        }

        private static bool Mentions(string target, string word)
        {
            return target != null && target.IndexOf(word) >= 0;
        }

        private static Chip Esp32(string name)
        {
            return new Chip(name, "ESP32", "ESP32")
            {
                Pins = "0-19 21-23 25-27 32-39",
                InputsOnly = "34-39",
                Strapping = "0 2 5 12 15",
                Memory = "6-11",
                Uart0 = "3 1",
                Unsteady = "14",
                NotLedOut = "37 38",
                ForSensors = "32 33",
                Adc = "36-39 32-35",
                LeastMillivolts = 150,
                MostMillivolts = 2450,
                Outputs = "18 19 21-23 25-27 4 13",
                Ports = 3,

                // COM1 is the debugger's: there is no USB.
                LinkPort = 2,
                Link = "16 17",
            };
        }

        // Every module whose memory takes 16 and 17 as well: WROVER and PICO.
        private static Chip Wrover(string name)
        {
            Chip chip = Esp32(name);
            chip.Memory = "6-11 16 17";
            chip.Outputs = "18 19 21-23 27 4 13";
            chip.Link = "26 25";
            return chip;
        }

        // ESP32_S2_DeviceMapping.cpp has the pins of the classic chip, so that Configuration.GetFunctionPin is wrong here; conversions go by channel.
        private static Chip S2(string name)
        {
            return new Chip(name, "ESP32-S2", "ESP32_S2")
            {
                Pins = "0-21 26-46",
                InputsOnly = "46",
                Strapping = "0 45 46",
                Memory = "26-32",
                Usb = "19 20",
                Jtag = "39-42",
                Uart0 = "44 43",
                Adc = "1-10",
                MostMillivolts = 2500,
                Outputs = "33-38 21 14",
                Link = "44 43",
            };
        }

        // GPIO 48, on other boards 38, is the light on the development board.
        private static Chip S3(string name)
        {
            return new Chip(name, "ESP32-S3", "ESP32_S3")
            {
                Pins = "0-21 26-48",
                Strapping = "0 3 45 46",
                Memory = "26-32",
                Usb = "19 20",
                Uart0 = "44 43",
                Adc = "1-10",
                MostMillivolts = 3100,
                Outputs = "21 38-42 47 48 14",
                Ports = 3,
                Link = "44 43",
            };
        }

        private static Chip S3Octal(string name)
        {
            Chip chip = S3(name);
            chip.Memory = "26-37";
            return chip;
        }

        // GPIO 11 feeds the flash (VDD_SPI in the chip's data sheet).
        private static Chip C3(string name)
        {
            return new Chip(name, "ESP32-C3", "ESP32_C3")
            {
                Pins = "0-21",
                Strapping = "2 8 9",
                Memory = "11-17",
                Usb = "18 19",
                Uart0 = "20 21",
                Adc = "0-4",
                MostMillivolts = 2500,
                Outputs = "10 6 7 5",
                Link = "20 21",
            };
        }

        private static Chip C6(string name)
        {
            return new Chip(name, "ESP32-C6", "ESP32_C6")
            {
                Pins = "0-30",
                Strapping = "4 5 8 9 15",
                Memory = "24-30",
                Usb = "12 13",
                Uart0 = "17 16",
                Adc = "0-6",
                Outputs = "18-23 7",
                Link = "17 16",
            };
        }

        private static Chip H2(string name)
        {
            return new Chip(name, "ESP32-H2", "ESP32_H2")
            {
                Pins = "0-27",
                Strapping = "2 3 8 9 25",
                Memory = "15-21",
                Usb = "26 27",
                Uart0 = "23 24",
                Adc = "1-5",
                Outputs = "10-12 14 22 0",
                Link = "23 24",
            };
        }

        // Flash and PSRAM have pads of their own; boards differ, so few pins are taken without being asked for.
        private static Chip P4(string name)
        {
            return new Chip(name, "ESP32-P4", "ESP32_P4")
            {
                Pins = "0-56",
                Strapping = "34-38",
                Memory = "",
                Usb = "24 25",
                Uart0 = "38 37",
                Adc = "16-23",
                Outputs = "32 33 46-48",
                Ports = 3,
                Link = "38 37",
            };
        }
    }
}
