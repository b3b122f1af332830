using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>Which chip this is, by what the runtime says of itself, and what the settings come to on it. No pin is touched.</summary>
    internal static class BoardChip
    {
        /// <summary>Which runtime it is, for whoever asks the board.</summary>
        internal static void Describe(BoardSettings settings)
        {
            settings.Target = SystemInfo.TargetName;
            settings.Runtime = SystemInfo.Version;
        }

        internal static ChipWiring Wire()
        {
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.SpiRam, out uint psram, out uint _, out uint _);
            string runtime = ChipTable.RuntimeName(SystemInfo.OEMString);
            Chip chip = ChipTable.Recognise(runtime, SystemInfo.TargetName, psram > 0);
            return ChipWiring.Choose(
                runtime, chip, chip == null ? null : Settings.OutputPins(chip), Settings.LinkPort, Settings.LinkReceivePin, Settings.LinkTransmitPin,
                Settings.I2cDataPin, Settings.I2cClockPin);
        }
    }
}
