using NeuralEdge.Board.Control;
using NeuralEdge.Models;

namespace NeuralEdge.Firmware
{
    /// <summary>
    /// Everything about your board, in one place. The defaults suit an ESP32 DevKit (WROOM-32); change what differs,
    /// build, deploy.
    /// </summary>
    internal static class Settings
    {
        /// <summary>Shown by "neuraledge info". ASCII, at most 32 characters.</summary>
        internal const string Name = "NeuralEdge ESP32";

        /// <summary>
        /// The serial port to the PC. COM1 belongs to the debugger; COM2 and COM3 can be routed to nearly any pins.
        /// The routing in Program is for COM2.
        /// </summary>
        internal const string LinkPort = "COM2";

        /// <summary>Bits per second, the same at both ends.</summary>
        internal const int LinkBaudRate = 115200;

        /// <summary>
        /// GPIO that receives from the PC (the adapter's TX). On WROVER and other modules with PSRAM, 16 and 17 belong
        /// to the memory: use 26 and 25 there, and take them out of <see cref="OutputPins"/>.
        /// </summary>
        internal const int LinkReceivePin = 16;

        /// <summary>GPIO that sends to the PC (the adapter's RX).</summary>
        internal const int LinkTransmitPin = 17;

        /// <summary>
        /// Receive buffer in bytes. What comes while it is full is lost, so this holds several whole frames of 530 bytes.
        /// </summary>
        internal const int LinkBufferBytes = 2048;

        /// <summary>Where the model is kept: the internal flash.</summary>
        internal const string FlashRoot = "I:\\";

        /// <summary>Milliseconds from one inference to the next, for models that do not say.</summary>
        internal const int PeriodMs = 100;

        /// <summary>Longest model file in bytes. It is held in RAM while it is tested.</summary>
        internal const int MaxModelBytes = 16384;

        /// <summary>
        /// Bytes of the heap for models: the file while it is read, the model that runs, and the one that is tested beside it.
        /// An ESP32 without PSRAM has about 100 KB of heap in all.
        /// </summary>
        internal const int ModelHeapBytes = 65536;

        /// <summary>Most layers of a model.</summary>
        internal const int MaxLayers = 16;

        /// <summary>Most inputs or neurons of a layer.</summary>
        internal const int MaxWidth = 1024;

        /// <summary>Channels a model may read: bits 0 to 7 are ADC1, GPIO 36 37 38 39 32 33 34 35.</summary>
        internal const int AdcChannelMask = 0xFF;

        /// <summary>
        /// True: the board compiles models of the profile fast. It writes an assembly of straight-line code in its memory, from
        /// the model it has received and verified, loads it, and uses it once it has given the integers of the ordinary kernels
        /// for the golden vectors and 64 others; shared/DESIGN.md says what that is worth. Models of a shape that was compiled before only
        /// change its constants, since assemblies cannot be unloaded. Off, because it was tried on the runtime for Linux and not yet
        /// on a chip: switch it on, and look at "forward" of "neuraledge info".
        /// </summary>
        internal const bool Turbo = false;

        /// <summary>
        /// Most bytes of RAM for compiled code, beside <see cref="ModelHeapBytes"/>. Each new shape takes its own until the next
        /// start (shared/DESIGN.md has examples), and what does not fit runs on the ordinary kernels.
        /// </summary>
        internal const int TurboBytes = 32768;

        /// <summary>
        /// Milliseconds of silence after which the loop counts as hung: the outputs go safe and the board restarts. Waiting
        /// for the next period is no silence; one inference and one slow flash write must fit.
        /// </summary>
        internal const int SupervisionMs = 2000;

        /// <summary>Milliseconds a sensor may give no plausible count before the outputs go safe; its last good value stands in meanwhile.</summary>
        internal const int SensorFaultMs = 1000;

        /// <summary>Milliseconds a start may take, with reading and testing the model.</summary>
        internal const int StartAllowanceMs = 20000;

        /// <summary>Milliseconds to wait before a restart after a start that failed, so that a debugger can get hold of the board.</summary>
        internal const int RestartDelayMs = 5000;

        /// <summary>
        /// Pins a model may drive; all of them are driven inactive before anything else happens. "true" is for loads
        /// that run at the low level, as most relay boards do; a model that says otherwise is refused. A load that must not run
        /// for long gets a limit that no model can lift: <c>.AtMost(60000)</c> behind its pin switches it off after a minute until the
        /// model has asked for off, <c>.AtMost(60000, 300000)</c> for five minutes. Give every load a resistor that keeps it off while the
        /// board starts: for about a second nobody holds these pins. Not for outputs: 0 2 5 12 15 (they decide how the
        /// chip starts), 6 to 11 (flash), 34 to 39 (inputs only), 1 and 3 (debugger), 14 (toggles at start).
        /// </summary>
        internal static SafePin[] OutputPins()
        {
            return new SafePin[]
            {
                new SafePin(18, false),
                new SafePin(19, false),
                new SafePin(21, false),
                new SafePin(22, false),
                new SafePin(23, false),
                new SafePin(25, false),
                new SafePin(26, false),
                new SafePin(27, false),
                new SafePin(4, false),
                new SafePin(13, false),
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

        /// <summary>The above in the form the board takes.</summary>
        internal static BoardSettings ForBoard(SafeOutputs outputs)
        {
            BoardSettings settings = new BoardSettings();
            settings.Name = Name;
            settings.VersionMinor = 1;
            settings.PeriodMs = PeriodMs;
            settings.Limits = new ModelLimits(MaxModelBytes, MaxLayers, MaxWidth, outputs.Pins, AdcChannelMask, ModelHeapBytes, outputs.ActiveLowPins);
            settings.SensorFaultMs = SensorFaultMs;
            settings.AdcChannels = AdcChannels();
            settings.SupervisionMs = SupervisionMs;
            return settings;
        }
    }
}
