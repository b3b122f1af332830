#nullable enable
namespace NeuralEdge.Simulator.Sensors;

/// <summary>A change at a pin of a simulated board.</summary>
/// <param name="At">Time since the board was first powered.</param>
/// <param name="Start">Number of the start, from 1: each reset adds one.</param>
/// <param name="Pin">GPIO number.</param>
/// <param name="Level">True high, false low, null when the pin is no output and floats.</param>
public readonly record struct PinEvent(TimeSpan At, int Start, int Pin, bool? Level);
