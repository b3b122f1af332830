namespace NeuralEdge.Conversion.Features;

/// <summary>The rotation from which a board makes its turn of the cosine (FORMAT.md, section 3.4).</summary>
public static class Rotation
{
    private const double One = 1 << 30;

    /// <summary>The rotation of one sample.</summary>
    /// <param name="samples">Samples of a window.</param>
    /// <returns>cos and sin of 2 pi / samples in Q1.30, rounded to nearest.</returns>
    public static (int Cosine, int Sine) Of(int samples) =>
        ((int)Math.Round(One * Math.Cos(2 * Math.PI / samples)), (int)Math.Round(One * Math.Sin(2 * Math.PI / samples)));
}
