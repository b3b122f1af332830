using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Reports;

/// <summary>How often a model with windows samples and decides, and whether a board holds that.</summary>
internal static class RateText
{
    /// <summary>Window, hop and rate in a line; null for a model without windows.</summary>
    /// <param name="file">The model.</param>
    internal static string? Of(ModelFile file)
    {
        if (file.Model.Windows?.Shape is not { } shape)
        {
            return null;
        }

        double period = file.Model.Bindings.PeriodMs / 1000.0;
        return $"{shape.Samples} samples, {Show.WithUnit(shape.Samples * period, "s")}; one decision each {Show.WithUnit(shape.Hop * period, "s")}, {shape.Hop} samples; a sample each {file.Model.Bindings.PeriodMs} ms, {NumberText.Brief(1 / period)} a second";
    }

    /// <summary>What a board holds, in a line; null for a model without windows.</summary>
    /// <param name="file">The model.</param>
    internal static string? Held(ModelFile file) => RateEstimate.Of(file) is not RateEstimate rate ? null
        : $"an {rate.Chip} at {rate.Megahertz} MHz holds about {rate.Most} samples a second with these features, conversions and network: an estimate from counted instructions, at the cautious end; asked: {NumberText.Brief(rate.Asked)}";

    /// <summary>A warning that a board probably does not hold what a model asks for; null when it does.</summary>
    /// <param name="file">The model.</param>
    internal static string? Warning(ModelFile file)
    {
        if (RateEstimate.Of(file) is not { IsTooMuch: true } rate)
        {
            return null;
        }

        int conversions = file.Model.Bindings.Inputs.Max(input => 1 << input.SamplesLog2);
        string fewer = conversions > 1 ? $" give a smaller \"oversample\" than {conversions} in the board file," : "";
        return $"warning: asked for {NumberText.Brief(rate.Asked)} samples a second, and an {rate.Chip} at {rate.Megahertz} MHz holds about {rate.Most}, an estimate from counted instructions at the cautious end. What comes late is counted, and too much of it keeps loads off:{fewer} record less often, or leave channels out.";
    }
}
