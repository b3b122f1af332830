namespace NeuralEdge.Learning.Import.Folding;

/// <summary>One number as a weighted sum of a layer's outputs: Offset + sum over k of Factors[k] * outputs[Indices[k]].</summary>
internal sealed record AffineForm(int[] Indices, double[] Factors, double Offset)
{
    /// <summary>The output itself.</summary>
    internal static AffineForm Of(int index) => new([index], [1.0], 0.0);

    /// <summary>True when it is the output at <paramref name="index"/> itself.</summary>
    internal bool IsExactly(int index) => Indices.Length == 1 && Indices[0] == index && Factors[0] == 1.0 && Offset == 0.0;

    /// <summary>The sum with a constant.</summary>
    internal AffineForm Plus(double constant) => this with { Offset = Offset + constant };

    /// <summary>The sum with a form over the same outputs, which is multiplied by <paramref name="sign"/> first.</summary>
    internal AffineForm Plus(AffineForm other, double sign, LayerOutputs source)
    {
        double[] row = Row(source.Width);
        for (int i = 0; i < other.Indices.Length; i++)
        {
            row[other.Indices[i]] += sign * other.Factors[i];
        }

        return new AffineForm(source.Indices, row, Offset + (sign * other.Offset));
    }

    /// <summary>The product with a constant.</summary>
    internal AffineForm Times(double constant) => new(Indices, Array.ConvertAll(Factors, f => f * constant), Offset * constant);

    /// <summary>The quotient by a constant: divided, not multiplied by the inverse, so that it rounds once.</summary>
    internal AffineForm Over(double constant) => new(Indices, Array.ConvertAll(Factors, f => f / constant), Offset / constant);

    /// <summary>The factors of all outputs in their order: a row of a layer's weights.</summary>
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
