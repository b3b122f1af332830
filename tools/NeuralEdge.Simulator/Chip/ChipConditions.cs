#nullable enable
namespace NeuralEdge.Simulator.Chip;

/// <summary>What differs between two boards with the same chip.</summary>
/// <param name="RuntimeVersion">Version of the runtime's image.</param>
/// <param name="HeapBytes">Bytes of the managed heap; null for what is usual on the chip.</param>
/// <param name="UsbConnected">Whether a PC is at the chip's own USB when it starts.</param>
/// <param name="Turbo">Whether the board compiles its model.</param>
/// <param name="QuickestCommit">Least milliseconds of a change to flash.</param>
/// <param name="SlowestCommit">Most milliseconds of one.</param>
/// <param name="Seed">Decides how long each takes.</param>
internal sealed record ChipConditions(Version RuntimeVersion, int? HeapBytes, bool UsbConnected, bool Turbo, int QuickestCommit, int SlowestCommit, int Seed);
