using NeuralEdge.Conversion.Binding;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Familiar;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Golden;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Workflow;

/// <summary>Turns a model in real numbers and a wiring into a model file that a board accepts.</summary>
public static class Converter
{
    private const int SpreadRows = 300;
    private const int MostSeen = 1000;
    private const int MostJudged = 2000;
    private const int FewestJudged = 100;

    /// <summary>Multiplications that judging one attempt may take, about.</summary>
    private const double JudgingWork = 2e7;

    /// <summary>Converts a model.</summary>
    /// <param name="request">The model and what is known about its use.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Looked at every few milliseconds.</param>
    /// <exception cref="InputRefusedException">
    /// A range is missing, a weight is not finite, or the board names what the model does not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ConvertedModel Convert(
        ConversionRequest request, IProgress<ConversionProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Convert(request, certify: true, progress, cancellation);
    }

    /// <summary>As the public one; without a proof the file is as long, and its certificate holds nothing.</summary>
    internal static ConvertedModel Convert(
        ConversionRequest request, bool certify, IProgress<ConversionProgress>? progress, CancellationToken cancellation)
    {
        (FloatModel model, ModelTask task, BoardSpec board, Profile profile, string about, IReadOnlyList<double[]>? samples, double? acceptError, double work) = request;
        WindowPlan? windows = request.Windows;
        string[] sampled = windows is null ? Array.ConvertAll(model.Inputs, input => input.Name) : [.. windows.Channels.Select(channel => channel.Name)];
        RefuseUnknownNames(sampled, model, board);
        RefuseUnkeptDoubt(model, board, samples?.Count ?? 0, sampled.Length);
        int inputs = model.Inputs.Length;
        bool fast = Quantiser.MakesFast(model.Network, profile);
        RawInput[] rawInputs = new RawInput[inputs];
        InputBinding[] inputBindings = windows is null ? new InputBinding[inputs] : [.. windows.Channels.Select(channel => channel.Binding)];
        for (int i = 0; i < inputs; i++)
        {
            if (windows is not null)
            {
                rawInputs[i] = windows.RawOf(i, model.Inputs[i].Minimum!.Value, model.Inputs[i].Maximum!.Value, fast);
                continue;
            }

            BoardInput? sensor = board.Inputs.FirstOrDefault(s => s.Name == model.Inputs[i].Name);
            (rawInputs[i], inputBindings[i]) = RawInputs.Choose(model.Inputs[i], sensor, fast);
        }

        bool comparable = task == ModelTask.Classification || board.Outputs.Any(output => output.ArgMax);
        List<double[]> spread = BoxSamples.Choose(model.Inputs, SpreadRows);
        // Rows of data say what sensors give; few of them do not say enough.
        SeenValues seen = SeenValues.At(
            model.Network, samples is { Count: >= SpreadRows } ? samples : [.. BoxSamples.Choose(model.Inputs, SeenRows(model.Network)), .. samples ?? []]);
        QuantisationSearch search = new(
            model, rawInputs, profile, comparable, seen, [.. spread, .. Thinned(samples)], windows is null ? AtSteps(rawInputs, inputBindings, Judging(model, samples)) : Judging(model, samples), request.RoundingWork);
        QuantisedNetwork network = search.Find(acceptError, progress, cancellation);
        about = WithAccepted(WithChip(about, board), search.Measured);
        cancellation.ThrowIfCancellationRequested();
        (WindowShape Shape, ModelInput[] Channels)? windowed = SectionsOf(windows, rawInputs);
        Certificate certificate = certify
            ? Certificate.Compute(model.Network, network, samples ?? spread, work, RulesOf(model, board, comparable), windowed?.Shape, progress, cancellation)
            : Certificate.Blank(network);
        cancellation.ThrowIfCancellationRequested();
        ModelSignature signature = SignatureOf(model, task, network);
        OutputBinding[] outputBindings = BindOutputs(model, board, signature);
        Bindings bindings = new(
            windows?.PeriodMs ?? board.PeriodMs, inputBindings, outputBindings, board.SaturationIsFault && network.Saturates, LoadProtection.Of(sampled, model, board, outputBindings), board.Decisions);
        FamiliarInputs? familiar = samples is null ? null : FamiliarLearner.Learn(rawInputs, samples, cancellation);
        byte[] bytes = Build(network, bindings, signature, certificate.Write(), about, (familiar, board.UnfamiliarIsFault), windowed, work, cancellation);
        return new ConvertedModel(ModelFile.Parse(bytes, "the converted model"), network, request);
    }

    // At rows that no scale was chosen by, where there is no data; a few rows of data do not tell what range an output has.
    private static IReadOnlyList<double[]> Judging(FloatModel model, IReadOnlyList<double[]>? samples)
    {
        List<double[]>? inside = samples?.Where(row => IsInside(model, row)).ToList();
        if (inside is not { Count: >= FewestJudged })
        {
            inside = [.. inside ?? [], .. BoxSamples.Choose(model.Inputs, MostJudged)];
        }

        int most = (int)Math.Clamp(JudgingWork / MacsOf(model.Network), FewestJudged, MostJudged);
        int step = (inside.Count + most - 1) / most;
        return [.. inside.Where((_, row) => row % step == 0)];
    }

    // Between two steps of an ADC or of its own a sensor has no values, so that rounding to them is no error of the integers.
    private static List<double[]> AtSteps(RawInput[] inputs, InputBinding[] bindings, IReadOnlyList<double[]> rows) => [.. rows.Select(row =>
        row.Select((value, i) => bindings[i].Source != InputBinding.SourceNone ? inputs[i].Nearest(value) : value).ToArray())];

    private static bool IsInside(FloatModel model, double[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (!(row[i] >= model.Inputs[i].Minimum!.Value && row[i] <= model.Inputs[i].Maximum!.Value))
            {
                return false;
            }
        }

        return true;
    }

    // The same numbers are other pins on another chip. A file that is silent is for the classic one, as a board file is.
    private static string WithChip(string about, BoardSpec board) =>
        board.Chip is null || ChipTable.Find(board.Chip) is not { } chip || BoardPins.AreAlike(chip, BoardPins.Classic) || board.Inputs.Count + board.Outputs.Count == 0
            ? about
            : $"{about}{(about.Length > 0 ? "\n" : "")}{ModelFile.ChipKey}: {chip.Name}";

    // What somebody had to accept stays with the file.
    private static string WithAccepted(string about, MeasuredError measured) => measured.IsGood ? about
        : $"{about}{(about.Length > 0 ? "\n" : "")}{ModelFile.AcceptedKey}: {measured.Describe()}";

    private static DecisionRules RulesOf(FloatModel model, BoardSpec board, bool comparable)
    {
        List<(int, double)> thresholds = [];
        foreach (BoardOutput output in board.Outputs.Where(output => !output.ArgMax))
        {
            int index = Array.FindIndex(model.Outputs, o => o.Name == output.Name);
            thresholds.AddRange(output.On == output.Off ? [(index, output.On)] : [(index, output.On), (index, output.Off)]);
        }

        return new DecisionRules(comparable, [.. thresholds], model.Network.HasProbabilities);
    }

    // Of 100,000 rows that are alike, 1,000 leave none that passes twice what they show.
    private static int SeenRows(FloatNetwork network) => (int)Math.Clamp(JudgingWork / MacsOf(network), SpreadRows, MostSeen);

    private static int MacsOf(FloatNetwork network) => network.Layers.Sum(layer => layer.InputCount * layer.OutputCount);

    // Enough of the data to see where it is, and not so much that conversion takes long.
    private static IEnumerable<double[]> Thinned(IReadOnlyList<double[]>? samples)
    {
        int step = samples is null ? 1 : 1 + (samples.Count / SpreadRows);
        return samples is null ? [] : samples.Where((_, row) => row % step == 0);
    }

    private static ModelSignature SignatureOf(FloatModel model, ModelTask task, QuantisedNetwork network)
    {
        ModelInput[] inputs = new ModelInput[model.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            InputSpec input = model.Inputs[i];
            RawInput raw = network.Inputs[i];
            inputs[i] = new ModelInput(input.Name, input.Unit, raw.Scale, raw.Offset, input.Minimum!.Value, input.Maximum!.Value);
        }

        ModelOutput[] outputs = new ModelOutput[model.Outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = new ModelOutput(model.Outputs[i].Name, model.Outputs[i].Unit, network.Layers[^1].Neurons[i].OutputScale, 0);
        }

        return new ModelSignature(task, inputs, outputs);
    }

    private static OutputBinding[] BindOutputs(FloatModel model, BoardSpec board, ModelSignature signature)
    {
        bool probabilities = model.Network.HasProbabilities;
        return Array.ConvertAll(signature.Outputs, output =>
        {
            BoardOutput? load = board.Outputs.FirstOrDefault(o => o.Name == output.Name);
            return load is null ? OutputRules.None : OutputRules.Bind(load, probabilities ? 1.0 / 32768 : output.Scale);
        });
    }

    // The golden outputs are what the core computes: the file is written once without them being known, read by the
    // board's own reader, run, and written again.
    private static byte[] Build(QuantisedNetwork network, Bindings bindings, ModelSignature signature, byte[] certificate, string about, (FamiliarInputs? Inputs, bool AreNeeded) familiar, (WindowShape Shape, ModelInput[] Channels)? windows, double work, CancellationToken cancellation)
    {
        List<int[]> goldenInputs = GoldenInputs.Choose(network, work, cancellation);
        int outputs = signature.Outputs.Length;
        byte[] draft = ModelWriter.Write(network, bindings, goldenInputs.ConvertAll(g => (g, new int[outputs])), signature, windows: windows);
        ModelFile core = ModelFile.Parse(draft, "the converted model");
        return ModelWriter.Write(network, bindings, goldenInputs.ConvertAll(g => (g, core.Run(g))), signature, certificate, about, familiar.Inputs, familiar.AreNeeded, windows);
    }

    private static (WindowShape Shape, ModelInput[] Channels)? SectionsOf(WindowPlan? windows, RawInput[] inputs) => windows is null ? null
        : (windows.ShapeFor(inputs), [.. windows.Channels.Select(c => new ModelInput(c.Name, c.Unit, c.Raw.Scale, c.Raw.Offset, Math.Min(c.Raw.Nearest(double.MinValue), c.Raw.Nearest(double.MaxValue)), Math.Max(c.Raw.Nearest(double.MinValue), c.Raw.Nearest(double.MaxValue))))]);

    // A board that looks at nothing would never make the outputs safe.
    private static void RefuseUnkeptDoubt(FloatModel model, BoardSpec board, int rows, int sampled)
    {
        FamiliarLearner.Require(board.UnfamiliarIsFault, model.Inputs.Length, rows);
        if (board.UnfamiliarIsFault && board.Inputs.Count < sampled)
        {
            throw FamiliarLearner.Refuse("a board knows what all inputs are together only if each has a sensor");
        }
    }

    private static void RefuseUnknownNames(string[] sampled, FloatModel model, BoardSpec board)
    {
        foreach (BoardInput input in board.Inputs)
        {
            if (!sampled.Contains(input.Name))
            {
                throw new InputRefusedException(
                    $"the board file wires the input {input.Name}, but the model's inputs are {string.Join(", ", sampled)}; make the names equal.");
            }
        }

        foreach (BoardOutput output in board.Outputs)
        {
            if (!model.Outputs.Any(o => o.Name == output.Name))
            {
                throw new InputRefusedException(
                    $"the board file wires the output {output.Name}, but the model's outputs are {string.Join(", ", model.Outputs.Select(o => o.Name))}; make the names equal.");
            }
        }
    }
}
