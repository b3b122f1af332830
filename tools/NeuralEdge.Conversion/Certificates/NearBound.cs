namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// What is proven near rows of data: a box around each of them, which is small, so that the bound is much tighter than that of all
/// inputs together. It says nothing about inputs that are near no row.
/// </summary>
/// <param name="Radius">Half the width of a box, as a share of half an input's range.</param>
/// <param name="Rows">Rows looked at, one box each.</param>
/// <param name="Largest">For each output, in its unit: the largest bound of all boxes.</param>
/// <param name="Median">For each output, in its unit: the bound that half of the boxes keep to.</param>
public sealed record NearBound(double Radius, int Rows, double[] Largest, double[] Median)
{
    /// <summary>One hundredth of half an input's range: what a sensor is off by.</summary>
    public const double DefaultRadius = 0.01;
}
