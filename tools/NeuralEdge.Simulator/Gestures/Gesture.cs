#nullable enable
namespace NeuralEdge.Simulator.Gestures;

/// <summary>What a hand does with an accelerometer.</summary>
public enum Gesture
{
    /// <summary>It is held, and turned over slowly now and then.</summary>
    Rest,

    /// <summary>The arm swings from the shoulder.</summary>
    Swing,

    /// <summary>The hand moves to and fro quickly.</summary>
    Shake,
}
