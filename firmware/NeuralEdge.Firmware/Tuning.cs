using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Models;
using NativeGC = nanoFramework.Runtime.Native.GC;

namespace NeuralEdge.Firmware
{
    /// <summary>How every board behaves: limits and times that seldom need another value. What differs from board to board is in <see cref="Settings"/>.</summary>
    internal static class Tuning
    {
        /// <summary>Bits per second, the same at both ends.</summary>
        internal const int LinkBaudRate = 115200;

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
        /// Most bytes of the heap for models: the file while it is read, the model that runs, and the one that is tested beside it. A
        /// board has less where less is free at its start.
        /// </summary>
        internal const int ModelHeapBytes = 65536;

        /// <summary>
        /// Bytes of the heap that are kept from models: 14 KB that the board takes itself, as measured on the interpreter built for ARM, and
        /// room for the frames of calls. The interpreter may leave a call out when there is none for its frame.
        /// </summary>
        internal const int ReservedBytes = 24576;

        /// <summary>Most layers of a model.</summary>
        internal const int MaxLayers = 16;

        /// <summary>Most inputs or neurons of a layer.</summary>
        internal const int MaxWidth = 1024;

        /// <summary>
        /// Most bytes of RAM for compiled code, beside <see cref="ModelHeapBytes"/>. Each new shape takes its own until the next
        /// start (shared/DESIGN.md has examples), and what does not fit runs on the ordinary kernels. A board has less where less is
        /// free at its start.
        /// </summary>
        internal const int TurboBytes = 32768;

        // Of what is left for models and compiled code; there is no code without a model. On a classic ESP32 a small one of
        // the profile fast fits into the rest.
        private const int TurboPart = 4;

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

        /// <summary>All of it in the form the board takes.</summary>
        /// <param name="outputs">The pins that models may drive.</param>
        /// <param name="wiring">What the settings come to on this chip.</param>
        internal static BoardSettings ForBoard(SafeOutputs outputs, ChipWiring wiring)
        {
            BoardSettings settings = new BoardSettings();
            settings.Name = Settings.Name;
            settings.Chip = wiring.ChipName;
            settings.Misfit = wiring.Misfit;
            settings.MisfitAt = wiring.MisfitAt;
            settings.VersionMinor = 1;
            settings.PeriodMs = PeriodMs;
            settings.Limits = new ModelLimits(MaxModelBytes, MaxLayers, MaxWidth, outputs.Pins, wiring.AdcChannels, ModelHeap((int)NativeGC.Run(true)), outputs.ActiveLowPins);
            settings.SensorFaultMs = SensorFaultMs;
            settings.AdcChannels = Settings.AdcChannels();
            settings.SupervisionMs = SupervisionMs;
            return settings;
        }

        /// <summary>Bytes for compiled code when so many are free.</summary>
        internal static int TurboLimit(int freeBytes)
        {
            int part = (freeBytes - ReservedBytes) / TurboPart;
            return part < 0 ? 0 : part < TurboBytes ? part : TurboBytes;
        }

        /// <summary>Bytes for models when so many are free.</summary>
        internal static int ModelHeap(int freeBytes)
        {
            int left = freeBytes - ReservedBytes - (Settings.Turbo ? TurboLimit(freeBytes) : 0);
            return left < 0 ? 0 : left < ModelHeapBytes ? left : ModelHeapBytes;
        }
    }
}
