namespace NeuralEdge.Checker;

/// <summary>
/// Checks a proof that a board's integers keep near a real network. It chooses nothing: the proof says how the box of inputs is cut, in
/// which ranges each neuron's sum and its error lie in each part, and which slopes stand for its activation; the checker computes
/// these forms once, forward, and sees that each range and the result are as claimed. It shares no code with whatever made the proof.
/// </summary>
/// <remarks>
/// a: a layer's real values, e: what the integers are off by. Both are forms c + sum of coefficient times symbol in -1..1. The sum of
/// a neuron is z = W a + b, its error dz = What e + (What - W) a + bhat - b + rounding. Sums of n doubles are off by at most n 2^-53
/// of the sum of their magnitudes; more than twice that is added, in <see cref="Slack"/>. All is for inputs with which no value meets
/// its ceiling: there z + dz is at most the ceiling.
/// </remarks>
public sealed class ErrorChecker
{
    private const double Slack = 2.0 / (1L << 53);

    // Prover and checker round in their own ways: a claim may be short by this share, and what was found is taken on in its place.
    private const double Room = 1e-9;
    private const double BoardTanhError = 0.51;

    private readonly BoardNetwork _board;
    private readonly RealNetwork _real;
    private readonly RealFunction[] _functions;
    private readonly double[] _tableErrors;
    private readonly int _symbols;
    private double[] _claim = [];

    /// <summary>Prepares the check of a model.</summary>
    /// <param name="networkSection">Payload of the model file's network section.</param>
    /// <param name="real">The real network it was made of, and the scales of the integers.</param>
    /// <exception cref="NotSupportedException">The network is of the profile fast, or the real function of a table is not known.</exception>
    public ErrorChecker(byte[] networkSection, RealNetwork real)
    {
        _board = new BoardNetwork(networkSection);
        _real = real;
        _functions = [.. _board.Layers.Select((layer, l) =>
            RealFunction.Of(layer.Table.Length > 0 ? real.Functions[l] : layer.Activation, real.Parameters[l][0], real.Parameters[l][1]))];
        _tableErrors = [.. _functions.Select((f, l) =>
            real.OutputScale[l].Distinct().Max(scale => f.ErrorOf(_board.Layers[l].Table, real.SumScale[l], scale)))];
        _symbols = 2 * _board.Layers.Sum(layer => layer.Inputs);
    }

    /// <summary>Checks a claim for all inputs in their ranges, or near a row.</summary>
    /// <param name="claim">For each output, in its unit, the largest error claimed.</param>
    /// <param name="proof">The tree's nodes; a row's is one leaf.</param>
    /// <param name="low">Smallest raw inputs, when the claim is for a part only; else null: below the ranges by what inputs are off.</param>
    /// <param name="high">Largest raw inputs; null: above the ranges by as much.</param>
    /// <returns>What does not hold, in a sentence; null when the claim is proven.</returns>
    public string? Check(double[] claim, IEnumerable<ProofNode> proof, double[]? low = null, double[]? high = null)
    {
        ArgumentNullException.ThrowIfNull(proof);
        _claim = claim;
        low ??= [.. _board.Low.Zip(_real.InputError, (x, error) => x - error)];
        high ??= [.. _board.High.Zip(_real.InputError, (x, error) => x + error)];
        using IEnumerator<ProofNode> nodes = proof.GetEnumerator();
        return Walk(nodes, low, high) ?? (nodes.MoveNext() ? "the proof goes on behind its end" : null);
    }

    private string? Walk(IEnumerator<ProofNode> nodes, double[] low, double[] high)
    {
        ProofNode? node = nodes.MoveNext() ? nodes.Current : null;
        if (node is null || node.Input < 0)
        {
            return node is null ? "a part of the box is missing" : Leaf(node.Neurons, low, high);
        }

        if (node.Input >= low.Length || !(node.At > low[node.Input] && node.At < high[node.Input]))
        {
            return "a cut is outside its box";
        }

        double[] below = (double[])high.Clone();
        double[] above = (double[])low.Clone();
        below[node.Input] = above[node.Input] = node.At;
        return Walk(nodes, low, below) ?? Walk(nodes, above, high);
    }

