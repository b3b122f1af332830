using NeuralEdge.Conversion;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Fleet;

/// <summary>A board of many.</summary>
/// <param name="Port">Where it is.</param>
/// <param name="Keys">Its own keys; null for those of the command, if there are any.</param>
/// <param name="KeyTrouble">Why its own keys cannot be read; null when they can, or it has none.</param>
internal sealed record FleetBoard(string Port, KeyFile? Keys = null, string? KeyTrouble = null)
{
    /// <summary>The keys to talk to it with; null for none.</summary>
    /// <param name="common">Those of the command.</param>
    /// <exception cref="InputRefusedException">Its own cannot be read.</exception>
    internal KeyFile? KeysOr(KeyFile? common) => KeyTrouble is null ? Keys ?? common : throw new InputRefusedException(KeyTrouble);
}
