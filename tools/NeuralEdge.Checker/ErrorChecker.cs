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
    private const double TanhError = 5e-16;
    private const double BoardTanhError = 0.51;

    private readonly BoardNetwork _board;
    private readonly RealNetwork _real;
    private readonly int _symbols;
    private double[] _claim = [];

    /// <summary>Prepares the check of a model.</summary>
    /// <param name="networkSection">Payload of the model file's network section.</param>
    /// <param name="real">The real network it was made of, and the scales of the integers.</param>
    /// <exception cref="NotSupportedException">The network is of the profile fast.</exception>
    public ErrorChecker(byte[] networkSection, RealNetwork real)
    {
        _board = new BoardNetwork(networkSection);
        _real = real;
        _symbols = 2 * _board.Layers.Sum(layer => layer.Inputs);
    }

    /// <summary>Checks a claim for all inputs in their ranges, or near a row.</summary>
    /// <param name="claim">For each output, in its unit, the largest error claimed.</param>
    /// <param name="proof">The tree's nodes; a row's is one leaf.</param>
    /// <param name="low">Smallest raw inputs, when the claim is for a part only; else null: half a step below the ranges.</param>
    /// <param name="high">Largest raw inputs; null: half a step above the ranges.</param>
    /// <returns>What does not hold, in a sentence; null when the claim is proven.</returns>
    public string? Check(double[] claim, IEnumerable<ProofNode> proof, double[]? low = null, double[]? high = null)
    {
        ArgumentNullException.ThrowIfNull(proof);
        _claim = claim;
        low ??= Array.ConvertAll(_board.Low, x => x - 0.5);
        high ??= Array.ConvertAll(_board.High, x => x + 0.5);
        using IEnumerator<ProofNode> nodes = proof.GetEnumerator();
        return Walk(nodes, low, high) ?? (nodes.MoveNext() ? "the proof goes on behind its end" : null);
    }

    private string? Walk(IEnumerator<ProofNode> nodes, double[] low, double[] high)
    {
        if (!nodes.MoveNext())
        {
            return "a part of the box is missing";
        }

        ProofNode node = nodes.Current;
        if (node.Input < 0)
        {
            return Leaf(node.Neurons, low, high);
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
            x[i] = new Value(_symbols) { A0 = centre, Low = low[i], High = high[i], ErrorLow = -0.5, ErrorHigh = 0.5 };
            x[i].A[i] = ((high[i] - low[i]) / 2) + (2 * Slack * (Math.Abs(low[i]) + Math.Abs(high[i])));
            x[i].E[x.Length + i] = 0.5;
        }

        int used = 2 * x.Length;
        for (int l = 0; l < _board.Layers.Length; l++)
        {
            BoardNetwork.Layer layer = _board.Layers[l];
            if (l >= claims.Length || claims[l].Length != 6 * layer.Neurons)
            {
                return "a leaf has not six numbers for each neuron";
            }

            Value[] y = new Value[layer.Neurons];
            for (int j = 0; j < y.Length; j++)
            {
                y[j] = new Value(_symbols);
                if (Neuron(layer, l, j, x, y[j], claims[l].AsSpan(6 * j, 6), used) is string fault)
                {
                    return $"layer {l}, neuron {j}: {fault}";
                }
            }

            x = y;
            used += 2 * y.Length;
        }

        int worse = Array.FindIndex(x, y => !(Math.Max(-y.ErrorLow, y.ErrorHigh) <= _claim[Array.IndexOf(x, y)]));
        return worse < 0 ? null : $"output {worse}: the error can be larger than claimed";
    }

    private string? Neuron(BoardNetwork.Layer layer, int l, int j, Value[] x, Value y, ReadOnlySpan<double> claim, int used)
    {
        (double zl, double zh, double dl, double dh, double s, double m) = (claim[0], claim[1], claim[2], claim[3], claim[4], claim[5]);
        bool last = l == _board.Layers.Length - 1;
        bool curved = layer.Activation is BoardNetwork.Layer.Tanh or BoardNetwork.Layer.Sigmoid;
        double output = OutputScale(l, j);
        double step = Math.ScaleB(curved ? 1 / (65536.0 * 32768 * output) : output, -layer.Shifts[j]);
        double half = layer.Shifts[j] > 0 ? Math.ScaleB(1, layer.Shifts[j] - 1) : 0;

        // z and dz of the whole box as intervals and as forms, and the magnitudes that went into them.
        double bias = _real.Bias[l][j];
        double size = Math.Abs(bias);
        for (int i = 0; l == 0 && i < x.Length; i++)
        {
            bias += _real.Weights[l][j][i] * _real.InputOffset[i];
            size += Math.Abs(_real.Weights[l][j][i] * _real.InputOffset[i]);
        }

        double off = ((layer.Biases[j] - half) * step) - bias;
        (double z0, double d0, double low, double high, double errorLow, double errorHigh) = (bias, off, bias, bias, off, off);
        (double formSize, double errorFormSize, double errorSize) = (size, size + Math.Abs(off), size + Math.Abs(off));
        double[] za = new double[_symbols];
        double[] da = new double[_symbols];
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
        low = Math.Max(low - (unit * size), z0 - zr);
        high = Math.Min(high + (unit * size), z0 + zr);
        double room = Room * (Math.Abs(errorLow) + Math.Abs(errorHigh));
        if (!(dl <= errorLow + room && errorHigh <= dh + room))
        {
            return "the sum's error leaves the range that is claimed for it";
        }

        (dl, dh) = (Math.Min(dl, errorLow), Math.Max(dh, errorHigh));
        if (layer.Ceiling)
        {
            double most = 32767 * output;
            high = Math.Min(high, most - dl + (4 * Slack * (most + Math.Abs(dl))));
            double steep = layer.Activation == BoardNetwork.Layer.Linear ? 1 : layer.Activation == BoardNetwork.Layer.Leaky ? layer.Slope / 32768.0 : 0;
            low = Math.Max(low, steep == 0 ? low : (-(most + (steep < 1 ? output : 0)) / steep) - dh - (4 * Slack * ((most / steep) + Math.Abs(dh))));
        }

        room = Room * (Math.Abs(low) + Math.Abs(high));
        if (!(zl <= low + room && high <= zh + room) && !(low > high))
        {
            return "the sum leaves the range that is claimed for it";
        }

        (zl, zh) = low > high ? (zl, zh) : (Math.Min(zl, low), Math.Max(zh, high));

        // The activation: its range, the slopes that its error may have, and what rounding adds.
        Activation f = new(layer.Activation, _real.Slopes[l]);
        (double from, double to) = (zl + Math.Min(0, dl), zh + Math.Max(0, dh));
        (double least, double greatest) = f.Slopes(from, to);
        double own = curved ? (BoardTanhError * output) + (2 * TanhError)
            : layer.Activation == BoardNetwork.Layer.Leaky && from < 0 ? (0.5 * output) + (Math.Abs((layer.Slope / 32768.0) - _real.Slopes[l]) * -from)
            : 0;
        double width = f.Value(to) - f.Value(from) + (4 * TanhError);
        (y.Low, y.High) = (f.Value(zl) - f.Error, f.Value(zh) + f.Error);
        y.ErrorLow = Math.Max(-width, Math.Min(least * dl, greatest * dl)) - own;
        y.ErrorHigh = Math.Min(width, Math.Max(least * dh, greatest * dh)) + own;
        if (last)
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
    private double OutputScale(int l, int neuron) => _board.Layers[l].Activation is BoardNetwork.Layer.Tanh ? 1.0 / 32768
        : _board.Layers[l].Activation is BoardNetwork.Layer.Sigmoid ? 1.0 / 65536 : _real.OutputScale[l][neuron];

    /// <summary>A value between layers: forms of a and e, and their ranges.</summary>
    private sealed class Value(int symbols)
    {
        internal double A0, E0, Low, High, ErrorLow, ErrorHigh;

        internal double[] A { get; } = new double[symbols];

        internal double[] E { get; } = new double[symbols];
    }

    /// <summary>A real activation.</summary>
    private readonly record struct Activation(int Code, double Slope)
    {
        internal double Error => Code is BoardNetwork.Layer.Tanh or BoardNetwork.Layer.Sigmoid ? TanhError : 0;

        internal double Value(double z) => Code switch
        {
            BoardNetwork.Layer.Tanh => Math.Tanh(z),
            BoardNetwork.Layer.Sigmoid => 0.5 + (Math.Tanh(z / 2) / 2),
            BoardNetwork.Layer.Relu => Math.Max(0, z),
            BoardNetwork.Layer.Leaky => z >= 0 ? z : Slope * z,
            _ => z,
        };

        /// <summary>Sigmoid is tanh at half its argument, half as high.</summary>
        private double Part => Code == BoardNetwork.Layer.Tanh ? 1 : 0.5;

        /// <summary>Least and largest derivative.</summary>
        internal (double Least, double Greatest) Slopes(double low, double high)
        {
            if (Error > 0)
            {
                double part = Part;
                double far = Math.Tanh(part * Math.Max(Math.Abs(low), Math.Abs(high)));
                double near = Math.Tanh(part * (low > 0 ? low : high < 0 ? high : 0));
                return (Math.Max(0, 1 - (far * far) - (4 * TanhError)) * part * part, Math.Min(1, 1 - (near * near) + (4 * TanhError)) * part * part);
            }

            double below = Code == BoardNetwork.Layer.Relu ? 0 : Code == BoardNetwork.Layer.Leaky ? Slope : 1;
            return low >= 0 ? (1, 1) : high <= 0 ? (below, below) : (Math.Min(below, 1), Math.Max(below, 1));
        }

        /// <summary>Least and most by which the function is above the line s z: at the ends, at the bend, and where its derivative is s.</summary>
        internal (double Down, double Up) Above(double s, double low, double high)
        {
            double[] places = [low, high, 0];
            if (Error > 0)
            {
                double touch = Math.Sqrt(Math.Clamp(1 - (s / (Part * Part)), 0, 1));
                double z = touch < 1 ? Math.Atanh(touch) / Part : Math.Max(Math.Abs(low), Math.Abs(high));
                places = [low, high, z, -z];
            }

            (double down, double up) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (double z in places)
            {
                double inside = Math.Clamp(z, low, high);
                double gap = Value(inside) - (s * inside);
                (down, up) = (Math.Min(down, gap), Math.Max(up, gap));
            }

            double slack = (4 * Error) + (8 * Slack * (Math.Abs(up) + Math.Abs(down) + (Math.Abs(s) * Math.Max(Math.Abs(low), Math.Abs(high)))));
            return (down - slack, up + slack);
        }
    }
}
