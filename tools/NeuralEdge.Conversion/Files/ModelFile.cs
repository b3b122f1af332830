using System.Text;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Familiar;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Files;

/// <summary>A model file as the desktop sees it: the board's reading of it, and what only people need.</summary>
public sealed class ModelFile
{
    /// <summary>Largest file that is looked at, in bytes; far above what a board takes.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Key of the line with the model's name.</summary>
    internal const string NameKey = "name";

    /// <summary>Key of the line with the model's version.</summary>
    internal const string VersionKey = "version";

    /// <summary>Key of the line about an error that somebody accepted.</summary>
    internal const string AcceptedKey = "accepted";

    /// <summary>What the line of the free text begins with that names the chip the model is wired for.</summary>
    internal const string ChipKey = "chip";

    /// <summary>Limits of the desktop: as wide as the format allows.</summary>
    public static ModelLimits DesktopLimits { get; } = new(MaxBytes, 255, 65535, long.MaxValue, -1) { Sensors = InputBinding.MaxSensors };

    private ModelFile(byte[] bytes, Model model, ModelSignature signature, ModelInput[] channels, IReadOnlyDictionary<int, byte[]> sections)
    {
        Channels = channels;
        Bytes = bytes;
        Model = model;
        Signature = signature;
        Sections = sections;
    }

    /// <summary>The file itself.</summary>
    public byte[] Bytes { get; }

    /// <summary>What the board makes of it.</summary>
    public Model Model { get; }

    /// <summary>Names, units and scales; made up (x0, y0, raw integers) when the file has no labels.</summary>
    public ModelSignature Signature { get; }

    /// <summary>Name, unit and scale of each input.</summary>
    public ModelInput[] Inputs => Signature.Inputs;

    /// <summary>What is sampled: the inputs or, with windows, the channels that their features are computed of.</summary>
    public ModelInput[] Channels { get; }

    /// <summary>True when the inputs are features of windows of samples.</summary>
    public bool HasWindows => Model.Windows is not null;

    /// <summary>Name, unit and scale of each output.</summary>
    public ModelOutput[] Outputs => Signature.Outputs;

    /// <summary>What the outputs mean.</summary>
    public ModelTask Task => Signature.Task;

    /// <summary>The layers in order.</summary>
    public IEnumerable<DenseLayer> Layers => Enumerable.Range(0, Model.Network.LayerCount).Select(Model.Network.GetLayer);

    /// <summary>What is answered at once: "window", or "row" where rows are samples.</summary>
    public string Noun => HasWindows ? "window" : "row";

    /// <summary>Multiply-accumulate operations of one inference.</summary>
    public int Macs => Layers.Sum(layer => layer.InputCount * layer.NeuronCount);

    /// <summary>Payload of every section by its id.</summary>
    public IReadOnlyDictionary<int, byte[]> Sections { get; }

    /// <summary>Free text about the model, empty when there is none.</summary>
    public string About => Sections.TryGetValue(ModelFormat.AboutSection, out byte[]? text) ? Harmless.Lines(Encoding.UTF8.GetString(text)) : "";

    /// <summary>What its maker calls it, null when the file does not say.</summary>
    public string? Name => LineOf(NameKey);

    /// <summary>Which version of it this is, null when the file does not say.</summary>
    public string? Version => LineOf(VersionKey);

    /// <summary>Name and version in one, "soil, version 3"; null when the file has no name.</summary>
    public string? Called => Name is null ? null : Version is null ? Name : $"{Name}, version {Version}";

    /// <summary>What its maker measured and accepted although it is more than a good file has; null for a good file.</summary>
    public string? AcceptedError => LineOf(AcceptedKey);

    /// <summary>The chip whose channels and pins it is wired to, the classic ESP32 when it does not say; null for a model that is wired to nothing.</summary>
    public Chip? Chip => IsWired ? ChipTable.Find(LineOf(ChipKey) ?? ChipTable.Classic) : null;

    /// <summary>True when an input has a channel or an output a pin.</summary>
    public bool IsWired => Array.Exists(Model.Bindings.Inputs, input => input.Source == InputBinding.SourceAdc)
        || Array.Exists(Model.Bindings.Outputs, output => output.Rule != OutputBinding.RuleNone);

    /// <summary>The picture of the inputs it was trained on; null when there is none.</summary>
    public FamiliarInputs? Familiar => Sections.TryGetValue(ModelFormat.FamiliaritySection, out byte[]? section) ? FamiliarInputs.Read(section, Inputs.Length) : null;

