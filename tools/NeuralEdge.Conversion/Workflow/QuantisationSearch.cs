using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Workflow;

/// <summary>
/// Finds integers for a network that are good at the rows it is for, and refuses it when there are none: a file that is wrong must
/// not look like one that is right.
/// </summary>
internal sealed class QuantisationSearch(
    FloatModel model,
    RawInput[] inputs,
    Profile profile,
    bool comparable,
    SeenValues seen,
    IReadOnlyList<double[]> refining,
    IReadOnlyList<double[]> judging,
    double roundingWork)
{
    private static readonly double[] WiderMargins = [2 * SeenValues.DefaultMargin, 4 * SeenValues.DefaultMargin];

    /// <summary>What was measured of the integers that were found.</summary>
    internal MeasuredError Measured { get; private set; } = new(0, [0], 0, 0, 0);

    /// <summary>Finds integers.</summary>
    /// <param name="acceptError">Share of an output's range that an error may be, and of the rows that may get another class; null: as a good file has it.</param>
    /// <param name="progress">Told how far a rounding is; may be null.</param>
    /// <param name="cancellation">Looked at every few milliseconds.</param>
    /// <exception cref="InputRefusedException">No attempt is good enough.</exception>
    internal QuantisedNetwork Find(double? acceptError, IProgress<ConversionProgress>? progress, CancellationToken cancellation)
    {
        QuantisedNetwork Round(QuantisedNetwork network, double work) =>
            AdaptiveRounding.Refine(model.Network, network, refining, work, progress, cancellation);
        QuantisedNetwork Quantise(SeenValues values)
        {
            QuantisedNetwork network = Quantiser.Quantise(model.Network, inputs, profile, comparable, values);
            return profile == Profile.Compact || network.IsFast ? Round(network, roundingWork) : network;
        }

        QuantisedNetwork best = Quantise(seen);
        Measured = Measure(best);
        foreach (Func<QuantisedNetwork> attempt in Attempts(best, Quantise, network => Round(network, roundingWork / 3)))
        {
            if (acceptError is double share ? Measured.IsWithin(share) : Measured.IsGood)
            {
                break;
            }

            cancellation.ThrowIfCancellationRequested();
            QuantisedNetwork other = attempt();
            MeasuredError measured = Measure(other);
            if (measured.IsGood || measured.Worst < Measured.Worst)
            {
                (best, Measured) = (other, measured);
            }
        }

        return acceptError is double most
            ? Measured.IsWithin(most) ? best : throw Refuse(best, $"more than the {MeasuredError.Percent(most)} that --accept-error allows")
            : Measured.IsGood ? best : throw Refuse(best, $"a good file has at most {MeasuredError.Percent(MeasuredError.Limit)}{(comparable ? $", and clearly another class in at most {Measured.MostFlipped}" : "")}");
    }

    // A wider margin helps where ceilings are met, another rounding where weights are coarse.
    private IEnumerable<Func<QuantisedNetwork>> Attempts(
        QuantisedNetwork first, Func<SeenValues, QuantisedNetwork> quantise, Func<QuantisedNetwork, QuantisedNetwork> round)
    {
        if (profile == Profile.Exact)
        {
            yield return () => round(first);
        }

        if (first.Saturates)
        {
            foreach (double margin in WiderMargins)
            {
                yield return () => quantise(seen.WithMargin(margin));
            }
        }
    }

    private MeasuredError Measure(QuantisedNetwork network) => MeasuredError.At(model.Network, network, judging, comparable);

    private InputRefusedException Refuse(QuantisedNetwork network, string limit)
    {
        RoundedNetwork rounded = new(model.Network, network);
        ErrorSource[] sources = rounded.Measure(judging);
        int output = Measured.WorstOutput;
        ErrorSource worst = sources.MaxBy(source => source.Error[output])!;
        string cause = worst.Kind switch
        {
            ErrorSourceKind.Inputs => "most of it comes from the steps of the inputs: narrow their ranges, or take a finer signal",
            ErrorSourceKind.Weights => $"most of it comes from the weights of layer {worst.Layer}: train with weight decay, or with inputs scaled to about -1..1",
            _ => $"most of it comes from the {(network.IsFast ? 9 : 16)} bits that the values behind layer {CoarsestLayer(rounded, output)} have: train a network of fewer layers, or with weight decay",
        };
        string other = profile == Profile.Exact ? "" : "; --profile exact is more precise";
        string accept = FormattableString.Invariant($"{Measured.Accepting:g2}");
        return new InputRefusedException(
            $"the integers would have {Measured.Describe()} ({limit}), so no file was written; {cause}{other}, or accept it with --accept-error {accept}.");
    }

    private int CoarsestLayer(RoundedNetwork rounded, int output) => Enumerable.Range(0, model.Network.Layers.Length)
        .MaxBy(layer => rounded.MeasureActivations(judging, layer)[output]);
}
