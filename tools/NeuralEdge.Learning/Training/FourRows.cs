using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NeuralEdge.Conversion.Activations;

namespace NeuralEdge.Learning.Training;

/// <summary>
/// Four rows in the lanes of vectors on their way through a network and back. Each sum runs in the order that it has for one row
/// alone, and so gives the same bits; only that four run beside each other.
/// </summary>
internal sealed class FourRows
{
    /// <summary>How many.</summary>
    public const int Count = PortableLanes.Count;

    private readonly LayerPlace[] _layers;
    private readonly double[] _parameters;
    private readonly double _slope;
    private readonly Vector256<double>[] _inputs;
    private readonly Vector256<double>[][] _z;
    private readonly Vector256<double>[][] _a;
    private readonly Vector256<double>[][] _delta;

    // What goes into each layer, row by row: gradients are added up along a row.
    private readonly double[][][] _below;

    /// <summary>For a network.</summary>
    /// <param name="layers">Its layers.</param>
    /// <param name="parameters">Its parameters; read whenever rows come.</param>
    /// <param name="slope">The slope below zero of activations that have one.</param>
    public FourRows(LayerPlace[] layers, double[] parameters, double slope)
    {
        _layers = layers;
        _parameters = parameters;
        _slope = slope;
        _inputs = new Vector256<double>[layers[0].Inputs];
        _z = [.. layers.Select(layer => new Vector256<double>[layer.Outputs])];
        _a = [.. layers.Select(layer => new Vector256<double>[layer.Outputs])];
        _delta = [.. layers.Select(layer => new Vector256<double>[layer.Outputs])];
        _below = [.. layers.Select(layer => Enumerable.Range(0, Count).Select(_ => new double[layer.Inputs]).ToArray())];
        Outputs = [.. Enumerable.Range(0, Count).Select(_ => new double[layers[^1].Outputs])];
    }

    /// <summary>What the network gave for each row.</summary>
    public double[][] Outputs { get; }

    /// <summary>Runs the network.</summary>
    /// <param name="rows">The inputs of four rows.</param>
    public void Forward(ReadOnlySpan<double[]> rows)
    {
        for (int r = 0; r < Count; r++)
        {
            rows[r].CopyTo(_below[0][r], 0);
        }

        (double[] first, double[] second, double[] third, double[] fourth) = (_below[0][0], _below[0][1], _below[0][2], _below[0][3]);
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = Vector256.Create(first[i], second[i], third[i], fourth[i]);
        }

        Vector256<double>[] below = _inputs;
        for (int l = 0; l < _layers.Length; l++)
        {
            LayerPlace layer = _layers[l];
            Vector256<double>[] z = _z[l];
            for (int j = 0; j < z.Length; j++)
            {
                ReadOnlySpan<double> weights = _parameters.AsSpan(layer.WeightsAt + (j * layer.Inputs), layer.Inputs);
                ReadOnlySpan<Vector256<double>> values = below.AsSpan(0, layer.Inputs);
                Vector256<double> sum = Vector256.Create(_parameters[layer.BiasesAt + j]);
                for (int i = 0; i < weights.Length; i++)
                {
                    sum += Vector256.Create(weights[i]) * values[i];
                }

                z[j] = sum;
            }

            layer.Activation.EvaluateAll(Lanes(z), Lanes(_a[l]), _slope);
            if (layer.Activation.GivesLogits)
            {
                Softmax.Apply(_a[l]);
            }

            below = _a[l];
            PutInRows(below, l + 1 < _layers.Length ? _below[l + 1] : Outputs);
        }
    }

    /// <summary>Adds the gradients of the rows that <see cref="Forward"/> was given, of the first row first.</summary>
    /// <param name="targets">What should come out for each row.</param>
    /// <param name="weights">How many rows each counts for.</param>
    /// <param name="gradient">One sum for each parameter.</param>
    public void AddGradient(ReadOnlySpan<double[]> targets, Vector256<double> weights, double[] gradient)
    {
        int last = _layers.Length - 1;
        for (int j = 0; j < _delta[last].Length; j++)
        {
            _delta[last][j] = weights * (_a[last][j] - Vector256.Create(targets[0][j], targets[1][j], targets[2][j], targets[3][j]));
        }

        for (int l = last; l >= 0; l--)
        {
            LayerPlace layer = _layers[l];
            layer.Activation.Differentiate(Lanes(_z[l]), Lanes(_a[l]), _slope, Lanes(_delta[l]));
            AddGradientOf(layer, _delta[l], _below[l], gradient);
            if (l > 0)
            {
                PassDown(layer, _delta[l], _delta[l - 1]);
            }
        }
    }

    private static void AddGradientOf(LayerPlace layer, Vector256<double>[] delta, double[][] below, double[] gradient)
    {
        ReadOnlySpan<double> first = below[0].AsSpan(0, layer.Inputs);
        ReadOnlySpan<double> second = below[1].AsSpan(0, layer.Inputs);
        ReadOnlySpan<double> third = below[2].AsSpan(0, layer.Inputs);
        ReadOnlySpan<double> fourth = below[3].AsSpan(0, layer.Inputs);
        int inVectors = layer.Inputs - (layer.Inputs % Count);
        for (int j = 0; j < delta.Length; j++)
        {
            (double a, double b, double c, double d) = (delta[j][0], delta[j][1], delta[j][2], delta[j][3]);
            gradient[layer.BiasesAt + j] = gradient[layer.BiasesAt + j] + a + b + c + d;
            Span<double> slopes = gradient.AsSpan(layer.WeightsAt + (j * layer.Inputs), layer.Inputs);
            for (int i = 0; i < inVectors; i += Count)
            {
                Vector256<double> sum = Vector256.Create<double>(slopes.Slice(i, Count));
                sum += Vector256.Create(a) * Vector256.Create(first.Slice(i, Count));
                sum += Vector256.Create(b) * Vector256.Create(second.Slice(i, Count));
                sum += Vector256.Create(c) * Vector256.Create(third.Slice(i, Count));
                sum += Vector256.Create(d) * Vector256.Create(fourth.Slice(i, Count));
                sum.CopyTo(slopes[i..]);
            }

            for (int i = inVectors; i < slopes.Length; i++)
            {
                slopes[i] = slopes[i] + (a * first[i]) + (b * second[i]) + (c * third[i]) + (d * fourth[i]);
            }
        }
    }

    private void PassDown(LayerPlace layer, Vector256<double>[] delta, Vector256<double>[] errors)
    {
        Array.Clear(errors);
        Span<Vector256<double>> sums = errors.AsSpan(0, layer.Inputs);
        for (int j = 0; j < delta.Length; j++)
        {
            Vector256<double> d = delta[j];
            ReadOnlySpan<double> weights = _parameters.AsSpan(layer.WeightsAt + (j * layer.Inputs), layer.Inputs);
            for (int i = 0; i < weights.Length; i++)
            {
                sums[i] += d * Vector256.Create(weights[i]);
            }
        }
    }

    private static void PutInRows(Vector256<double>[] values, double[][] rows)
    {
        ReadOnlySpan<double> lanes = Lanes(values);
        for (int r = 0; r < Count; r++)
        {
            double[] row = rows[r];
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = lanes[(j * Count) + r];
            }
        }
    }

    private static Span<double> Lanes(Vector256<double>[] vectors) => MemoryMarshal.Cast<Vector256<double>, double>(vectors.AsSpan());
}
