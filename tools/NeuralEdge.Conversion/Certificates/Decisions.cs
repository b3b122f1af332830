namespace NeuralEdge.Conversion.Certificates;

/// <summary>How often what follows from the outputs (a class, the state of a pin) is the same with integers and real numbers.</summary>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Proven">
/// Rows whose margin in real numbers is above what the error can be anywhere near the row (<see cref="NearBound"/>).
/// </param>
/// <param name="Same">Rows at which both networks, run at exactly that row, decide alike: it says nothing of the next row.</param>
/// <param name="Share">
/// Share of all inputs, by volume, for which the decision is proven; NaN where it was not looked for (more than three inputs).
/// </param>
public sealed record Decisions(int Rows, int Proven, int Same, double Share);
