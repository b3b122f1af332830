using System.Globalization;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Features;

namespace NeuralEdge.Studio.Watching;

/// <summary>What the short names of features mean, for somebody who has not learned them.</summary>
public static class FeatureWords
{
    /// <summary>The features of a model in one sentence, each kind once; null for a model that looks at rows one by one.</summary>
    /// <param name="model">The model.</param>
    public static string? Of(ModelFile model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Model.Windows is { } windows
            ? string.Join("; ", windows.Shape.Features
                .Select(feature => FeatureNames.Turned(feature, model.Channels[feature.Channel].Scale))
                .Select(feature => (Name: FeatureNames.Of(feature, scale: 1), Meant: Of(feature)))
                .Distinct()
                .Select(feature => $"{feature.Name} is {feature.Meant}")) + "."
            : null;
    }

    private static string Of(Feature feature) => feature.Kind switch
    {
        FeatureKind.Mean => "the mean of the window",
        FeatureKind.Deviation => "how far the values spread about their mean",
        FeatureKind.Least => "the smallest value",
        FeatureKind.Most => "the largest value",
        FeatureKind.Range => "the largest value less the smallest",
        FeatureKind.RootMeanSquare => "how far the values are from the usual level",
        FeatureKind.MeanStep => "how far one value is from the next, on average",
        FeatureKind.LargestStep => "the largest jump from one value to the next",
        FeatureKind.Crossings => "how often the curve crosses its usual level",
        FeatureKind.Slope => "how much the curve rises over the window",
        FeatureKind.First => "the oldest value",
        FeatureKind.Last => "the newest value",
        FeatureKind.Quantile => string.Create(CultureInfo.InvariantCulture, $"what {100.0 * feature.First / 16:0.#} % of the values lie below"),
        FeatureKind.Average => "a running mean of all that came before",
        FeatureKind.Drift => "the newest value less the running mean",
        FeatureKind.Octave => $"how strongly it swings from one mean of {NumberText.Count(1 << (feature.First - 1), "value")} to the next",
        FeatureKind.Band => $"how strongly it swings {(feature.First == feature.Last ? $"{feature.First}" : $"{feature.First} to {feature.Last}")} times in a window",
        _ => throw new ArgumentOutOfRangeException(nameof(feature)),
    };
}
