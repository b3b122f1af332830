#nullable enable
namespace NeuralEdge.Simulator.Gestures;

/// <summary>A row of a log of gestures: what the ADC read, and what the hand did.</summary>
/// <param name="Milliseconds">Time since the beginning of the log.</param>
/// <param name="X">Counts of the sensor's x axis.</param>
/// <param name="Y">Counts of the sensor's y axis.</param>
/// <param name="Z">Counts of the sensor's z axis.</param>
/// <param name="Gesture">The gesture.</param>
public readonly record struct GestureRow(int Milliseconds, int X, int Y, int Z, Gesture Gesture);
