namespace NeuralEdge.Learning.Evaluation;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Name">The class.</param>
/// <param name="Rows">Rows of it among those held out.</param>
/// <param name="Found">Rows of it that are answered with it.</param>
/// <param name="Answered">Rows, of any class, that are answered with it.</param>
public sealed record ClassFigures(string Name, int Rows, int Found, int Answered)
{
    /// <summary>The share of its rows that are found, 0 to 1; NaN when there is none.</summary>
    public double Recall => Rows == 0 ? double.NaN : (double)Found / Rows;

    /// <summary>The share of its answers that are right, 0 to 1; NaN when it is never answered.</summary>
    public double Precision => Answered == 0 ? double.NaN : (double)Found / Answered;
}
