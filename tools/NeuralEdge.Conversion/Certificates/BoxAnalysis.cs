using NeuralEdge.Conversion.Activations;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// Bounds the error of an integer network over a box of inputs: interval arithmetic, and affine arithmetic beside it, of which
/// each takes the better of both at every neuron.
/// </summary>
/// <remarks>
/// <para>With a the exact values of a layer, e the errors of its inputs' integers, and hats for what the integers stand for,
/// the error of a pre-activation is exactly  dz = What e + (What - W) a + (bhat - b) + rounding of the shift. Both a and e are
/// kept as affine forms (<see cref="BoxValues"/>), so errors with a common cause may cancel, and (What - W) a is nearly a
/// constant in a small box.</para>
/// <para>The activation's error is s dz with s the slope somewhere between z and z + dz: the middle of the slopes is kept in
/// the form, the rest becomes a symbol of its own.</para>
/// <para>In a layer with a ceiling, all is for inputs with which no value meets it: z + dz is at most what the ceiling allows,
/// so z is at most that less the smallest dz.</para>
/// <para>Sums of n products in double are off by at most n 2^-53 of the sum of their magnitudes; more than four times that is added.</para>
/// </remarks>
internal sealed class BoxAnalysis
{
    /// <summary>Half a step, and a little for what is rounded before the step is.</summary>
    private const double HalfOfEntry = 0.5 + (1.0 / 1024);

    private readonly CertifiedLayer[] _layers;
    private readonly bool _affine;
    private readonly double[] _inputErrors;
    private readonly BoxValues[] _values;
    private readonly BoxForm _form;

    /// <summary>Prepares an analysis; it keeps its memory, so that each thread needs one of its own.</summary>
    /// <param name="layers">The network with its integers.</param>
    /// <param name="affine">False: interval arithmetic alone, for networks that are too large for forms.</param>
    /// <param name="inputRounding">True: inputs are any real numbers of the box, and what raw inputs are off from them counts as error.</param>
    internal BoxAnalysis(CertifiedLayer[] layers, bool affine, bool inputRounding)
    {
        _layers = layers;
        _affine = affine;
        _inputErrors = inputRounding ? layers[0].InputErrors : new double[layers[0].Inputs];
        _values = new BoxValues[layers.Length + 1];
        _values[0] = new BoxValues(layers[0].Inputs, 0);
        int symbols = 0;
        for (int l = 0; l < layers.Length; l++)
        {
            symbols += layers[l].Inputs;
            _values[l + 1] = new BoxValues(layers[l].Neurons, affine ? symbols : 0);
        }

        _form = new BoxForm(affine ? symbols : 0);
    }

    /// <summary>Multiplications of the analysis of one box, about.</summary>
    internal static double CostOfForms(CertifiedLayer[] layers)
    {
        double cost = 0;
        int symbols = 0;
        foreach (CertifiedLayer layer in layers)
        {
            cost += (double)layer.Neurons * layer.Inputs * ((4 * symbols) + 16);
            symbols += layer.Inputs;
        }

        return cost;
    }

    /// <summary>Largest error of each output for all inputs of a box, in the outputs' units.</summary>
    /// <param name="low">Smallest inputs in raw steps.</param>
    /// <param name="high">Largest inputs in raw steps.</param>
    /// <returns>One for each output; the array is the caller's.</returns>
    internal double[] Bound(double[] low, double[] high) => (double[])Values(low, high).ErrorMagnitude.Clone();

    /// <summary>What is known of the outputs for all inputs of a box, valid until the next box is looked at.</summary>
    /// <param name="low">Smallest inputs in raw steps.</param>
    /// <param name="high">Largest inputs in raw steps.</param>
    internal BoxValues Values(double[] low, double[] high)
    {
        _values[0].SetInputs(low, high, _inputErrors);
        for (int l = 0; l < _layers.Length; l++)
        {
            Through(_layers[l], _values[l], _values[l + 1]);
        }

        return _values[^1];
    }

    /// <summary>What was found on the way to the last values: of a layer's outputs, and of the sums they were made of.</summary>
    /// <param name="layer">Which layer.</param>
    internal BoxValues Of(int layer) => _values[layer + 1];

    private void Through(CertifiedLayer layer, BoxValues x, BoxValues y)
    {
        for (int j = 0; j < layer.Neurons; j++)
        {
            PreActivation pre = _affine ? Form(layer, j, x) : Unbounded;
            Intersect(layer, j, x, ref pre);
            KeepBelowCeiling(layer, j, ref pre);
            Activate(layer, j, pre, x.Dense + x.Count, y);
        }
    }

