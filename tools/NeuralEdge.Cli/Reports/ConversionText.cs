using NeuralEdge.Cli.Output;
using NeuralEdge.Modeling.Conversion;
using NeuralEdge.Modeling.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>What a conversion made, and what to do with it.</summary>
internal static class ConversionText
{
    internal static void Write(TextWriter writer, Conversion conversion, string path)
    {
        ModelFile file = conversion.File;
        writer.WriteLine($"Wrote {path}: {file.Bytes.Length} bytes, {Show.Count(conversion.Network.Macs, "MAC")}, digest {Show.Digest(file.Model.Digest)}.");
        WriteWiring(writer, file);
        writer.WriteLine($"Next: neuraledge inspect {path}, or neuraledge upload {path} --port P.");
    }

    internal static void WriteWiring(TextWriter writer, ModelFile file)
    {
        Bindings bindings = file.Model.Bindings;
        if (Array.TrueForAll(bindings.Inputs, i => i.Source == InputBinding.SourceNone))
        {
            writer.WriteLine("Not wired: no ADC channel feeds this model, so a board runs it on request (ask) only. A board file says how counts become values: --board BOARD.json.");
        }
        else if (Array.TrueForAll(bindings.Outputs, o => o.Rule == OutputBinding.RuleNone))
        {
            writer.WriteLine("No pin follows this model's outputs; a board file says which should: --board BOARD.json.");
        }
    }
}