    private string? Leaf(double[][] claims, double[] low, double[] high)
    {
        Value[] x = new Value[low.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double centre = (low[i] + high[i]) / 2;
            x[i] = new Value(_symbols) { A0 = centre, Low = low[i], High = high[i], ErrorLow = -_real.InputError[i], ErrorHigh = _real.InputError[i] };
            x[i].A[i] = ((high[i] - low[i]) / 2) + (2 * Slack * (Math.Abs(low[i]) + Math.Abs(high[i])));
            x[i].E[x.Length + i] = _real.InputError[i];
        }

        int used = 2 * x.Length;
        for (int l = 0; l < _board.Layers.Length; l++)
        {
            BoardNetwork.Layer layer = _board.Layers[l];
            if (l >= claims.Length || claims[l].Length != 6 * layer.Neurons)
            {
                return "a leaf has not six numbers for each neuron";
            }

            Value[] y = Array.ConvertAll(new Value[layer.Neurons], _ => new Value(_symbols));
            if (y.Select((value, j) => Neuron(l, j, x, value, claims[l], used)).FirstOrDefault(fault => fault is not null) is string first)
            {
                return first;
            }

            x = y;
            used += 2 * y.Length;
        }

        int worse = Array.FindIndex(x, y => !(Math.Max(-y.ErrorLow, y.ErrorHigh) <= _claim[Array.IndexOf(x, y)]));
        return worse < 0 ? null : $"output {worse}: the error can be larger than claimed";
    }

