using System.Numerics;
using System.Runtime.InteropServices;
using NeuralEdge.Conversion.Activations;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// Bounds the error of an integer network over a box of inputs: interval arithmetic, and affine arithmetic beside it, of which
/// each takes the better of both at every neuron.
/// </summary>
/// <remarks>
/// <para>With a the exact values of a layer, e the errors of its inputs' integers, and hats for what the integers stand for,
/// the error of a pre-activation is exactly  dz = What e + (What - W) a + (bhat - b) + rounding of the shift. Both a and e are
/// kept as affine forms  centre + sum of coefficient times symbol, each symbol in -1..1: one for each input's place in the box,
/// one for each input's rounding, two for each hidden neuron (what its line leaves of the activation, and what its slope and
/// roundings add to its error). So errors with a common cause may cancel, and (What - W) a is nearly a constant in a small box.</para>
/// <para>The activation's error is s dz with s the slope somewhere between z and z + dz: the middle of the slopes is kept in
/// the form, the rest becomes a symbol of its own.</para>
/// <para>Sums of n products in double are off by at most n 2^-53 of the sum of their magnitudes; more than four times that is added.</para>
/// </remarks>
internal sealed class BoxAnalysis
{
    /// <summary>Half a step, and a little for what is rounded before the step is.</summary>
    private const double HalfOfEntry = 0.5 + (1.0 / 1024);

    private readonly CertifiedLayer[] _layers;
    private readonly bool _affine;
    private readonly double _inputError;
    private readonly int _symbols;

    /// <summary>Prepares an analysis.</summary>
    /// <param name="layers">The network with its integers.</param>
    /// <param name="affine">False: interval arithmetic alone, for networks that are too large for forms.</param>
    /// <param name="inputRounding">True: inputs are any real numbers of the box, and rounding them to raw steps counts as error.</param>
    internal BoxAnalysis(CertifiedLayer[] layers, bool affine, bool inputRounding)
    {
        _layers = layers;
        _affine = affine;
        _inputError = inputRounding ? 0.5 : 0;
        _symbols = affine ? (2 * layers[0].Inputs) + (2 * layers.SkipLast(1).Sum(layer => layer.Neurons)) : 0;
    }

    /// <summary>Multiplications of the analysis of one box, about.</summary>
    internal static double CostOfForms(CertifiedLayer[] layers)
    {
        double cost = (double)layers[0].Inputs * layers[0].Neurons;
        int symbols = 2 * layers[0].Inputs;
        for (int l = 1; l < layers.Length; l++)
        {
            symbols += 2 * layers[l].Inputs;
            cost += 3.0 * layers[l].Inputs * layers[l].Neurons * symbols;
        }

        return cost;
    }

    /// <summary>Largest error of each output for all inputs of a box, in the outputs' units.</summary>
    /// <param name="low">Smallest inputs in raw steps.</param>
    /// <param name="high">Largest inputs in raw steps.</param>
    internal double[] Bound(double[] low, double[] high)
    {
        Values values = OfInputs(low, high);
        int used = 2 * low.Length;
        for (int l = 0; l < _layers.Length; l++)
        {
            values = Through(_layers[l], values, l == 0, l == _layers.Length - 1, used);
            used += 2 * _layers[l].Neurons;
        }

        return values.ErrorMagnitude;
    }

    private Values OfInputs(double[] low, double[] high)
    {
        int n = low.Length;
        Values values = new(n, 0);
        for (int i = 0; i < n; i++)
        {
            // Half a last place more on either side, so that the middle and the radius reach both ends.
            values.Centre[i] = (low[i] + high[i]) / 2;
            values.Radius[i] = ((high[i] - low[i]) / 2 * (1 + 1e-15)) + (Math.Abs(values.Centre[i]) * 1e-15);
            values.Low[i] = low[i];
            values.High[i] = high[i];
            values.ErrorMagnitude[i] = _inputError;
            values.ErrorRadius[i] = _inputError;
        }

        return values;
    }

    private Values Through(CertifiedLayer layer, Values x, bool first, bool last, int used)
    {
        Values y = new(layer.Neurons, last ? 0 : _symbols);
        double[] zForm = new double[_symbols];
        double[] dzForm = new double[_symbols];
        for (int j = 0; j < layer.Neurons; j++)
        {
            PreActivation pre = _affine ? Form(layer, j, x, first, used, zForm, dzForm) : Unbounded;
            Intersect(layer, j, x, ref pre);
            Activate(layer, j, pre, last, used, zForm, dzForm, y);
        }

        return y;
    }

