using NeuralEdge.Host;

namespace NeuralEdge.Cli.Fleet;

/// <summary>A board of many.</summary>
/// <param name="Port">Where it is.</param>
/// <param name="Keys">Its own keys; null for those of the command, if there are any.</param>
internal sealed record FleetBoard(string Port, KeyFile? Keys = null);
