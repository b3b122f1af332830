namespace NeuralEdge.Conversion.Familiar;

/// <summary>What a picture of the training keeps of one input (FORMAT.md, section 3.3).</summary>
/// <param name="Centre">The raw value that deviations are measured from.</param>
/// <param name="Multiplier">Sixteenths of a standard deviation for a raw step, times 2^<paramref name="ScaleShift"/>: 0..65535.</param>
/// <param name="ScaleShift">0..47.</param>
/// <param name="RowShift">Shift of this input's row of the matrix, 0..15.</param>
/// <param name="Least">The deviation, in sixteenths, that 0.5 % of the rows are below.</param>
/// <param name="Most">The one that 0.5 % of them are above.</param>
public sealed record FamiliarInput(int Centre, int Multiplier, int ScaleShift, int RowShift, int Least, int Most)
{
    /// <summary>The raw value of a deviation.</summary>
    /// <param name="deviation">In sixteenths of a standard deviation.</param>
    public double ToRaw(int deviation) => Centre + (Multiplier == 0 ? 0 : Math.ScaleB(deviation, ScaleShift) / Multiplier);
}