    /// <summary>The affine forms of z and dz, and the ranges that follow from them.</summary>
    private static PreActivation Form(CertifiedLayer layer, int j, Values x, bool first, int used, double[] zForm, double[] dzForm)
    {
        int n = layer.Inputs;
        ReadOnlySpan<double> w = layer.Weights.AsSpan(j * n, n);
        ReadOnlySpan<double> fixedW = layer.FixedWeights.AsSpan(j * n, n);
        ReadOnlySpan<double> d = layer.Differences.AsSpan(j * n, n);
        double z = layer.Bias[j];
        double dz = layer.BiasDifference[j];
        double magnitude = layer.BiasMagnitude[j];
        double errorMagnitude = Math.Abs(dz);
        Array.Clear(zForm);
        Array.Clear(dzForm);
        for (int i = 0; i < n; i++)
        {
            z += w[i] * x.Centre[i];
            dz += (fixedW[i] * x.ErrorCentre[i]) + (d[i] * x.Centre[i]);
            double all = Math.Abs(x.Centre[i]) + x.Radius[i];
            magnitude += Math.Abs(w[i]) * all;
            errorMagnitude += (Math.Abs(fixedW[i]) * (Math.Abs(x.ErrorCentre[i]) + x.ErrorRadius[i])) + (Math.Abs(d[i]) * all);
            if (first)
            {
                zForm[i] = w[i] * x.Radius[i];
                dzForm[i] = d[i] * x.Radius[i];
                dzForm[n + i] = fixedW[i] * x.ErrorRadius[i];
            }
            else
            {
                AddForms(w[i], fixedW[i], d[i], x.Form(i)[..used], x.ErrorForm(i)[..used], zForm, dzForm);
            }
        }

        double unit = (n + used + 8) * 4.0 / (1L << 53);
        double zSlack = unit * magnitude;
        double dzSlack = (unit * (magnitude + errorMagnitude)) + layer.ShiftRounding[j];
        double zRadius = SumOfMagnitudes(zForm, used) + zSlack;
        double dzRadius = SumOfMagnitudes(dzForm, used) + dzSlack;
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
    private static void Intersect(CertifiedLayer layer, int j, Values x, ref PreActivation pre)
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

    private void Activate(CertifiedLayer layer, int j, in PreActivation pre, bool last, int used, double[] zForm, double[] dzForm, Values y)
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
        y.ErrorMagnitude[j] = Math.Max(Math.Abs(errorLow), Math.Abs(errorHigh));
        if (last)
        {
            return;
        }

        (y.Low[j], y.High[j]) = layer.Function.Range(pre.Low, pre.High, layer.Slope);
        if (!_affine)
        {
            return;
        }

        (double s, double offset, double radius) = layer.Function.Line(pre.Low, pre.High, layer.Slope);
        Span<double> form = y.Form(j);
        Span<double> errorForm = y.ErrorForm(j);
        Scale(s, zForm, form);
        y.Centre[j] = (s * pre.Centre) + offset;
        form[used + (2 * j)] = radius + (Math.Abs(s) * pre.Slack);
        double middle = (least + most) / 2;
        double rest = ((most - least) / 2 * largest) + (Math.Abs(middle) * pre.ErrorSlack) + own;
        Scale(middle, dzForm, errorForm);
        y.ErrorCentre[j] = middle * pre.ErrorCentre;
        errorForm[used + (2 * j) + 1] = rest;

        // Where saturation bounds the error better than the slope does, the form is given up for it.
        if (Math.Abs(y.ErrorCentre[j]) + SumOfMagnitudes(errorForm, errorForm.Length) > 2 * y.ErrorMagnitude[j])
        {
            errorForm.Clear();
            y.ErrorCentre[j] = (errorLow + errorHigh) / 2;
            errorForm[used + (2 * j) + 1] = ((errorHigh - errorLow) / 2) + (1e-15 * y.ErrorMagnitude[j]);
        }

        y.Radius[j] = SumOfMagnitudes(form, form.Length);
        y.ErrorRadius[j] = SumOfMagnitudes(errorForm, errorForm.Length);
    }

    // An entry of a table is rounded once more, to its own coarser steps, whatever the activation. What a tabulated one is off by
    // itself is known for all that it takes.
    private static double OwnError(CertifiedLayer layer, int neuron, double low, double high)
    {
        double step = layer.HasIntegers ? layer.OutputScale[neuron] : 0;
        double entry = layer.HasTable ? HalfOfEntry * step : layer.CurveError;
        return layer.Function.OwnError(new NeuronRounding(low, high, layer.Slope, layer.FixedSlope, step, layer.HasTable, entry));
    }

    // Element by element, so that the width of a machine's vectors changes no bit of the result.
    private static void AddForms(double w, double fixedW, double d, ReadOnlySpan<double> a, ReadOnlySpan<double> e, Span<double> z, Span<double> dz)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> ve = MemoryMarshal.Cast<double, Vector<double>>(e);
        Span<Vector<double>> vz = MemoryMarshal.Cast<double, Vector<double>>(z);
        Span<Vector<double>> vdz = MemoryMarshal.Cast<double, Vector<double>>(dz);
        for (int k = 0; k < va.Length; k++)
        {
            vz[k] += w * va[k];
            vdz[k] += (fixedW * ve[k]) + (d * va[k]);
        }

        for (int k = va.Length * Vector<double>.Count; k < a.Length; k++)
        {
            z[k] += w * a[k];
            dz[k] += (fixedW * e[k]) + (d * a[k]);
        }
    }

    private static void Scale(double factor, ReadOnlySpan<double> from, Span<double> to)
    {
        for (int k = 0; k < to.Length; k++)
        {
            to[k] = factor * from[k];
        }
    }

    private static double SumOfMagnitudes(ReadOnlySpan<double> form, int count)
    {
        double sum = 0;
        for (int k = 0; k < count; k++)
        {
            sum += Math.Abs(form[k]);
        }

        return sum;
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

    /// <summary>The values between two layers, exact and their errors, as ranges and as forms.</summary>
    private sealed class Values(int count, int symbols)
    {
        private readonly double[] _forms = new double[count * symbols];
        private readonly double[] _errorForms = new double[count * symbols];

        public double[] Low { get; } = new double[count];

        public double[] High { get; } = new double[count];

        public double[] Centre { get; } = new double[count];

        public double[] Radius { get; } = new double[count];

        public double[] ErrorMagnitude { get; } = new double[count];

        public double[] ErrorCentre { get; } = new double[count];

        public double[] ErrorRadius { get; } = new double[count];

        public Span<double> Form(int i) => _forms.AsSpan(i * symbols, symbols);

        public Span<double> ErrorForm(int i) => _errorForms.AsSpan(i * symbols, symbols);
    }
}
