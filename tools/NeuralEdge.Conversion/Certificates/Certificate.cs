using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>What is proven of a model: no accumulator overflows, and no output is farther from the real network than a bound.</summary>
/// <param name="NetworkChecksum">CRC-32 of the network section it belongs to; where its errors begin at samples, of the windows section behind it as well.</param>
/// <param name="Accumulators">Worst[layer][neuron]: the largest magnitude that any partial sum can have.</param>
/// <param name="Bound">The proven bound of the error.</param>
/// <param name="Samples">Rows of values at which the error was looked at.</param>
/// <param name="Observed">For each output, in its unit: the largest error seen at them where no value met its ceiling.</param>
public sealed record Certificate(uint NetworkChecksum, long[][] Accumulators, ErrorBound Bound, int Samples, double[] Observed)
{
    // What each part of a certificate may take of the work.
    private const double ForBound = 0.5;
    private const double ForRows = 0.2;
    private const double ForDecisions = 0.1;
    private const double ForSearch = 0.2;

    /// <summary>Rows, of those looked at, with which a value met its ceiling: the bounds say nothing of them.</summary>
    public int SaturatedRows { get; init; }

    /// <summary>For each output, in its unit: the largest error that a search found; null in certificates of version 1.</summary>
    public double[]? Found { get; init; }

    /// <summary>The bound near rows of data; null in certificates of version 1, and where there was no row.</summary>
    public NearBound? Near { get; init; }

    /// <summary>What is proven about decisions; null where nothing is decided.</summary>
    public Decisions? Decisions { get; init; }

    /// <summary>
    /// True when the inputs are features of windows, and the errors those against real features of the same samples. False also in old
    /// certificates of models with windows, whose errors are those from the features on.
    /// </summary>
    public bool IsFromSamples { get; init; }

    /// <summary>Computes a certificate.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="samples">Rows of values at which the error is looked at besides; those outside the ranges are left out.</param>
    /// <param name="work">See <see cref="ErrorBound.Find(FloatNetwork, QuantisedNetwork, double)"/>.</param>
    /// <param name="rules">What follows from the outputs; null: nothing.</param>
    /// <param name="windows">The windows whose features the inputs are; null: they are none.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Looked at every few milliseconds.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Certificate Compute(
        FloatNetwork exact,
        QuantisedNetwork integers,
        IReadOnlyList<double[]> samples,
        double work = ErrorBound.DefaultWork,
        DecisionRules? rules = null,
        WindowShape? windows = null,
        IProgress<ConversionProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(integers);
        ArgumentNullException.ThrowIfNull(samples);
        Effort effort = new(work, progress, cancellation);
        rules ??= DecisionRules.None;
        IReadOnlyList<double[]> inside = [.. samples.Where(row => IsInside(integers, row))];
        CertifiedLayer[] layers = CertifiedLayer.Pair(exact, integers);
        ErrorBound bound = ErrorBound.Find(exact, integers, layers, effort.Part(ForBound));
        IReadOnlyList<double[]> thinned = RowBounds.Thinned(inside, layers, work * ForRows);
        RowBounds? near = thinned.Count == 0 ? null : RowBounds.Of(exact, integers, layers, thinned, bound, rules, effort);
        double share = DecidedShare.Of(integers, layers, rules, effort.Part(ForDecisions));
        double[] found = WorstErrorSearch.Find(exact, integers, inside, effort.Part(ForSearch));