    private string? Neuron(int l, int j, Value[] x, Value y, double[] claims, int used)
    {
        BoardNetwork.Layer layer = _board.Layers[l];
        (double zl, double zh, double dl, double dh) = (claims[6 * j], claims[(6 * j) + 1], claims[(6 * j) + 2], claims[(6 * j) + 3]);
        (double s, double m) = (claims[(6 * j) + 4], claims[(6 * j) + 5]);
        bool curved = layer.Activation is "tanh" or "sigmoid";
        double output = OutputScale(l, j);
        double step = Math.ScaleB(curved ? 1 / (65536.0 * 32768 * output) : layer.Table.Length > 0 ? _real.SumScale[l] : output, -layer.Shifts[j]);
        double half = layer.Shifts[j] > 0 ? Math.ScaleB(1, layer.Shifts[j] - 1) : 0;

        // z and dz of the whole box as intervals and as forms, and the magnitudes that went into them.
        double[] constant = [_real.Bias[l][j], .. _real.Weights[l][j].Select((w, i) => l == 0 ? w * _real.InputOffset[i] : 0)];
        (double bias, double size) = (constant.Sum(), constant.Sum(Math.Abs));
        double off = ((layer.Biases[j] - half) * step) - bias;
        (double z0, double d0, double low, double high, double errorLow, double errorHigh) = (bias, off, bias, bias, off, off);
        (double formSize, double errorFormSize, double errorSize) = (size, size + Math.Abs(off), size + Math.Abs(off));
        (double[] za, double[] da) = (new double[_symbols], new double[_symbols]);
        for (int i = 0; i < x.Length; i++)
        {
            double w = _real.Weights[l][j][i] * (l == 0 ? _real.InputScale[i] : 1);
            double fixedW = layer.Weights[(j * x.Length) + i] * step / (l == 0 ? 1 : OutputScale(l - 1, i));
            double d = fixedW - w;
            Value v = x[i];
            z0 += w * v.A0;
            d0 += (fixedW * v.E0) + (d * v.A0);
            (double a, double e) = (Math.Abs(v.A0), Math.Abs(v.E0));
            for (int k = 0; k < used; k++)
            {
                za[k] += w * v.A[k];
                da[k] += (fixedW * v.E[k]) + (d * v.A[k]);
                a += Math.Abs(v.A[k]);
                e += Math.Abs(v.E[k]);
            }

            formSize += Math.Abs(w) * a;
            errorFormSize += (Math.Abs(w) * a) + (Math.Abs(fixedW) * e) + (Math.Abs(d) * a);
            (a, e) = (Math.Max(-v.Low, v.High), Math.Max(-v.ErrorLow, v.ErrorHigh));
            size += Math.Abs(w) * a;
            errorSize += (Math.Abs(w) * a) + (Math.Abs(fixedW) * e) + (Math.Abs(d) * a);
            low += Math.Min(w * v.Low, w * v.High);
            high += Math.Max(w * v.Low, w * v.High);
            errorLow += Math.Min(d * v.Low, d * v.High) - (Math.Abs(fixedW) * e);
            errorHigh += Math.Max(d * v.Low, d * v.High) + (Math.Abs(fixedW) * e);
        }

        double slack = (x.Length + used + 8) * Slack * formSize;
        double rounding = ((x.Length + used + 8) * Slack * errorFormSize) + (half * step);
        double zr = za.Sum(Math.Abs) + slack;
        double dr = da.Sum(Math.Abs) + rounding;
        double unit = (x.Length + 8) * Slack;
        errorLow = Math.Max(errorLow - (unit * errorSize) - (half * step), d0 - dr);
        errorHigh = Math.Min(errorHigh + (unit * errorSize) + (half * step), d0 + dr);
        (low, high) = (Math.Max(low - (unit * size), z0 - zr), Math.Min(high + (unit * size), z0 + zr));
        double room = Room * (Math.Abs(errorLow) + Math.Abs(errorHigh));
        bool errorHolds = dl <= errorLow + room && errorHigh <= dh + room;
        (dl, dh) = (Math.Min(dl, errorLow), Math.Max(dh, errorHigh));
        if (layer.Ceiling)
        {
            double most = 32767 * output;
            high = Math.Min(high, most - dl + (4 * Slack * (most + Math.Abs(dl))));
            double steep = layer.Activation == "linear" ? 1 : layer.Activation == "leaky_relu" ? layer.Slope / 32768.0 : 0;
            low = Math.Max(low, steep == 0 ? low : (-(most + (steep < 1 ? output : 0)) / steep) - dh - (4 * Slack * ((most / steep) + Math.Abs(dh))));
        }

        room = Room * (Math.Abs(low) + Math.Abs(high));
        if (!errorHolds || (!(zl <= low + room && high <= zh + room) && !(low > high)))
        {
            return $"layer {l}, neuron {j}: {(errorHolds ? "the sum" : "the sum's error")} leaves the range that is claimed for it";
        }

        (zl, zh) = low > high ? (zl, zh) : (Math.Min(zl, low), Math.Max(zh, high));

        // The activation: its range, the slopes that its error may have, and what rounding adds.
        RealFunction f = _functions[l];
        (double from, double to) = (zl + Math.Min(0, dl), zh + Math.Max(0, dh));
        (double least, double greatest) = f.Slopes(from, to);
        double own = curved ? (BoardTanhError * output) + (2 * f.Error)
            : layer.Activation == "leaky_relu" && from < 0 ? (0.5 * output) + (Math.Abs((layer.Slope / 32768.0) - _real.Parameters[l][0]) * -from)
            : _tableErrors[l] + (f.Error * (1 + Math.Max(-from, to)));
        (double lowest, double highest) = curved ? (f.Value(from) - (2 * f.Error), f.Value(to) + (2 * f.Error)) : f.Above(0, from, to);
        double[] errors = [least * dl, greatest * dl, least * dh, greatest * dh];
        (y.Low, y.High) = f.Above(0, zl, zh);
        y.ErrorLow = Math.Max(lowest - highest, errors.Min()) - own;
        y.ErrorHigh = Math.Min(highest - lowest, errors.Max()) + own;
        if (l == _board.Layers.Length - 1)
        {
            return null;
        }

        (double down, double up) = f.Above(s, zl, zh);
        y.A0 = (s * z0) + ((down + up) / 2);
        y.A[used + (2 * j)] = ((up - down) / 2) + (Math.Abs(s) * slack);
        y.E0 = double.IsNaN(m) ? (y.ErrorLow + y.ErrorHigh) / 2 : m * d0;
        y.E[used + (2 * j) + 1] = double.IsNaN(m)
            ? (y.ErrorHigh - y.ErrorLow) / 2 * (1 + (8 * Slack))
            : (Math.Max(Math.Abs(greatest - m), Math.Abs(m - least)) * Math.Max(-dl, dh)) + (Math.Abs(m) * rounding) + own;
        for (int k = 0; k < used; k++)
        {
            y.A[k] = s * za[k];
            y.E[k] = double.IsNaN(m) ? 0 : m * da[k];
        }

        return null;
    }

    // One step of an activation with ends is the same for every neuron.
    private double OutputScale(int l, int neuron) => _board.Layers[l].Activation == "tanh" ? 1.0 / 32768
        : _board.Layers[l].Activation == "sigmoid" ? 1.0 / 65536 : _real.OutputScale[l][neuron];

    /// <summary>A value between layers: forms of a and e, and their ranges.</summary>
    private sealed class Value(int symbols)
    {
        internal double A0, E0, Low, High, ErrorLow, ErrorHigh;

        internal readonly double[] A = new double[symbols], E = new double[symbols];
    }
}
