using NeuralEdge.Checker;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// Writes down the proof of an error bound, leaf by leaf, and has <see cref="ErrorChecker"/> check it, which shares no code with what
/// found the bound.
/// </summary>
public sealed class ProofCheck
{
    /// <summary>By how much of itself a bound may be passed.</summary>
    private const double RoomOfClaim = 1e-9;

    private readonly QuantisedNetwork _integers;
    private readonly CertifiedLayer[] _layers;
    private readonly ErrorChecker _checker;

    /// <summary>Prepares a check.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <exception cref="NotSupportedException">The network is of the profile fast, or the checker does not know a tabulated activation.</exception>
    public ProofCheck(FloatNetwork exact, QuantisedNetwork integers)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(integers);
        _integers = integers;
        _layers = CertifiedLayer.Pair(exact, integers);
        _checker = new ErrorChecker(ModelWriter.NetworkPayload(integers), Plain(exact, integers));
    }

    /// <summary>Checks a bound for every input.</summary>
    /// <param name="bound">The bound, found by affine arithmetic.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Looked at with each box.</param>
    /// <returns>What does not hold, in a sentence; null when the bound is proven.</returns>
    public string? Whole(ErrorBound bound, IProgress<ConversionProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bound);
        Effort effort = new(0, progress, cancellation);
        return _checker.Check(WithRoom(bound.Total), Nodes(bound.Boxes, effort));
    }

    /// <summary>Checks a bound near rows.</summary>
    /// <param name="near">The bound.</param>
    /// <param name="rows">The rows inside the ranges that it was found with; where they were many, each n-th of them.</param>
    /// <param name="cancellation">Looked at with each row.</param>
    /// <returns>What does not hold, in a sentence; null when the bound is proven.</returns>
    public string? Near(NearBound near, IReadOnlyList<double[]> rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(near);
        ArgumentNullException.ThrowIfNull(rows);
        BoxAnalysis analysis = new(_layers, affine: true, inputRounding: true);
        int step = 1;
        while ((rows.Count + step - 1) / step > near.Rows)
        {
            step++;
        }

        foreach (double[] row in rows.Where((_, r) => r % step == 0))
        {
            cancellation.ThrowIfCancellationRequested();
            (double[] low, double[] high) = RowBounds.BoxAround(_integers, row, near.Radius);
            if (_checker.Check(WithRoom(near.Largest), [Leaf(analysis, low, high)], low, high) is string fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>The checker's own form of a network.</summary>
    internal static RealNetwork Plain(FloatNetwork exact, QuantisedNetwork integers) => new(
        Array.ConvertAll(exact.Layers, layer => layer.Weights),
        Array.ConvertAll(exact.Layers, layer => layer.Bias),
        Array.ConvertAll(exact.Layers, layer => layer.Function is Tabulated tabulated ? tabulated.Kind ?? $"{tabulated.Name}, which is not of the catalogue" : layer.Function.Name),
        Array.ConvertAll(exact.Layers, ParametersOf),
        Array.ConvertAll(integers.Inputs, input => input.Scale),
        Array.ConvertAll(integers.Inputs, input => input.Offset),
        Array.ConvertAll(integers.Inputs, input => input.Error),
        Array.ConvertAll(integers.Layers, layer => layer.Neurons[0].PreActivationStep),
        Array.ConvertAll(integers.Layers, layer => Array.ConvertAll(layer.Neurons, neuron => neuron.OutputScale)));

    // Two for every activation, of which some are not looked at.
    private static double[] ParametersOf(FloatLayer layer)
    {
        double[] parameters = layer.Function is Tabulated tabulated ? tabulated.Parameters : [layer.Slope];
        return [parameters.ElementAtOrDefault(0), parameters.ElementAtOrDefault(1)];
    }

    /// <summary>The proof for every input.</summary>
    /// <param name="boxes">Boxes to look at.</param>
    /// <param name="effort">Who may stop it.</param>
    internal IEnumerable<ProofNode> Nodes(int boxes, Effort effort)
    {
        BoxAnalysis analysis = new(_layers, affine: true, inputRounding: true);
        int done = 0;
        foreach (BoundedBox box in ErrorBound.Cut(_integers, _layers, true, boxes, effort).All)
        {
            effort.Step("checking the proof", done++, boxes);
            yield return box.CutInput < 0
                ? Leaf(analysis, box.Low, box.High)
                : new ProofNode(box.CutInput, box.Halves[0].High[box.CutInput], []);
        }
    }

    // Both programs add to their sums what double may round away, each in its own way, so that they agree to some digits only.
    private static double[] WithRoom(double[] claims) => Array.ConvertAll(claims, claim => claim * (1 + RoomOfClaim));

    private ProofNode Leaf(BoxAnalysis analysis, double[] low, double[] high)
    {
        analysis.Values(low, high);
        double[][] neurons = new double[_layers.Length][];
        for (int l = 0; l < neurons.Length; l++)
        {
            BoxValues values = analysis.Of(l);
            neurons[l] = [.. Enumerable.Range(0, values.Count).SelectMany(j => (double[])
                [values.SumLow[j], values.SumHigh[j], values.SumErrorLow[j], values.SumErrorHigh[j], values.Slope[j], values.ErrorSlope[j]])];
        }

        return new ProofNode(-1, 0, neurons);
    }
}