        IntegerNetwork network = new(integers);
        double[] observed = new double[exact.OutputCount];
        int saturated = 0;
        foreach (double[] row in inside)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] expected = exact.Scores(row);
            double[] actual = network.Scores(network.ToRaw(row));
            saturated += network.Saturated ? 1 : 0;
            for (int o = 0; o < observed.Length && !network.Saturated; o++)
            {
                observed[o] = Math.Max(observed[o], Math.Abs(actual[o] - expected[o]));
                found[o] = Math.Max(found[o], observed[o]);
            }
        }

        return new Certificate(ChecksumOf(integers, windows), AccumulatorBounds.Of(network.Core), bound, inside.Count, observed)
        {
            IsFromSamples = integers.HasFeatures,
            SaturatedRows = saturated,
            Found = found,
            Near = near?.Near,
            Decisions = !rules.Any ? null : new Decisions(
                thinned.Count,
                near?.Proven ?? 0,
                thinned.Count(row => rules.Same(exact.Scores(row), network.Scores(network.ToRaw(row)))),
                share),
        };
    }

    /// <summary>A certificate that proves nothing, for a file of which only the length is asked.</summary>
    /// <param name="integers">The integers.</param>
    internal static Certificate Blank(QuantisedNetwork integers)
    {
        double[] nothing = new double[integers.Layers[^1].Neurons.Length];
        return new Certificate(0, AccumulatorBounds.Of(new IntegerNetwork(integers).Core), new ErrorBound(BoundMethod.Interval, 1, nothing, nothing), 0, nothing)
        {
            Found = nothing,
            IsFromSamples = integers.HasFeatures,
        };
    }

    /// <summary>The certificate of a model file, null when it has none.</summary>
    /// <param name="file">The model file.</param>
    /// <exception cref="InputRefusedException">The section is damaged.</exception>
    public static Certificate? Read(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return !file.Sections.TryGetValue(ModelFormat.CertificateSection, out byte[]? section)
            ? null
            : CertificateSection.Read(section, file.Model.Network, file.Model.Windows is not null)
                ?? throw new InputRefusedException("the model file's certificate is not as the format says; make the model again with train or import.");
    }

    /// <summary>The payload of the section.</summary>
    public byte[] Write() => CertificateSection.Write(this);

    /// <summary>
    /// Checks again what a model file can prove by itself: that the certificate is of this network, that every accumulator's
    /// worst case is what the integers give and fits 31 bits, and that nothing seen passed what is proven. The error bound
    /// itself needs the real network, which no model file holds; <see cref="VerifyAgainst"/> takes it.
    /// </summary>
    /// <param name="file">The model file.</param>
    /// <returns>What does not hold, one sentence each; empty when all does.</returns>
    public static IReadOnlyList<string> Verify(ModelFile file)
    {
        Certificate? certificate = Read(file);
        if (certificate is null)
        {
            return ["the model has no certificate"];
        }

        List<string> faults = [];
        byte[] network = file.Sections[ModelFormat.NetworkSection];
        if (ChecksumOf(network, certificate.IsFromSamples ? file.Sections[ModelFormat.WindowSection] : []) != certificate.NetworkChecksum)
        {
            faults.Add(certificate.IsFromSamples && ChecksumOf(network, []) == certificate.NetworkChecksum
                ? "the certificate is of the network but says nothing of the windows, on which its bounds rest, as those that were made before did not"
                : $"the certificate belongs to another network{(certificate.IsFromSamples ? " or to other windows" : "")}");
        }

        long[][] worst = AccumulatorBounds.Of(file.Model.Network);
        for (int l = 0; l < worst.Length; l++)
        {
            for (int n = 0; n < worst[l].Length; n++)
            {
                if (worst[l][n] != certificate.Accumulators[l][n] || worst[l][n] > AccumulatorBounds.Limit(file.Model.Network.GetLayer(l)))
                {
                    faults.Add($"layer {l}, neuron {n}: the accumulator's worst case is {worst[l][n]}, but the certificate says {certificate.Accumulators[l][n]}");
                }
            }
        }

        for (int o = 0; o < certificate.Observed.Length; o++)
        {
            if (!(certificate.Observed[o] <= certificate.Bound.Total[o]))
            {
                faults.Add($"output {o}: an error of {certificate.Observed[o]:g3} was seen, above the bound of {certificate.Bound.Total[o]:g3}");
            }
            else if (certificate.Found is double[] found && !(found[o] <= certificate.Bound.Total[o]))
            {
                faults.Add($"output {o}: an error of {found[o]:g3} was found, above the bound of {certificate.Bound.Total[o]:g3}");
            }
        }

        return faults;
    }

    /// <summary>Proves the error bound anew from the real network and compares it with the certificate's.</summary>
    /// <param name="exact">The real network the model was made of.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="windows">The windows whose features the inputs are; null: they are none.</param>
    /// <param name="work">See <see cref="ErrorBound.Find(FloatNetwork, QuantisedNetwork, double)"/>; with the same work the bounds are equal to the last bit.</param>
    /// <returns>True when every bound of the certificate is at least the one proven now.</returns>
    public bool VerifyAgainst(FloatNetwork exact, QuantisedNetwork integers, WindowShape? windows = null, double work = ErrorBound.DefaultWork)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(integers);
        ErrorBound again = ErrorBound.Find(exact, integers, CertifiedLayer.Pair(exact, integers), new Effort(work * ForBound));
        return ChecksumOf(integers, windows) == NetworkChecksum
            && Enumerable.Range(0, again.Total.Length).All(o => again.Total[o] <= Bound.Total[o] && again.Arithmetic[o] <= Bound.Arithmetic[o]);
    }

    private static uint ChecksumOf(QuantisedNetwork integers, WindowShape? windows) =>
        ChecksumOf(ModelWriter.NetworkPayload(integers), windows is null ? [] : WindowSection.Write(windows));

    // One sum of both, so that neither can be exchanged.
    private static uint ChecksumOf(byte[] network, byte[] windows) => Checksum.Crc32([.. network, .. windows], 0, network.Length + windows.Length);

    private static bool IsInside(QuantisedNetwork integers, double[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            RawInput input = integers.Inputs[i];
            double raw = Math.Floor(((row[i] - input.Offset) / input.Scale) + 0.5);
            if (!(raw >= input.Minimum && raw <= input.Maximum))
            {
                return false;
            }
        }

        return true;
    }
}