    /// <summary>The affine forms of z and dz, and the ranges that follow from them.</summary>
    private PreActivation Form(CertifiedLayer layer, int j, BoxValues x)
    {
        int n = layer.Inputs;
        int dense = x.Dense;
        int used = dense + n;
        ReadOnlySpan<double> w = layer.Weights.AsSpan(j * n, n);
        ReadOnlySpan<double> fixedW = layer.FixedWeights.AsSpan(j * n, n);
        ReadOnlySpan<double> d = layer.Differences.AsSpan(j * n, n);
        double z = layer.Bias[j];
        double dz = layer.BiasDifference[j];
        double magnitude = layer.BiasMagnitude[j];
        double errorMagnitude = Math.Abs(dz);
        _form.Clear(dense);
        for (int i = 0; i < n; i++)
        {
            z += w[i] * x.Centre[i];
            dz += (fixedW[i] * x.ErrorCentre[i]) + (d[i] * x.Centre[i]);
            double all = Math.Abs(x.Centre[i]) + x.Radius[i];
            magnitude += Math.Abs(w[i]) * all;
            errorMagnitude += (Math.Abs(fixedW[i]) * (Math.Abs(x.ErrorCentre[i]) + x.ErrorRadius[i])) + (Math.Abs(d[i]) * all);
            _form.Z[dense + i] = w[i] * x.OwnLine[i];
            _form.Shared[dense + i] = d[i] * x.OwnLine[i];
            _form.Rest[dense + i] = fixedW[i] * x.OwnRest[i];

            // Neurons that are off in the whole box have nothing to add.
            if (x.Radius[i] > 0 || x.ErrorRadius[i] > 0)
            {
                _form.Add(w[i], fixedW[i], d[i], x, i);
            }
        }

        double unit = (n + (2 * used) + 8) * 4.0 / (1L << 53);
        double zSlack = unit * magnitude;
        double dzSlack = (unit * (magnitude + errorMagnitude)) + layer.ShiftRounding[j];
        double zRadius = BoxForm.SumOfMagnitudes(_form.Z.AsSpan(0, used)) + zSlack;
        double dzRadius = BoxForm.SumOfMagnitudes(_form.Shared.AsSpan(0, used)) + BoxForm.SumOfMagnitudes(_form.Rest.AsSpan(0, used)) + dzSlack;
        return new PreActivation
        {
            Low = z - zRadius,
            High = z + zRadius,
            ErrorLow = dz - dzRadius,
            ErrorHigh = dz + dzRadius,
            Centre = z,
            ErrorCentre = dz,
            Slack = zSlack,
            ErrorSlack = dzSlack,
        };
    }

    /// <summary>Narrows the ranges to what interval arithmetic says.</summary>
    private static void Intersect(CertifiedLayer layer, int j, BoxValues x, ref PreActivation pre)
    {
        int n = layer.Inputs;
        double low = layer.Bias[j];
        double high = low;
        double errorLow = layer.BiasDifference[j];
        double errorHigh = errorLow;
        double magnitude = layer.BiasMagnitude[j];
        double errorMagnitude = Math.Abs(errorLow);
        int at = j * n;
        for (int i = 0; i < n; i++, at++)
        {
            double w = layer.Weights[at];
            double d = layer.Differences[at];
            double a = w * x.Low[i];
            double b = w * x.High[i];
            low += Math.Min(a, b);
            high += Math.Max(a, b);
            double all = Math.Max(Math.Abs(x.Low[i]), Math.Abs(x.High[i]));
            magnitude += Math.Abs(w) * all;
            double e = Math.Abs(layer.FixedWeights[at]) * x.ErrorMagnitude[i];
            a = d * x.Low[i];
            b = d * x.High[i];
            errorLow += Math.Min(a, b) - e;
            errorHigh += Math.Max(a, b) + e;
            errorMagnitude += (Math.Abs(d) * all) + e;
        }

        double unit = (n + 8) * 4.0 / (1L << 53);
        double slack = unit * magnitude;
        double errorSlack = (unit * (magnitude + errorMagnitude)) + layer.ShiftRounding[j];
        pre.Low = Math.Max(pre.Low, low - slack);
        pre.High = Math.Max(Math.Min(pre.High, high + slack), pre.Low);
        pre.ErrorLow = Math.Max(pre.ErrorLow, errorLow - errorSlack);
        pre.ErrorHigh = Math.Max(Math.Min(pre.ErrorHigh, errorHigh + errorSlack), pre.ErrorLow);
    }

    // A range that this leaves empty keeps an end: such a box meets the ceiling everywhere, and nothing is claimed of it.
    private static void KeepBelowCeiling(CertifiedLayer layer, int j, ref PreActivation pre)
    {
        if (layer.HasCeiling)
        {
            (double low, double high) = layer.Function.Below(Ceiling.Value * layer.OutputScale[j], layer.OutputScale[j], layer.FixedSlope);
            pre.High = Math.Max(Math.Min(pre.High, high - pre.ErrorLow + (ActivationFunction.Slack * (Math.Abs(high) + Math.Abs(pre.ErrorLow)))), pre.Low);
            pre.Low = Math.Min(Math.Max(pre.Low, low - pre.ErrorHigh - (ActivationFunction.Slack * (Math.Abs(low) + Math.Abs(pre.ErrorHigh)))), pre.High);
        }
    }

