using NeuralEdge.Board.Chips;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// What a board's settings come to on the chip it runs on: pins, channels, the link. Settings that do not suit the chip come to nothing but a link:
    /// no pin is driven, no channel read.
    /// </summary>
    public sealed class ChipWiring
    {
        /// <summary>What settings say to leave a pin of the link to the chip.</summary>
        public const int Default = -1;

        /// <summary>On the link, where a pin has a byte: no pin.</summary>
        public const int NoPin = 255;

        private ChipWiring(string runtime, Chip chip)
        {
            Runtime = runtime;
            Chip = chip;
            Outputs = new SafePin[0];
            LinkPort = chip == null ? Chips.Chip.FirstPort : chip.LinkPort;
            ReceivePin = Default;
            TransmitPin = Default;
        }

        /// <summary>What the runtime calls the chip.</summary>
        public string Runtime { get; }

        /// <summary>The chip, null when it is in no row.</summary>
        public Chip Chip { get; }

        /// <summary>Why the settings do not suit it.</summary>
        public Misfit Misfit { get; private set; }

        /// <summary>The pin, or the number of the port, that does not suit.</summary>
        public int MisfitAt { get; private set; }

        /// <summary>Pins that models may drive.</summary>
        public SafePin[] Outputs { get; private set; }

        /// <summary>Bit n set: channel n of ADC1 may be sampled.</summary>
        public int AdcChannels { get; private set; }

        /// <summary>Number of the serial port to the PC.</summary>
        public int LinkPort { get; private set; }

        /// <summary>GPIO that receives, or <see cref="Default"/> when only the runtime knows it.</summary>
        public int ReceivePin { get; private set; }

        /// <summary>GPIO that sends, or <see cref="Default"/> when only the runtime knows it.</summary>
        public int TransmitPin { get; private set; }

        /// <summary>What the board calls its chip on the link.</summary>
        public string ChipName
        {
            get { return Chip == null ? Runtime : Chip.Name; }
        }

        /// <summary>Looks at settings; touches nothing.</summary>
        /// <param name="runtime">What the runtime calls the chip.</param>
        /// <param name="chip">The chip, null when it is in no row.</param>
        /// <param name="outputs">Pins that models may drive.</param>
        /// <param name="port">Number of the serial port to the PC, 0 for the chip's own.</param>
        /// <param name="receive">GPIO that receives, or <see cref="Default"/>.</param>
        /// <param name="transmit">GPIO that sends, or <see cref="Default"/>.</param>
        /// <param name="data">GPIO of the I2C bus's data, or <see cref="Default"/> without a bus.</param>
        /// <param name="clock">GPIO of its clock, likewise.</param>
        /// <returns>What they come to.</returns>
        public static ChipWiring Choose(string runtime, Chip chip, SafePin[] outputs, int port, int receive, int transmit, int data = Default, int clock = Default)
        {
            ChipWiring wiring = new ChipWiring(runtime, chip);
            if (chip == null)
            {
                wiring.Misfit = Misfit.UnknownChip;
                return wiring;
            }

            wiring.ChooseLink(port == 0 ? chip.LinkPort : port, receive, transmit);
            if (wiring.Misfit == Misfit.None && (data != Default || clock != Default))
            {
                wiring.CheckBus(data, clock);
            }

            if (wiring.Misfit == Misfit.None)
            {
                wiring.ChooseOutputs(outputs, data, clock);
            }

            return wiring;
        }

        /// <summary>Why settings do not suit a chip, as the first part of a sentence.</summary>
        /// <param name="misfit">What is wrong.</param>
        /// <param name="at">The pin, or the number of the port.</param>
        /// <param name="chipName">What the board calls its chip on the link.</param>
        /// <returns>"GPIO 19 is ...".</returns>
        public static string Describe(Misfit misfit, int at, string chipName)
        {
            Chip chip = ChipTable.Find(chipName);
            if (misfit == Misfit.UnknownChip || chip == null)
            {
                string why = ChipTable.WhyRefused(chipName);
                return "this firmware knows no pins of the chip " + chipName + (why == null ? "" : ": " + why);
            }

            string pin = at == NoPin ? "a pin that is not given" : "GPIO " + at.ToString();
            string reason = at == NoPin ? null : chip.WhyNotOutput(at);
            return misfit == Misfit.OutputPin ? pin + " " + reason
                : misfit == Misfit.OutputTwice ? pin + " is an output twice"
                : misfit == Misfit.OutputOnLink ? pin + " is an output and a pin of the link"
                : misfit == Misfit.OutputOnBus ? pin + " is an output and a pin of the I2C bus"
                : misfit == Misfit.BusPin ? "the I2C bus is on " + pin + (reason == null ? at == NoPin ? "" : ", which it cannot have" : ", which " + reason)
                : misfit == Misfit.LinkPort ? "COM" + at.ToString() + (at == Chips.Chip.FirstPort ? " is the debugger's" : " is no port") + " on the " + chip.Title
                : "the link is on " + pin + (reason == null ? "" : ", which " + reason);
        }

        /// <summary>The same as a whole sentence, for whoever reads what the board prints.</summary>
        /// <returns>The sentence, with what to do.</returns>
        public string Describe()
        {
            if (Misfit == Misfit.UnknownChip)
            {
                return "This board cannot be used: " + Describe(Misfit, MisfitAt, ChipName)
                    + "; take a board with a chip that is supported, or newer firmware. No pin is driven and no model runs.";
            }

            return "These settings do not suit this board: " + Describe(Misfit, MisfitAt, ChipName)
                + "; change Settings.cs, build and deploy again. Until then no pin is driven and no model runs.";
        }

        private static bool CanLink(Chip chip, int pin, bool sends)
        {
            // Of its own pins UART0 may have those that nothing else may.
            return pin >= 0 && PinList.Has(chip.Pins, pin)
                && ((chip.Usb.Length > 0 && PinList.Has(chip.Uart0, pin)) || chip.WhyNotOutput(pin) == null || (!sends && PinList.Has(chip.InputsOnly, pin)));
        }

        private void ChooseLink(int port, int receive, int transmit)
        {
            // Without pins of the settings those of the chip, which must be its port's.
            int[] own = PinList.Expand(port == Chip.LinkPort ? Chip.Link : port == Chips.Chip.FirstPort ? Chip.Uart0 : "");
            LinkPort = port;
            ReceivePin = receive == Default && own.Length > 0 ? own[0] : receive;
            TransmitPin = transmit == Default && own.Length > 0 ? own[1] : transmit;
            if (port < Chips.Chip.FirstPort || port > Chip.Ports || (port == Chips.Chip.FirstPort && Chip.Usb.Length == 0))
            {
                Refuse(Misfit.LinkPort, port);
            }
            else if (!CanLink(Chip, ReceivePin, false))
            {
                Refuse(Misfit.LinkPin, ReceivePin);
            }
            else if (!CanLink(Chip, TransmitPin, true) || TransmitPin == ReceivePin)
            {
                Refuse(Misfit.LinkPin, TransmitPin);
            }

            if (Misfit != Misfit.None)
            {
                // A board that cannot be asked what is wrong with it would be no use.
                own = PinList.Expand(Chip.Link);
                LinkPort = Chip.LinkPort;
                ReceivePin = own[0];
                TransmitPin = own[1];
            }
        }

        private void CheckBus(int data, int clock)
        {
            // Both lines are driven low and let go.
            if (Chip.WhyNotOutput(data) != null || data == ReceivePin || data == TransmitPin)
            {
                Refuse(Misfit.BusPin, data);
            }
            else if (Chip.WhyNotOutput(clock) != null || clock == ReceivePin || clock == TransmitPin || clock == data)
            {
                Refuse(Misfit.BusPin, clock);
            }
        }

        private void ChooseOutputs(SafePin[] outputs, int data, int clock)
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                int pin = outputs[i].Pin;
                if (Chip.WhyNotOutput(pin) != null)
                {
                    Refuse(Misfit.OutputPin, pin);
                    return;
                }

                if (pin == ReceivePin || pin == TransmitPin)
                {
                    Refuse(Misfit.OutputOnLink, pin);
                    return;
                }

                if (pin == data || pin == clock)
                {
                    Refuse(Misfit.OutputOnBus, pin);
                    return;
                }

                for (int k = 0; k < i; k++)
                {
                    if (outputs[k].Pin == pin)
                    {
                        Refuse(Misfit.OutputTwice, pin);
                        return;
                    }
                }
            }

            Outputs = outputs;
            int channels = Chip.AdcChannels;
            int[] analog = PinList.Expand(Chip.Adc);
            for (int channel = 0; channel < analog.Length; channel++)
            {
                // What switches a load, or speaks to the PC or to a sensor, measures nothing.
                bool isTaken = analog[channel] == ReceivePin || analog[channel] == TransmitPin || analog[channel] == data || analog[channel] == clock;
                for (int i = 0; i < outputs.Length; i++)
                {
                    isTaken |= outputs[i].Pin == analog[channel];
                }

                if (isTaken)
                {
                    channels &= ~(1 << channel);
                }
            }

            AdcChannels = channels;
        }

        private void Refuse(Misfit misfit, int at)
        {
            Misfit = misfit;
            MisfitAt = at < 0 || at > NoPin ? NoPin : at;
        }
    }
}
