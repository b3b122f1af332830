using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Familiar;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Import;
using NeuralEdge.Learning.Import.Results;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Learning;

/// <summary>
/// The whole way to a model file, from a table of samples or from a network of another program: what the verbs train and import
/// of the command line do, for programs. Nothing is written; the file's bytes are in the result.
/// </summary>
public static class Pipeline
{
    private const int RowsForEnds = 2000;

    /// <summary>Trains a network on a table and converts it.</summary>
    /// <param name="options">What to learn, and what to make of it.</param>
    /// <param name="progress">Told once per training that is judged, then once per epoch; may be null.</param>
    /// <param name="cancellation">Looked at once per epoch, and between the steps of the conversion.</param>
    /// <exception cref="InputRefusedException">The table, an option or the board does not fit; the sentence says what to do.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainResult Train(TrainOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Wiring is BoardWiring wiring)
        {
            // Nobody should wait for a training to learn this.
            options.Board?.RequireAllowed(wiring);
        }

        options = TrainingWindows.WithoutTimes(TrainingWindows.Unfolded(options));
        LongTask looking = new("looking through the table", options.Progress, cancellation);
        DataSet rows = options.Windows is not null ? TrainingWindows.Samples(options, options.Task, looking)
            : DataSet.From(options.Data, options.Targets, options.Task, options.Inputs, options.Ignore, options.Missing, options.Trust, options.Board?.Inputs?.Select(input => input.Name).ToArray(), options.KeepRepeats, looking);
        WindowedData? windowed = options.Windows is null ? null : TrainingWindows.Of(rows, options, new LongTask("cutting windows", options.Progress, cancellation), cancellation);
        DataSet all = windowed?.Data ?? rows;
        FamiliarLearner.Require(options.Board?.UnfamiliarIsFault == true, all.InputNames.Length, all.Count);
        DataSet? judges = options.Test is Table test ? Copies.WithoutLearned(all, windowed is null ? DataSet.Like(all, test) : windowed.Like(test, cancellation) ?? throw Copies.AllLearned(test.Name, "window"), test.Name) : null;
        DataFinding? scattered = options.Test is null && windowed is null && all.Count >= Partition.FewestRows ? Copies.Scattered(all) : null;
        bool areHeldTogether = scattered is not null && !RowOrder.IsLog(RowOrder.Roughness(all), all.Count);
        DataFinding[] findings = [.. all.Findings, .. areHeldTogether ? [scattered!] : (DataFinding[])[], .. judges?.Findings ?? []];
        foreach (DataFinding finding in findings)
        {
            options.Found?.Report(finding);
        }