    private void Activate(CertifiedLayer layer, int j, in PreActivation pre, int used, BoxValues y)
    {
        // z and z + dz both lie in low..high.
        double low = pre.Low + Math.Min(0, pre.ErrorLow);
        double high = pre.High + Math.Max(0, pre.ErrorHigh);
        double largest = Math.Max(Math.Abs(pre.ErrorLow), Math.Abs(pre.ErrorHigh));
        (double least, double most) = layer.Function.Slopes(low, high, layer.Slope);
        double own = OwnError(layer, j, low, high);
        double errorLow = Math.Min(Math.Min(least * pre.ErrorLow, most * pre.ErrorLow), Math.Min(least * pre.ErrorHigh, most * pre.ErrorHigh));
        double errorHigh = Math.Max(Math.Max(least * pre.ErrorLow, most * pre.ErrorLow), Math.Max(least * pre.ErrorHigh, most * pre.ErrorHigh));

        // Two values of a saturating activation are never farther apart than its range.
        (double rangeLow, double rangeHigh) = layer.Function.Range(low, high, layer.Slope);
        double width = rangeHigh - rangeLow;
        errorLow = Math.Max(errorLow, -width) - own;
        errorHigh = Math.Min(errorHigh, width) + own;
        y.ErrorLow[j] = errorLow;
        y.ErrorHigh[j] = errorHigh;
        y.ErrorMagnitude[j] = Math.Max(Math.Abs(errorLow), Math.Abs(errorHigh));
        (y.Low[j], y.High[j]) = layer.Function.Range(pre.Low, pre.High, layer.Slope);
        (y.SumLow[j], y.SumHigh[j], y.SumErrorLow[j], y.SumErrorHigh[j]) = (pre.Low, pre.High, pre.ErrorLow, pre.ErrorHigh);
        if (!_affine)
        {
            return;
        }

        (double s, double offset, double radius) = layer.Function.Line(pre.Low, pre.High, layer.Slope);
        y.Slope[j] = s;
        y.Centre[j] = (s * pre.Centre) + offset;
        y.OwnLine[j] = radius + (Math.Abs(s) * pre.Slack);
        BoxForm.Scale(s, _form.Z.AsSpan(0, used), y.Form(j));
        double middle = (least + most) / 2;
        double rest = ((most - least) / 2 * largest) + (Math.Abs(middle) * pre.ErrorSlack) + own;
        y.ErrorSlope[j] = middle;
        y.ErrorCentre[j] = middle * pre.ErrorCentre;
        y.OwnRest[j] = rest;
        BoxForm.Scale(middle, _form.Shared.AsSpan(0, used), y.ErrorShared(j));
        BoxForm.Scale(middle, _form.Rest.AsSpan(0, used), y.ErrorRest(j));
        double radiusOfError = BoxForm.SumOfMagnitudes(y.ErrorShared(j)) + BoxForm.SumOfMagnitudes(y.ErrorRest(j)) + rest;

        // Where saturation bounds the error better than the slope does, the form is given up for it.
        if (Math.Abs(y.ErrorCentre[j]) + radiusOfError > 2 * y.ErrorMagnitude[j])
        {
            y.ErrorShared(j).Clear();
            y.ErrorRest(j).Clear();
            y.ErrorSlope[j] = double.NaN;
            y.ErrorCentre[j] = (errorLow + errorHigh) / 2;
            y.OwnRest[j] = ((errorHigh - errorLow) / 2) + (1e-15 * y.ErrorMagnitude[j]);
            radiusOfError = y.OwnRest[j];
        }

        y.Radius[j] = BoxForm.SumOfMagnitudes(y.Form(j)) + y.OwnLine[j];
        y.ErrorRadius[j] = radiusOfError;
    }

    // An entry of a table is rounded once more, to its own coarser steps, whatever the activation. What a tabulated one is off by
    // itself is known for all that it takes.
    private static double OwnError(CertifiedLayer layer, int neuron, double low, double high)
    {
        double step = layer.HasIntegers ? layer.OutputScale[neuron] : 0;
        double entry = layer.HasTable ? HalfOfEntry * step : layer.CurveError;
        return layer.Function.OwnError(new NeuronRounding(low, high, layer.Slope, layer.FixedSlope, step, layer.HasTable, entry));
    }

    private static PreActivation Unbounded => new()
    {
        Low = double.NegativeInfinity,
        High = double.PositiveInfinity,
        ErrorLow = double.NegativeInfinity,
        ErrorHigh = double.PositiveInfinity,
    };

    /// <summary>Ranges of a pre-activation and of its error, and the centres of their forms.</summary>
    private struct PreActivation
    {
        public double Low;
        public double High;
        public double ErrorLow;
        public double ErrorHigh;
        public double Centre;
        public double ErrorCentre;
        public double Slack;
        public double ErrorSlack;
    }
}
