namespace NeuralEdge.Learning.Import.Folding;

/// <summary>
/// Numbers that a file divides by a step which it computes from each row, and multiplies by again later: the step cancels.
/// </summary>
/// <param name="real">The numbers times the step, less the zero point.</param>
/// <param name="step">Which step: that of one node.</param>
internal sealed class RowScaled(AffineValue real, object step) : Value(real.Shape)
{
    internal AffineValue Real { get; } = real;

    internal object Step { get; } = step;

    internal override int Count => Real.Count;

    internal override Value Reshaped(int[] shape) => new RowScaled((AffineValue)Real.Reshaped(shape), Step);

    internal override Value Pick(int[] shape, int[] source) => new RowScaled((AffineValue)Real.Pick(shape, source), Step);
}

/// <summary>A step that is computed from each row, times constants.</summary>
/// <param name="factors">The constants.</param>
/// <param name="step">Which step.</param>
internal sealed class RowStep(ConstantValue factors, object step) : Value(factors.Shape)
{
    internal ConstantValue Factors { get; } = factors;

    internal object Step { get; } = step;

    internal override int Count => Factors.Count;

    internal override Value Reshaped(int[] shape) => new RowStep((ConstantValue)Factors.Reshaped(shape), Step);

    internal override Value Pick(int[] shape, int[] source) => new RowStep((ConstantValue)Factors.Pick(shape, source), Step);
}

/// <summary>A zero point that is computed from each row.</summary>
/// <param name="step">The step that it belongs to.</param>
internal sealed class RowZero(object step) : Value([])
{
    internal object Step { get; } = step;

    internal override int Count => 1;

    internal override Value Reshaped(int[] shape) => this;

    internal override Value Pick(int[] shape, int[] source) => this;
}