        TellTooLarge(all, options);
        TrainingCourse course = new(all, judges?.Measured(), options, windowed, progress, cancellation);
        FloatModel model = course.Run();
        Verdict verdict = course.Verdict!;
        string name = options.Name ?? string.Join(", ", options.Targets);
        BoardSpec wired = course.Wiring with { Outputs = [.. course.Wiring.Outputs.Where(load => !verdict.Unwired.Contains(load.Name))] };
        ConvertedModel converted = Converter.Convert(
            new ConversionRequest(model, TaskOf(all.Task == TaskKind.Classify), wired, options.Profile, About(name, options.Version), all.Inputs, options.AcceptError, options.Work) { Windows = windowed?.Plan },
            options.Progress,
            cancellation);
        return new TrainResult(converted, all, course.Judged, verdict, course.RealScores, course.IntegerScores, course.Notes, findings)
        {
            Samples = windowed is null ? null : rows,
            Windowed = windowed,
            Answers = course.Answers,
            Losses = course.Losses,
            Holdout = course.Holdout,
        };
    }

    /// <summary>Reads a network of another program and converts it.</summary>
    /// <param name="options">Which network, and what to make of it.</param>
    /// <param name="cancellation">Looked at between the steps of the conversion.</param>
    /// <exception cref="InputRefusedException">The file, the table or the board does not fit; the sentence says what to do.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImportResult Import(ImportOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ImportedModel imported = ModelImport.Read(options.Path, options.Output);
        List<string> notes = [];
        FloatModel model = ImportedNames.Apply(imported, options.InputNames, options.OutputNames, options.Calibration, notes);
        notes.AddRange(imported.Notes);
        EvaluationSet? calibration = null;
        if (options.Calibration is Table table)
        {
            double[][] rows = table.Matrix(Array.ConvertAll(model.Inputs, i => i.Name));
            calibration = new EvaluationSet(rows, [.. Enumerable.Range(0, rows.Length).Select(table.LineOf)]);
        }

        model = ImportedRanges.Resolve(imported, model, options, calibration?.Inputs, notes);
        model = WithoutUnmetEnds(model, imported, calibration?.Inputs, notes);
        string name = options.Name ?? Path.GetFileNameWithoutExtension(options.Path);
        ModelTask task = TaskOf(options.Classifies ?? OutputMeaning.Classifies(imported, model, options.Board, notes));
        return new ImportResult(Convert(model, options, task, name, calibration?.Inputs, cancellation), calibration, notes);
    }

    /// <summary>Converts a network that is there in real numbers.</summary>
    /// <param name="model">Network, names, units; every input needs a range.</param>
    /// <param name="options">What to make of it.</param>
    /// <param name="cancellation">Looked at between the steps.</param>
    /// <exception cref="InputRefusedException">A range is missing, a weight is not finite, or the board does not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ConvertedModel Convert(FloatModel model, ConvertOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        return Convert(model, options, options.Task, options.Name, options.Samples, cancellation);
    }

    /// <summary>Converts what was learned once more, for a board that is wired otherwise or in another profile.</summary>
    /// <param name="result">What was learned.</param>
    /// <param name="options">What to make of it.</param>
    /// <param name="cancellation">Looked at between the steps.</param>
    /// <exception cref="InputRefusedException">The board does not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ConvertedModel Rewire(TrainResult result, ConvertOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        bool classifies = result.Training.Task == TaskKind.Classify;
        if (result is not { Windowed: WindowedData windowed, Samples: DataSet samples })
        {
            return Convert(result.Model.Model, options with { Task = TaskOf(classifies), Samples = result.Training.Inputs }, cancellation);
        }

        windowed = windowed.WiredAs(WiringOf(Trainer.Untrained(samples), options, classifies), cancellation);
        return Converter.Convert(
            new ConversionRequest(result.Model.Model, TaskOf(classifies), windowed.Wiring, options.Profile, About(options.Name, options.Version), windowed.Data.Inputs, options.AcceptError, options.Work) { Windows = windowed.Plan },
            options.Progress,
            cancellation);
    }

    // The file is judged when it is there; what cannot be anything else is said before anybody waits for it.
    private static void TellTooLarge(DataSet all, TrainOptions options)
    {
        if (options.Hyperparameters.Hidden is not IReadOnlyList<int> hidden)
        {
            return;
        }

        double bytes = Oversize.WeightBytes(all.InputNames.Length, hidden, all.OutputNames.Length, options.Profile);
        if (bytes > BoardLimits.LongestModel)
        {
            options.Found?.Report(new DataFinding(
                DataFindingKind.TooLarge,
                $"The weights of {new Way("--hidden", "the hidden layers")} {Shapes.Name(hidden)} alone take {bytes:F0} bytes, and a board takes {BoardLimits.LongestModel} as its firmware comes: the file will not fit it."));
        }
    }

    private static ConvertedModel Convert(
        FloatModel model, ModelOptions options, ModelTask task, string? name, IReadOnlyList<double[]>? samples, CancellationToken cancellation)
    {
        bool classifies = task == ModelTask.Classification;
        BoardSpec wiring = WiringOf(model, options, classifies);
        return Converter.Convert(new ConversionRequest(model, task, wiring, options.Profile, About(name, options.Version), samples, options.AcceptError, options.Work), options.Progress, cancellation);
    }

    /// <summary>How a model is wired, by the board file or without one.</summary>
    internal static BoardSpec WiringOf(FloatModel model, ModelOptions options, bool classifies) => options.Board is BoardFile board
        ? board.For(model, classifies, options.Wiring)
        : DefaultWiring.For(model, classifies, options.Wiring);

    // One line each, whatever a column is called.
    internal static string About(string? name, string? version) =>
        string.Join('\n', new[] { name is null ? null : "name: " + Harmless.Line(name), version is null ? null : "version: " + Harmless.Line(version) }.Where(line => line is not null));

    // The ends of a quantised file's integers cost neurons; where no row meets one, the network without them is the same.
    private static FloatModel WithoutUnmetEnds(FloatModel model, ImportedModel imported, double[][]? rows, List<string> notes)
    {
        if (imported.WithoutEnds is not FloatNetwork open || !model.HasRanges)
        {
            return model;
        }

        double[][] samples = [.. rows ?? [], .. BoxSamples.Choose(model.Inputs, RowsForEnds)];
        int met = samples.Count(row => model.Network.Scores(row).Zip(open.Scores(row)).Any(y => Math.Abs(y.First - y.Second) > 1e-9 * Math.Max(1, Math.Abs(y.First))));
        notes.Add(met == 0
            ? $"None of {samples.Length} rows meets an end of the file's integers between its layers, so that these ends are left out."
            : $"{met} of {samples.Length} rows meet an end of the file's integers between its layers; the ends are kept, as ReLUs.");
        return met == 0 ? new FloatModel(open, model.Inputs, model.Outputs) : model;
    }

    private static ModelTask TaskOf(bool classifies) => classifies ? ModelTask.Classification : ModelTask.Regression;
}
