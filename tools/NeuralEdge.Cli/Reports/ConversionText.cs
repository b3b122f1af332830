using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>What a conversion made, and what to do with it.</summary>
internal static class ConversionText
{
    internal static void Write(TextWriter writer, ConvertedModel conversion, string path, string? page)
    {
        writer.Write(Summary(conversion, path));
        WriteNext(writer, conversion.File, path, page, fits: true, isUseful: true);
    }

    /// <summary>What to do with the files.</summary>
    internal static void WriteNext(TextWriter writer, ModelFile file, string path, string? page, bool fits, bool isUseful)
    {
        if (page is not null)
        {
            writer.WriteLine($"Wrote {page}: open it in a browser.");
        }

        if (!isUseful)
        {
            writer.WriteLine($"Next: check the labels and the sensors, record {(file.HasWindows ? "more" : "more rows")} and train again.");
            return;
        }

        if (OfNoSensors(file) is not null)
        {
            writer.WriteLine($"Next: make it again with --board FILE, so that a board's sensors feed it{(fits ? $"; or neuraledge upload {path} --port P, to ask it only" : "")}.");
            return;
        }

        writer.WriteLine($"Next: neuraledge inspect {path}{(fits ? $", or neuraledge upload {path} --port P" : "")}.");
    }

    /// <summary>What the file is and how a board would be wired.</summary>
    /// <param name="conversion">What was made.</param>
    /// <param name="path">The file.</param>
    /// <param name="wiringSaid">True when it was said above already that no sensor feeds it, or no pin follows it, and why.</param>
    internal static string Summary(ConvertedModel conversion, string path, bool wiringSaid = false)
    {
        StringWriter writer = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        ModelFile file = conversion.File;
        writer.WriteLine($"Wrote {path}: {file.Bytes.Length} bytes, {NumberText.Count(conversion.Network.Macs, "MAC")}, digest {Show.Digest(file.Model.Digest)}.");
        if (RateText.Warning(file) is string tooMuch)
        {
            writer.WriteLine(tooMuch);
        }

        WriteWires(writer, file);
        if (!wiringSaid)
        {
            WriteWiring(writer, file);
        }

        WriteCoarseInputs(writer, file);
        return writer.ToString();
    }

    // What a board will do with its pins is never left unsaid, least of all when nobody gave a board file.
    private static void WriteWires(TextWriter writer, ModelFile file)
    {
        List<string> wires = [];
        for (int i = 0; i < file.Channels.Length; i++)
        {
            InputBinding binding = file.Model.Bindings.Inputs[i];
            if (binding.Source != InputBinding.SourceNone)
            {
                wires.Add($"{file.Channels[i].Name} from {ModelText.SourceOf(file, binding)}{ModelText.SensorOf(file.Model.Bindings.Safeguards, i)}");
            }
        }

        for (int o = 0; o < file.Outputs.Length; o++)
        {
            if (ModelText.RuleOf(file, o) is string rule)
            {
                wires.Add($"{file.Outputs[o].Name} switches GPIO{file.Model.Bindings.Outputs[o].Pin}, {rule}");
            }
        }

        if (wires.Count > 0)
        {
            writer.WriteLine("Wiring: " + string.Join("; ", wires) + ".");
        }

        if (RecentText.Of(file.Model.Bindings.Decisions) is string recent)
        {
            writer.WriteLine($"Decisions: {recent}.{(file.HasWindows ? "" : " Figures of pins are of single decisions.")}");
        }
    }

    private static void WriteCoarseInputs(TextWriter writer, ModelFile file)
    {
        const int FewSteps = 200;
        for (int i = 0; i < file.Inputs.Length && !file.HasWindows; i++)
        {
            int steps = file.Model.Network.GetInputMaximum(i) - file.Model.Network.GetInputMinimum(i);
            int source = file.Model.Bindings.Inputs[i].Source;
            if (steps < FewSteps && source != InputBinding.SourceNone)
            {
                writer.WriteLine(
                    $"warning: the whole range of {file.Inputs[i].Name} is only {steps} steps of the {(source == InputBinding.SourceAdc ? "ADC" : "sensor")}; if its values are no counts, say how counts become values with \"counts\" and \"values\" in the board file.");
            }
        }
    }

    /// <summary>That no sensor feeds a model, and what to do; null when one does.</summary>
    internal static string? OfNoSensors(ModelFile file) => Array.TrueForAll(file.Model.Bindings.Inputs, i => i.Source == InputBinding.SourceNone)
        ? "Not wired: no ADC channel feeds this model, so a board runs it on request (ask) only. A board file (tools/README.md shows one) says how counts become values: --board BOARD.json."
        : null;

    internal static void WriteWiring(TextWriter writer, ModelFile file)
    {
        if (OfNoSensors(file) is string unfed)
        {
            writer.WriteLine(unfed);
        }
        else if (Array.TrueForAll(file.Model.Bindings.Outputs, o => o.Rule == OutputBinding.RuleNone))
        {
            writer.WriteLine("No pin follows this model's outputs: on a board it switches nothing. To wire it, make it with a board file (--board BOARD.json) or, where train withheld the pins, with --anyway.");
        }
    }
}
