using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Cli.Reports;

/// <summary>A model file for people.</summary>
internal static class ModelText
{
    internal static void Write(TextWriter writer, ModelFile file, string path)
    {
        string kind = file.IsClassifier ? "classifier" : "regression";
        DecisionText.Write(writer, file);
        ProtectionText.Write(writer, file);
        if (RateText.Warning(file) is string tooMuch)
        {
            writer.WriteLine(tooMuch);
        }

        writer.WriteLine($"{path}: {kind}, {file.Bytes.Length} bytes, digest {Show.Digest(file.Model.Digest)}");
        writer.WriteLine($"{NumberText.Count(file.Macs, "MAC")}; about {ModelMemory.Of(file.Model)} bytes of the board's RAM, {ModelMemory.WhileLoading(file.Model)} while it is loaded; {NumberText.Count(file.Model.Golden.Count, "golden vector")}");
        foreach (string line in file.About.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            writer.WriteLine(line);
        }

        writer.WriteLine();
        writer.WriteLine("inputs");
        WriteInputs(writer, file);
        writer.WriteLine("layers");
        WriteLayers(writer, file);
        writer.WriteLine("outputs");
        WriteOutputs(writer, file);
        CertificateText.Write(writer, file);
        FamiliarText.Write(writer, file);
        int period = file.Model.Bindings.PeriodMs;
        writer.WriteLine(period > 0 ? $"period {period} ms" : "period: the board's own");
        if (RecentText.Of(file.Model.Bindings.Decisions) is string recent)
        {
            writer.WriteLine($"decisions: {recent}");
        }

        ConversionText.WriteWiring(writer, file);
    }

    /// <summary>The rule of an output in words, null when no pin follows it.</summary>
    internal static string? RuleOf(ModelFile file, int output)
    {
        OutputBinding binding = file.Model.Bindings.Outputs[output];
        if (binding.Rule == OutputBinding.RuleNone)
        {
            return null;
        }

        string level = binding.ActiveLow ? ", active low" : "";
        string times = binding.MinOnMs > 0 || binding.MinOffMs > 0 ? $", at least {binding.MinOnMs} ms on and {binding.MinOffMs} ms off" : "";
        times += LimitOf(file, output);
        if (binding.Rule == OutputBinding.RuleArgMax)
        {
            return "on while the largest" + times + level;
        }

        double Value(int raw) => file.Model.Network.HasProbabilities ? raw / 32768.0 : file.Outputs[output].ToValue(raw);
        string on = Show.Measure(Value(binding.On));
        string off = Show.Measure(Value(binding.Off));
        string threshold = binding.On > binding.Off ? $"on at {on} or more, off at {off} or less"
            : binding.On < binding.Off ? $"on at {on} or less, off at {off} or more"
            : $"on at {on} or more";
        return threshold + times + level;
    }

    private static string LimitOf(ModelFile file, int output)
    {
        Safeguards safeguards = file.Model.Bindings.Safeguards;
        int maxOnMs = safeguards.GetMaxOnMs(output);
        string limit = maxOnMs == 0 ? "" : $", at most {maxOnMs} ms on, then off {(safeguards.GetRestMs(output) is > 0 and int restMs ? $"for {restMs} ms" : "until asked for off")}";
        int group = safeguards.GetGroup(output);
        string[] others = [.. Enumerable.Range(0, file.Outputs.Length).Where(o => group != 0 && o != output
            && file.Model.Bindings.Outputs[o].Rule != OutputBinding.RuleNone && safeguards.GetGroup(o) == group).Select(o => file.Outputs[o].Name)];
        return others.Length == 0 ? limit : $"{limit}, never with {string.Join(", ", others)}, {safeguards.DeadTimeMs} ms apart";
    }

    private static void WriteInputs(TextWriter writer, ModelFile file)
    {
        if (file.HasWindows)
        {
            WriteFeatures(writer, file);
        }

        TextTable table = new(file.HasWindows ? "channel" : "name", "range", "raw", "step", "source");
        for (int i = 0; i < file.Channels.Length; i++)
        {
            ModelInput input = file.Channels[i];
            (int lowest, int highest) = file.Model.Windows?.Shape.Channels[i] is { } channel ? (channel.Lowest, channel.Highest) : (file.Model.Network.GetInputMinimum(i), file.Model.Network.GetInputMaximum(i));
            InputBinding binding = file.Model.Bindings.Inputs[i];
            string source = binding.Source == InputBinding.SourceNone
                ? "not wired"
                : $"{SourceOf(file, binding)}{(binding.Source == InputBinding.SourceAdc ? $", {1 << binding.SamplesLog2} conversions" : "")}{SensorOf(file.Model.Bindings.Safeguards, i)}";
            table.Add(
                input.Name,
                $"{Show.Measure(input.Minimum)}..{Show.WithUnit(input.Maximum, input.Unit)}",
                $"{lowest}..{highest}",
                Show.Measure(input.Scale),
                source);
        }

        table.Write(writer);
    }

