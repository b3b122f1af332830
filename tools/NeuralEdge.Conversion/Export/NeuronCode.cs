using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Export;

/// <summary>
/// Code that makes a neuron's output of the word in which its sum has ended. The word is an expression that is written once; what
/// is needed twice is kept in the locals s (a sum) and v (an int).
/// </summary>
internal static class NeuronCode
{
    /// <summary>True when the output needs the word again besides.</summary>
    /// <param name="layer">The neuron's layer.</param>
    internal static bool ReadsWordAgain(DenseLayer layer) => layer.Table is null && layer.Curve is null && !layer.MeetsCeiling && ActivationFunction.Of(layer.Activation).ReadsWord;

    /// <summary>True when the output can be multiplied without brackets around it.</summary>
    /// <param name="layer">The neuron's layer.</param>
    internal static bool IsFactor(DenseLayer layer) => layer.Table is not null || layer.Curve is not null || layer.MeetsCeiling || ActivationFunction.Of(layer.Activation).IsFactor;

    /// <summary>The output of a neuron for the next layer, a long.</summary>
    /// <param name="sum">The word.</param>
    /// <param name="lane">The neuron's lane.</param>
    /// <param name="packed">Its layer.</param>
    /// <param name="table">The layer's table.</param>
    internal static Code WideValue(Code sum, Lane lane, PackedLayer packed, Code table)
    {
        if (packed.Layer.Table is not null)
        {
            return Code.Element(table, Index(sum, lane));
        }

        // The top lane needs no conversion to int and back.
        int shift = packed.Layer.GetShift(lane.Neuron);
        ActivationFunction function = ActivationFunction.Of(packed.Layer.Activation);
        return packed.Layer.Curve is null && lane.IsTop && shift >= 0 && !packed.Layer.MeetsCeiling && function.WriteWide(Wide(sum, lane, shift)) is Code wide
            ? wide
            : Value(sum, lane, packed, table).Then("{0}", 1);
    }

    /// <summary>The output of a neuron whose layer has no table, an int.</summary>
    /// <param name="sum">The word.</param>
    /// <param name="lane">The neuron's lane.</param>
    /// <param name="packed">Its layer.</param>
    /// <param name="curve">The field with the knots of a layer that is tabulated.</param>
    internal static Code Value(Code sum, Lane lane, PackedLayer packed, Code curve)
    {
        Code z = PreActivation(sum, lane, packed.Bits, packed.Layer.GetShift(lane.Neuron));
        if (packed.Layer.Curve is not null)
        {
            return z.Then($"Look({{0}}, {curve.Text})", curve.Bytes + Code.TokenBytes);
        }

        Code y = ActivationFunction.Of(packed.Layer.Activation).Write(z, packed.Layer.Slope);
        Code ceiling = Code.Int(Ceiling.Value);
        return packed.Layer.MeetsCeiling
            ? y.Then($"Limit({{0}}, -{ceiling.Text}, {ceiling.Text})", (2 * ceiling.Bytes) + Code.TokenBytes)
            : y;
    }

    /// <summary>
    /// Index of a neuron's activation in its table: the upper 11 of the 21 bits of its lane. The lane is brought to the upper end
    /// of 32 or 64 bits first, so that one shift cuts off both what is above and what is below.
    /// </summary>
    private static Code Index(Code sum, Lane lane) => lane switch
    {
        { IsTop: true } => sum.Then("(int)({0} >> 52)", Code.ByteOperationBytes + 1),
        { Position: 0 } => sum.Then("(int)((uint){0} << 11 >> 21)", 1 + (2 * Code.ByteOperationBytes)),
        _ => sum.Then("(int)((uint)({0} >> 10) >> 21)", 1 + (2 * Code.ByteOperationBytes)),
    };

    /// <summary>A neuron's accumulator, shifted; an int.</summary>
    private static Code PreActivation(Code sum, Lane lane, int bits, int shift)
    {
        if (lane.IsTop && shift >= 0)
        {
            return Wide(sum, lane, shift).Then("(int)({0})", 1);
        }

        // Lower lanes carry half of their range besides.
        Code accumulator = (bits, lane) switch
        {
            (_, { IsTop: true }) => Wide(sum, lane, 0).Then("(int)({0})", 1),
            (32, _) => sum.Then("(int){0} ^ int.MinValue", 7),
            (_, { Position: 0 }) => sum.Then("((int){0} & 2097151) - 1048576", 13),
            _ => sum.Then("((int)({0} >> 21) & 2097151) - 1048576", 13 + Code.ByteOperationBytes),
        };
        Code by = Code.Int(Math.Abs(shift));
        return shift switch
        {
            > 0 => accumulator.Then($"({{0}}) >> {by.Text}", by.Bytes + 1),
            < 0 => accumulator.Then($"{Code.Numerics}SaturatingShift.Left({{0}}, {by.Text})", by.Bytes + Code.TokenBytes),
            _ => accumulator,
        };
    }

    // Nothing is above the top lane; a shift by 63 or more leaves the sign.
    private static Code Wide(Code sum, Lane lane, int shift)
    {
        Code by = Code.Int(Math.Min(63, lane.Position + shift));
        return sum.Then($"{{0}} >> {by.Text}", by.Bytes + 1);
    }
}
