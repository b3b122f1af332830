using System.Globalization;

namespace NeuralEdge.Conversion.Proofs;

/// <summary>One measured figure beside what is promised of it.</summary>
/// <param name="Function">What was measured: tanh, sigmoid, ...</param>
/// <param name="Name">The figure's name and unit.</param>
/// <param name="Value">The figure.</param>
/// <param name="Promise">The promise in words; empty when the figure is only for information.</param>
/// <param name="Holds">True when the promise holds.</param>
public sealed record ProofFigure(string Function, string Name, double Value, string Promise, bool Holds)
{
    /// <summary>The figure as text: whole numbers whole, others to six digits.</summary>
    public string Text => Value.ToString(Math.Floor(Value) == Value ? "N0" : "0.000000", CultureInfo.InvariantCulture);

    /// <summary>A figure that must not pass a limit.</summary>
    internal static ProofFigure AtMost(string function, string name, double value, double limit) =>
        new(function, name, value, "at most " + limit.ToString("#,0.####", CultureInfo.InvariantCulture), value <= limit);

    /// <summary>A figure that must have one value.</summary>
    internal static ProofFigure Exactly(string function, string name, double value, double promised) =>
        new(function, name, value, promised.ToString("#,0.####", CultureInfo.InvariantCulture), value == promised);

    /// <summary>A figure nothing is promised of.</summary>
    internal static ProofFigure Information(string function, string name, double value) => new(function, name, value, "", true);
}