    /// <summary>True when the outputs stand for classes.</summary>
    public bool IsClassifier => Task == ModelTask.Classification;

    /// <summary>Reads a model file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="InputRefusedException">There is no such file, or it is no acceptable model.</exception>
    public static ModelFile Load(string path)
    {
        byte[] bytes;
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MaxBytes)
            {
                throw new InputRefusedException($"{path}: {ModelErrorText.Describe(ModelError.TooLarge, MaxBytes)}.");
            }

            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputRefusedException($"cannot read {path}: {Reason(e)}; give the path of a .nedge file.", e);
        }

        return Parse(bytes, path);
    }

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">What to call it when it is refused.</param>
    /// <exception cref="InputRefusedException">It is no acceptable model.</exception>
    public static ModelFile Parse(byte[] bytes, string name)
    {
        Model? model = ModelReader.Read(bytes, bytes.Length, DesktopLimits, out ModelError error, out int where);
        if (model is null)
        {
            throw new InputRefusedException($"{name}: {ModelErrorText.Describe(error, where)}.");
        }

        Dictionary<int, byte[]> sections = SplitSections(bytes);
        ModelSignature? signature = sections.TryGetValue(ModelFormat.LabelsSection, out byte[]? section)
            ? SignatureSection.Read(section, model.Network.InputCount, model.Network.OutputCount)
            : Unnamed(model);
        if (signature is null)
        {
            throw new InputRefusedException($"{name}: {ModelErrorText.Describe(ModelError.Section, ModelFormat.LabelsSection)}.");
        }

        ModelInput[]? channels = model.Windows is null ? signature.Inputs
            : sections.TryGetValue(ModelFormat.ChannelsSection, out byte[]? named) ? SignatureSection.ReadChannels(named, model.SampledCount)
            : UnnamedChannels(model.Windows.Shape);
        if (channels is null)
        {
            throw new InputRefusedException($"{name}: {ModelErrorText.Describe(ModelError.Section, ModelFormat.ChannelsSection)}.");
        }

        OutputScales.Require(model.Bindings, signature.Outputs, name);
        return new ModelFile(bytes, model, signature, channels, sections);
    }

    /// <summary>Raw inputs of one row of values, each limited to its range as the board does.</summary>
    /// <param name="values">One finite value for each input.</param>
    public int[] ToRaw(IReadOnlyList<double> values)
    {
        int[] raw = new int[Inputs.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            double exact = Inputs[i].ToRaw(values[i]);
            raw[i] = (int)Math.Clamp(exact, Model.Network.GetInputMinimum(i), Model.Network.GetInputMaximum(i));
        }

        return raw;
    }

    /// <summary>
    /// The smallest value that an input can really have: its range may begin below zero and its steps may lie beside it, and yet no deviation,
    /// range or energy is ever negative.
    /// </summary>
    /// <param name="input">Which input.</param>
    public double LeastOf(int input) => IsNeverNegative(input) ? Math.Max(0, Inputs[input].Minimum) : Inputs[input].Minimum;

    /// <summary>Whether an input can have a value below its smallest raw one: a range or a count of crossings that is 0 cannot.</summary>
    /// <param name="input">Which input.</param>
    public bool CanBeBelow(int input) => !IsNeverNegative(input) || Inputs[input].ToValue(Model.Network.GetInputMinimum(input)) > Math.Abs(Inputs[input].Scale) / 2;

    /// <summary>Values of one row of raw inputs, for people: a feature that cannot be negative is not, although the middle of its step is.</summary>
    /// <param name="raw">Raw inputs of the network.</param>
    public double[] ToInputs(IReadOnlyList<int> raw) => [.. Inputs.Select((input, i) => LeastOf(i) >= 0 ? Math.Max(0, input.ToValue(raw[i])) : input.ToValue(raw[i]))];

    /// <summary>One row of values as the network takes them: each limited to its range, as the board does.</summary>
    /// <param name="values">One finite value for each input.</param>
    public double[] Limit(IReadOnlyList<double> values) => [.. Inputs.Select((input, i) => Math.Max(input.Minimum, Math.Min(input.Maximum, values[i])))];

    /// <summary>Whether a row is like those the model was trained on, as a board finds that samples it.</summary>
    /// <param name="values">One finite value for each input.</param>
    /// <returns>True also for a model without a picture of these rows.</returns>
    public bool IsFamiliar(IReadOnlyList<double> values) => Model.Familiarity?.IsFamiliar(
        [.. Inputs.Select((input, i) => (int)Math.Clamp(input.ToRaw(values[i]), int.MinValue, int.MaxValue))]) ?? true;

    /// <summary>
    /// Values of one row of raw outputs: probabilities when the last layer is softmax, computed by the board's own
    /// integer softmax.
    /// </summary>
    /// <param name="raw">Raw outputs of the network (logits when the last layer is softmax).</param>
    public double[] ToValues(int[] raw)
    {
        if (!Model.Network.HasProbabilities)
        {
            return ToScores(raw);
        }

        int[] probabilities = new int[raw.Length];
        int fractionBits = Model.Network.GetLayer(Model.Network.LayerCount - 1).LogitFractionBits;
        Numerics.Softmax.Evaluate(raw, raw.Length, fractionBits, probabilities);
        return Array.ConvertAll(probabilities, p => p / 32768.0);
    }

    /// <summary>Values of one row of raw outputs; logits when the last layer is softmax.</summary>
    /// <param name="raw">Raw outputs of the network.</param>
    public double[] ToScores(int[] raw)
    {
        double[] values = new double[raw.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            values[i] = Outputs[i].ToValue(raw[i]);
        }

        return values;
    }

    /// <summary>Runs the board's arithmetic on values.</summary>
    /// <param name="values">One finite value for each input, in its unit; limited to its range as the board does.</param>
    /// <returns>One value for each output; probabilities when the last layer is softmax.</returns>
    public double[] Evaluate(params IReadOnlyList<double> values) => ToValues(Run(ToRaw(values)));

    /// <summary>Runs the board's arithmetic on raw inputs.</summary>
    /// <param name="raw">Raw inputs inside their ranges.</param>
    /// <returns>Raw outputs.</returns>
    public int[] Run(int[] raw)
    {
        Model.Network.SetInputs(raw, 0);
        Model.Network.Forward();
        return (int[])Model.Network.Outputs.Clone();
    }

    /// <summary>
    /// The class of raw outputs: the first whose value is the largest. Integers are compared only where they have one scale, as
    /// the logits of softmax always do.
    /// </summary>
    /// <param name="raw">Raw outputs of the network.</param>
    /// <returns>Index of an output. Where pins follow the largest output, the one that the board finds.</returns>
    public int ClassOf(int[] raw)
    {
        if (Model.Network.HasProbabilities)
        {
            return Array.IndexOf(raw, raw.Max());
        }

        double[] values = ToScores(raw);
        return Array.IndexOf(values, values.Max());
    }

    private bool IsNeverNegative(int input) => Model.Windows?.Shape.Features[input].Kind is FeatureKind.Deviation or FeatureKind.Range or FeatureKind.RootMeanSquare
        or FeatureKind.MeanStep or FeatureKind.LargestStep or FeatureKind.Crossings or FeatureKind.Octave or FeatureKind.Band;

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "access is denied, or it is a folder",
        _ => "the system reports: " + e.Message.TrimEnd('.'),
    };

    // The container is known to be sound here: the core's reader has checked every length.
    private static Dictionary<int, byte[]> SplitSections(byte[] bytes)
    {
        Dictionary<int, byte[]> sections = [];
        int at = ModelFormat.HeaderLength;
        for (int s = LittleEndian.ReadUInt16(bytes, 6); s > 0; s--)
        {
            int length = LittleEndian.ReadInt32(bytes, at + 4);
            int payload = at + ModelFormat.SectionHeaderLength;
            sections.Add(LittleEndian.ReadUInt16(bytes, at), bytes[payload..(payload + length)]);
            at = (payload + length + 3) & ~3;
        }

        return sections;
    }

    private static ModelInput[] UnnamedChannels(WindowShape shape) =>
        [.. shape.Channels.Select((channel, c) => new ModelInput($"c{c}", "", 1, 0, channel.Lowest, channel.Highest))];

    private static ModelSignature Unnamed(Model model)
    {
        ModelInput[] inputs = new ModelInput[model.Network.InputCount];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = new ModelInput($"x{i}", "", 1, 0, model.Network.GetInputMinimum(i), model.Network.GetInputMaximum(i));
        }

        ModelOutput[] outputs = new ModelOutput[model.Network.OutputCount];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = new ModelOutput($"y{i}", "", 1, 0);
        }

        return new ModelSignature(ModelTask.Regression, inputs, outputs);
    }

    private string? LineOf(string key) => About.Split('\n')
        .Where(line => line.StartsWith(key + ": ", StringComparison.Ordinal))
        .Select(line => line[(key.Length + 2)..])
        .FirstOrDefault();
}
