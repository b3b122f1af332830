using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Diagnosis;

/// <summary>What the model that a board runs has to do with its sensors and pins.</summary>
internal static class ModelChecks
{
    // With fewer looks a share is chance.
    private const int EnoughLooks = 8;

    /// <summary>Whether a sensor feeds any input.</summary>
    /// <param name="model">The model.</param>
    internal static bool IsFed(ModelFile model) => Array.Exists(model.Model.Bindings.Inputs, input => input.Source != InputBinding.SourceNone);

    /// <summary>Whether the model reads anything, and whether a pin follows it.</summary>
    /// <param name="report">What the board says.</param>
    /// <param name="model">The model that it runs; null when that cannot be read.</param>
    internal static Check Wiring(BoardReport report, ModelFile? model)
    {
        const string Next = "Train with --board FILE, which says how the board is wired, and upload that model.";
        if (model is null)
        {
            return Check.Ok("wiring", report.ModelLength == 0 ? "none, because no model runs" : "not looked at, because the model cannot be read");
        }

        bool drives = Array.Exists(model.Model.Bindings.Outputs, output => output.Rule != OutputBinding.RuleNone);
        return (IsFed(model), drives) switch
        {
            (false, false) when report.State == ModelState.Factory => Check.Ok("wiring", "the factory model is wired to no sensor and no pin"),
            (false, false) => Check.Warning("wiring", "the model that runs is wired to no sensor and no pin: the board acts on nothing", Next),
            (false, true) => Check.Warning("wiring", "the model that runs is wired to no sensor: its pins follow inputs that never change", Next),
            (true, false) => Check.Ok("wiring", "no pin follows the model that runs: the board computes its outputs and switches nothing"),
            _ => Check.Ok("wiring", "sensors feed the model that runs, and pins follow it"),
        };
    }

    /// <summary>Whether the inputs of late are like those of the training.</summary>
    /// <param name="report">What the board says.</param>
    /// <param name="model">The model that it runs; null when that cannot be read.</param>
    internal static Check Inputs(BoardReport report, ModelFile? model)
    {
        const string Next = "Look whether the sensors measure what they did in the training; if they do, record these rows and train again with them.";
        if (report.IsUnfamiliar is not bool isUnfamiliar)
        {
            return Check.Ok("inputs", WhyNotLookedAt(model));
        }

        string looks = $"{report.WindowUnfamiliar} of {NumberText.Count(report.WindowLooks, "look")} at rows unlike the training";
        return isUnfamiliar ? Check.Warning("inputs", FamiliarText.Of(report)!, Next)
            : report.WindowLooks < EnoughLooks
                ? Check.TooEarly("inputs", $"too early to tell: {looks}, and {EnoughLooks} looks are wanted", "Nothing is wrong so far; run neuraledge doctor again when the board has run for a while.")
            : report.WindowUnfamiliar * 2 >= report.WindowLooks
                ? Check.Warning("inputs", $"{looks}, half or more; the board itself warns from {FamiliarityWatch.AlarmAbove + 1} of {FamiliarityWatch.Window} on", Next)
            : Check.Ok("inputs", FamiliarText.Of(report)!);
    }

    private static string WhyNotLookedAt(ModelFile? model) => model switch
    {
        null => "not looked at",
        { Model.Familiarity: null } => "the model does not say what it was trained on",
        _ when Array.Exists(model.Model.Bindings.Inputs, input => input.Source == InputBinding.SourceNone) => "not looked at, because not every input has a sensor",
        _ => "not looked at by the board's firmware",
    };
}
