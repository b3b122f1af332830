using System.Globalization;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>Live values of a board in words.</summary>
internal static class LiveText
{
    private const string Saturated = "saturated: the outputs may be wrong by more than the certificate says";

    private const string Unfamiliar = "inputs unlike those it was trained on";

    /// <summary>What is shown of one inference: its inputs, then its outputs.</summary>
    /// <param name="model">The model that the board runs.</param>
    /// <param name="live">Its values.</param>
    internal static IEnumerable<(string Name, string Value, string Remark)> Rows(ModelFile model, LiveValues live)
    {
        double[] inputs = model.ToInputs(live.Inputs);
        for (int i = 0; i < inputs.Length; i++)
        {
            // The board limits inputs to their range, so at an end of it the sensor has left what was trained, but where nothing lies beyond.
            bool atEnd = (live.Inputs[i] == model.Model.Network.GetInputMinimum(i) && model.CanBeBelow(i)) || live.Inputs[i] == model.Model.Network.GetInputMaximum(i);
            bool wired = model.HasWindows || model.Model.Bindings.Inputs[i].Source != InputBinding.SourceNone;
            yield return (model.Inputs[i].Name, Text(inputs[i], model.Inputs[i].Unit), !wired ? "not wired" : atEnd ? "at the end of its range" : "");
        }

        double[] outputs = model.ToValues(live.Outputs);
        int largest = model.ClassOf(live.Outputs);
        for (int o = 0; o < outputs.Length; o++)
        {
            string pin = live.Pins[o] switch { true => "on", false when live.Resting[o] => "off, at rest after its longest time on", false => "off", null => "" };
            string best = model.IsClassifier && o == largest ? "largest" : "";
            yield return (model.Outputs[o].Name, Text(outputs[o], model.Outputs[o].Unit), string.Join(", ", new[] { best, pin, HeldText.Of(model, live, o) ?? "" }.Where(t => t.Length > 0)));
        }
    }

    /// <summary>Why the values are to be doubted. The report is up to two seconds older: the words for a flag that it does not know yet have no numbers.</summary>
    /// <param name="report">What the board says of itself.</param>
    /// <param name="live">Its values.</param>
    internal static IEnumerable<string> Doubts(BoardReport report, LiveValues live)
    {
        if (live.Saturated)
        {
            yield return Saturated;
        }

        if (live.Unfamiliar)
        {
            yield return report.IsUnfamiliar == true ? FamiliarText.Of(report)! : Unfamiliar;
        }
    }

    /// <summary>How the board keeps its time, and what it is called.</summary>
    /// <param name="report">What the board says of itself.</param>
    /// <param name="model">The model that it runs.</param>
    internal static string Timing(BoardReport report, ModelFile model) => $"period {BoardText.Period(report)}; {report.LatePeriods} late since the start; forward: {BoardText.Forward(report)}{(FamiliarText.Of(report) is string familiar ? "; " + familiar : "")}; {report.Called}{(model.Called is string called ? $", {called}" : "")}";

    /// <summary>How long it may be until the next live values: windows have to be full, and a decision comes with each hop only.</summary>
    /// <param name="report">What the board says of itself.</param>
    /// <param name="model">The model that it runs.</param>
    /// <param name="every">One event for so many decisions.</param>
    internal static TimeSpan Due(BoardReport report, ModelFile model, int every) =>
        TimeSpan.FromMilliseconds((double)report.PeriodMs * (model.Model.Windows?.Shape is { } shape ? shape.Samples + shape.Channels.Length + ((double)shape.Hop * every) : every));

    /// <summary>Who waits for them for long is told this.</summary>
    /// <param name="report">What the board says of itself.</param>
    /// <param name="model">The model that it runs.</param>
    /// <param name="every">One event for so many decisions.</param>
    internal static string WhenDue(BoardReport report, ModelFile model, int every)
    {
        double decision = report.PeriodMs * (model.Model.Windows?.Shape.Hop ?? 1) / 1000.0;
        return $"The board decides each {NumberText.Brief(decision)} s{(every > 1 ? $", and one decision of {every} is shown" : "")}: the next one is due within {NumberText.Brief(Math.Ceiling(Due(report, model, every).TotalSeconds))} s.";
    }

    /// <summary>A value and its unit, short enough to be read as it changes.</summary>
    internal static string Text(double value, string unit) =>
        value.ToString("G6", CultureInfo.InvariantCulture) + (unit.Length == 0 ? "" : " " + unit);
}
