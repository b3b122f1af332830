using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>Shifts and an <see cref="ActivationCurve"/>, in place, for a layer whose kernel leaves accumulators.</summary>
    internal sealed class CurvePass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 5;

        private readonly ActivationCurve _curve;
        private readonly sbyte[] _shifts;
        private readonly int[] _values;
        private int _saturated;

        /// <summary>Prepares the pass of a layer.</summary>
        /// <param name="curve">The activation.</param>
        /// <param name="shifts">Shift of each neuron from accumulator to pre-activation.</param>
        /// <param name="values">Accumulators in, activations out, one for each neuron or more.</param>
        internal CurvePass(ActivationCurve curve, sbyte[] shifts, int[] values)
        {
            _curve = curve;
            _shifts = shifts;
            _values = values;
        }

        internal override int SaturatedCount
        {
            get { return _saturated; }
        }

        internal override void Forward()
        {
            short[] knots = _curve.Entries;
            sbyte[] shifts = _shifts;
            int[] values = _values;
            _saturated = 0;
            int i = shifts.Length;
            while (i != 0)
            {
                i--;
                int shift = shifts[i];
                int z = shift >= 0 ? values[i] >> shift : SaturatingShift.Left(values[i], -shift);

                // One comparison for both ends: what is below, or so far above that it wraps, is large without a sign.
                int u = z - ActivationCurve.Lowest;
                if ((uint)u > ActivationCurve.Highest - ActivationCurve.Lowest)
                {
                    u = z < 0 ? 0 : ActivationCurve.Highest - ActivationCurve.Lowest;
                    if (!_curve.IsFlatBeyond)
                    {
                        _saturated++;
                    }
                }

                int k = u >> ActivationCurve.StepBits;
                int y = knots[k];
                values[i] = y + ((((knots[k + 1] - y) * (u & 127)) + 64) >> ActivationCurve.StepBits);
            }
        }
    }
}
