using NeuralEdge.Board.Control;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Cli.Reports;

/// <summary>A model file for programs.</summary>
internal static class ModelDocument
{
    /// <summary>A model file as a JSON document.</summary>
    internal static object Of(ModelFile file)
    {
        Network network = file.Model.Network;
        Safeguards safeguards = file.Model.Bindings.Safeguards;
        return new
        {
            digest = Show.Digest(file.Model.Digest),
            bytes = file.Bytes.Length,
            boardRamBytes = ModelMemory.Of(file.Model),
            boardRamBytesWhileLoading = ModelMemory.WhileLoading(file.Model),
            macs = file.Macs,
            task = file.Task,
            name = file.Name,
            version = file.Version,
            about = file.About,
            accepted = file.AcceptedError,
            inputs = file.Inputs.Select((input, i) => new
            {
                name = input.Name,
                unit = input.Unit,
                minimum = input.Minimum,
                maximum = input.Maximum,
                scale = input.Scale,
                offset = input.Offset,
                rawMinimum = network.GetInputMinimum(i),
                rawMaximum = network.GetInputMaximum(i),
                adc = file.HasWindows ? null : ChannelOf(file, i, InputBinding.SourceAdc),
                sensor = file.HasWindows ? null : ChannelOf(file, i, InputBinding.SourceSensor),
                oversample = file.HasWindows ? (int?)null : 1 << file.Model.Bindings.Inputs[i].SamplesLog2,
                plausible = !file.HasWindows && safeguards.HasPlausible(i) ? new[] { safeguards.GetLowest(i), safeguards.GetHighest(i) } : null,
                frozenMs = file.HasWindows ? 0 : safeguards.GetFrozenMs(i),
            }),
            windows = file.Model.Windows?.Shape is not { } shape ? null : new
            {
                samples = shape.Samples,
                hop = shape.Hop,
                periodMs = file.Model.Bindings.PeriodMs,
                windowMs = shape.Samples * file.Model.Bindings.PeriodMs,
                hopMs = shape.Hop * file.Model.Bindings.PeriodMs,
                samplesPerSecond = 1000.0 / file.Model.Bindings.PeriodMs,
                heldPerSecond = RateEstimate.Of(file)?.Most,
                channels = file.Channels.Select((channel, i) => new
                {
                    name = channel.Name,
                    unit = channel.Unit,
                    scale = channel.Scale,
                    offset = channel.Offset,
                    adc = ChannelOf(file, i, InputBinding.SourceAdc),
                    sensor = ChannelOf(file, i, InputBinding.SourceSensor),
                    oversample = 1 << file.Model.Bindings.Inputs[i].SamplesLog2,
                    plausible = safeguards.HasPlausible(i) ? new[] { safeguards.GetLowest(i), safeguards.GetHighest(i) } : null,
                    frozenMs = safeguards.GetFrozenMs(i),
                    features = shape.Features.Where(feature => feature.Channel == i).Select(feature => FeatureNames.Of(feature, channel.Scale)),
                }),
            },
            layers = file.Layers.Zip(KernelNames.Of(network), (layer, kernel) => new
            {
                inputs = layer.InputCount,
                neurons = layer.NeuronCount,
                activation = layer.Activation,
                kernel,
                lanes = layer.LaneCount,
                table = layer.Table is null ? null : new { layer.Table.Multiplier, layer.Table.Shift, layer.Table.Digest },
                shifts = layer.Table is null ? Enumerable.Range(0, layer.NeuronCount).Select(layer.GetShift) : null,
            }),
            outputs = file.Outputs.Select((output, i) => new
            {
                name = output.Name,
                unit = output.Unit,
                scale = output.Scale,
                pin = file.Model.Bindings.Outputs[i].Rule == OutputBinding.RuleNone ? (int?)null : file.Model.Bindings.Outputs[i].Pin,
                rule = ModelText.RuleOf(file, i),
                activeLow = file.Model.Bindings.Outputs[i].ActiveLow,
                maxOnMs = safeguards.GetMaxOnMs(i),
                restMs = safeguards.GetRestMs(i),
                group = safeguards.GetGroup(i),
            }),
            deadTimeMs = safeguards.DeadTimeMs,
            goldenVectors = file.Model.Golden.Count,
            certificate = CertificateText.Document(file),
            familiar = FamiliarText.Document(file),
        };
    }

    private static int? ChannelOf(ModelFile file, int input, int source) => file.Model.Bindings.Inputs[input] is { } binding && binding.Source == source ? binding.Channel : null;
}
