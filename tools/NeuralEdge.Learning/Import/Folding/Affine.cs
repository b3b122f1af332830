namespace NeuralEdge.Learning.Import.Folding;

/// <summary>One number as a weighted sum of a stage's numbers: Offset + sum Factors[k] * stage[Indices[k]].</summary>
internal sealed record Affine(int[] Indices, double[] Factors, double Offset)
{
    /// <summary>The stage's number itself.</summary>
    internal static Affine Of(int index) => new([index], [1.0], 0.0);

    /// <summary>True when it is the stage's number at <paramref name="index"/> itself.</summary>
    internal bool IsExactly(int index) => Indices.Length == 1 && Indices[0] == index && Factors[0] == 1.0 && Offset == 0.0;

    /// <summary>The sum with a constant.</summary>
    internal Affine Plus(double constant) => this with { Offset = Offset + constant };

    /// <summary>The product with a constant.</summary>
    internal Affine Times(double constant) => new(Indices, Array.ConvertAll(Factors, f => f * constant), Offset * constant);

    /// <summary>The quotient by a constant: divided, not multiplied by the inverse, so that it rounds once.</summary>
    internal Affine Over(double constant) => new(Indices, Array.ConvertAll(Factors, f => f / constant), Offset / constant);

    /// <summary>All factors in the order of the stage: a row of a layer's weights.</summary>
    internal double[] Row(int width)
    {
        double[] row = new double[width];
        for (int k = 0; k < Indices.Length; k++)
        {
            row[Indices[k]] += Factors[k];
        }

        return row;
    }
}
