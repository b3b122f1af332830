namespace NeuralEdge.Conversion.FloatModels;

/// <summary>What a model says of one of its inputs.</summary>
/// <param name="Name">The input's name: a column of the data, a sensor of the board.</param>
/// <param name="Unit">The unit of its values, empty when none is known.</param>
/// <param name="Minimum">The smallest value the model is made for, null when not declared yet.</param>
/// <param name="Maximum">The largest value the model is made for, null when not declared yet; above <paramref name="Minimum"/>.</param>
/// <param name="Calibration">How sensor counts become values; null when the values are the counts.</param>
public sealed record InputSpec(string Name, string Unit = "", double? Minimum = null, double? Maximum = null, CountCalibration? Calibration = null);

/// <summary>
/// How the counts of a sensor become values: a straight line through two points,
/// <c>"counts":[0,4095],"values":[0,3.3]</c>. The converter folds it into the first layer.
/// </summary>
/// <param name="Count0">The counts at the first point.</param>
/// <param name="Count1">The counts at the second point, never equal to <paramref name="Count0"/>.</param>
/// <param name="Value0">The value at the first point.</param>
/// <param name="Value1">The value at the second point, never equal to <paramref name="Value0"/>.</param>
public sealed record CountCalibration(double Count0, double Count1, double Value0, double Value1)
{
    /// <summary>Value = <see cref="Offset"/> + <see cref="Scale"/> * count.</summary>
    public double Scale => (Value1 - Value0) / (Count1 - Count0);

    /// <summary>The value at zero counts.</summary>
    public double Offset => Value0 - (Scale * Count0);
}
