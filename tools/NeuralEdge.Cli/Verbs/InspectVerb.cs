using System.CommandLine;
using NeuralEdge.Board.Control;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What is in a model file.</summary>
internal static class InspectVerb
{
    internal static Command Create()
    {
        Argument<string> file = CommonOptions.Model();
        Option<bool> json = CommonOptions.Json();
        Option<bool> verify = new("--verify") { Description = "Check the certificate again: accumulators, headroom, golden vectors." };
        Command command = new("inspect", "Show what is in a model file.") { file, verify, json };
        command.SetAction(parse =>
        {
            string path = parse.GetRequiredValue(file);
            ModelFile model = ModelFile.Load(path);
            if (parse.GetValue(verify))
            {
                CertificateCheck.Require(model, path);
            }

            if (parse.GetValue(json))
            {
                Show.Json(Document(model));
            }
            else
            {
                ModelText.Write(Console.Out, model, path);
                if (parse.GetValue(verify))
                {
                    CertificateCheck.WriteDone(Console.Out);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A model file as a JSON document.</summary>
    internal static object Document(ModelFile file)
    {
        Network network = file.Model.Network;
        return new
        {
            digest = Show.Digest(file.Model.Digest),
            bytes = file.Bytes.Length,
            boardRamBytes = ModelMemory.Of(file.Model),
            boardRamBytesWhileLoading = ModelMemory.WhileLoading(file.Model),
            macs = Layers(network).Sum(l => l.InputCount * l.NeuronCount),
            task = file.Labels.Task,
            about = file.About,
            inputs = file.Labels.Inputs.Select((input, i) => new
            {
                name = input.Name,
                unit = input.Unit,
                minimum = input.Minimum,
                maximum = input.Maximum,
                scale = input.Scale,
                offset = input.Offset,
                rawMinimum = network.GetInputMinimum(i),
                rawMaximum = network.GetInputMaximum(i),
                adc = file.Model.Bindings.Inputs[i].Source == InputBinding.SourceAdc ? file.Model.Bindings.Inputs[i].Channel : (int?)null,
                oversample = 1 << file.Model.Bindings.Inputs[i].SamplesLog2,
            }),
            layers = Layers(network).Zip(KernelNames.Of(network), (layer, kernel) => new
            {
                inputs = layer.InputCount,
                neurons = layer.NeuronCount,
                activation = layer.Activation,
                kernel,
                lanes = layer.LaneCount,
                table = layer.Table is null ? null : new { layer.Table.Multiplier, layer.Table.Shift, layer.Table.Digest },
                shifts = layer.Table is null ? Enumerable.Range(0, layer.NeuronCount).Select(layer.GetShift) : null,
            }),
            outputs = file.Labels.Outputs.Select((output, i) => new
            {
                name = output.Name,
                unit = output.Unit,
                scale = output.Scale,
                pin = file.Model.Bindings.Outputs[i].Rule == OutputBinding.RuleNone ? (int?)null : file.Model.Bindings.Outputs[i].Pin,
                rule = ModelText.RuleOf(file, i),
            }),
            goldenVectors = file.Model.Golden.Count,
            certificate = CertificateText.Document(file),
        };
    }

    /// <summary>The layers in order.</summary>
    internal static IEnumerable<DenseLayer> Layers(Network network) => Enumerable.Range(0, network.LayerCount).Select(network.GetLayer);
}