    private static void WriteFeatures(TextWriter writer, ModelFile file)
    {
        writer.WriteLine($"windows  {RateText.Of(file)}");
        writer.WriteLine($"rate     {RateText.Held(file)}");
        WindowShape shape = file.Model.Windows.Shape;
        foreach (IGrouping<int, Feature> channel in shape.Features.GroupBy(feature => feature.Channel))
        {
            writer.WriteLine($"of {file.Channels[channel.Key].Name}: {string.Join(", ", channel.Select(feature => FeatureNames.Of(feature, file.Channels[channel.Key].Scale)))}");
        }

        TextTable table = new("feature", "range", "raw", "step");
        for (int i = 0; i < file.Inputs.Length; i++)
        {
            ModelInput input = file.Inputs[i];
            table.Add(
                input.Name,
                $"{Show.Measure(input.Minimum)}..{Show.WithUnit(input.Maximum, input.Unit)}",
                $"{file.Model.Network.GetInputMinimum(i)}..{file.Model.Network.GetInputMaximum(i)}",
                Show.Measure(input.Scale));
        }

        table.Write(writer);
    }

    /// <summary>What counts a sensor may give, and for how long the same one, where the model says so.</summary>
    internal static string SensorOf(Safeguards safeguards, int input) =>
        (safeguards.HasPlausible(input) ? $", plausible {safeguards.GetLowest(input)} to {safeguards.GetHighest(input)}" : "")
        + (safeguards.GetFrozenMs(input) is > 0 and int ms ? $", frozen after {ms} ms of the same count" : "");

    /// <summary>What feeds an input that has a source.</summary>
    internal static string SourceOf(ModelFile file, InputBinding binding) => binding.Source == InputBinding.SourceSensor
        ? $"sensor {binding.Channel}"
        : $"ADC1 channel {binding.Channel}{Gpio(file.Chip, binding.Channel)}";

    /// <summary>The GPIO of an ADC channel in brackets.</summary>
    internal static string Gpio(Chip? chip, int channel) => (chip?.GpioOfAdc(channel) ?? -1) is >= 0 and int pin ? $" (GPIO{pin})" : "";

    private static void WriteLayers(TextWriter writer, ModelFile file)
    {
        TextTable table = new("layer", "neurons", "activation", "weights", "shift", "output", "kernel");
        string[] kernels = KernelNames.Of(file.Model.Network);
        int index = 0;
        foreach (DenseLayer layer in file.Layers)
        {
            int[] shifts = [.. Enumerable.Range(0, layer.NeuronCount).Select(layer.GetShift)];
            string format = layer.Table is not null ? "9 bits by table" : ActivationFunction.Of(layer.Activation).OutputFormat(layer.LogitFractionBits);
            table.Add(
                $"{index}",
                $"{layer.NeuronCount}",
                layer.Activation.ToString(),
                $"{layer.InputCount * layer.NeuronCount}",
                layer.Table is not null ? "table" : shifts.Min() == shifts.Max() ? $"{shifts[0]}" : $"{shifts.Min()}..{shifts.Max()}",
                format,
                kernels[index++]);
        }

        table.Write(writer);
    }

    private static void WriteOutputs(TextWriter writer, ModelFile file)
    {
        TextTable table = new("name", "step", "pin", "rule");
        for (int i = 0; i < file.Outputs.Length; i++)
        {
            ModelOutput output = file.Outputs[i];
            string? rule = RuleOf(file, i);
            table.Add(
                output.Unit.Length == 0 ? output.Name : $"{output.Name} [{output.Unit}]",
                Show.Measure(output.Scale),
                rule is null ? "none" : $"GPIO{file.Model.Bindings.Outputs[i].Pin}",
                rule ?? "");
        }

        table.Write(writer);
    }
}
