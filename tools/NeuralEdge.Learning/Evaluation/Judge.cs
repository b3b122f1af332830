using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Models;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>
/// Trains networks on parts of a table and has them answer the rest: in real numbers to choose a shape by, and in the board's
/// integers to say how good the chosen one is.
/// </summary>
internal sealed class Judge
{
    // Enough to see which shape is better; the network that is kept has the whole.
    private const double WorkOfTrial = 150;
    private const double DraftWork = 1e4;
    private const double DraftRounding = 2e7;

    private readonly DataSet _all;
    private readonly DataSet _judged;
    private readonly Partition _partition;
    private readonly Hyperparameters _options;
    private readonly BoardSpec _wiring;
    private readonly WindowPlan? _windows;
    private readonly NestedInputs? _nested;
    private readonly Profile _profile;
    private readonly CancellationToken _cancellation;
    private readonly double[] _constant;

    /// <summary>A judge.</summary>
    /// <param name="all">The rows to learn from, or to learn from and judge by.</param>
    /// <param name="judged">The rows held out, in the order of <see cref="Partition.Rows"/>.</param>
    /// <param name="partition">How they are held out.</param>
    /// <param name="options">How to train.</param>
    /// <param name="profile">What the integers aim at.</param>
    /// <param name="wiring">How a model is wired to a board.</param>
    /// <param name="windows">What the rows were computed of; null when they are samples.</param>
    /// <param name="nested">Features that each training chooses; null where all have the inputs of <paramref name="all"/>.</param>
    /// <param name="cancellation">Looked at once per epoch.</param>
    internal Judge(
        DataSet all, DataSet judged, Partition partition, Hyperparameters options, Profile profile, BoardSpec wiring, WindowPlan? windows, NestedInputs? nested, CancellationToken cancellation)
    {
        _all = all;
        _judged = judged;
        _partition = partition;
        _options = options;
        _wiring = wiring;
        _windows = windows;
        _nested = nested;
        _profile = profile;
        _cancellation = cancellation;
        _constant = [.. Enumerable.Range(0, all.OutputNames.Length).Select(j => all.Targets.Average(row => row[j]))];
        double[] variance = all.Task == TaskKind.Classify ? [] : [.. _constant.Select((mean, j) => all.Targets.Average(row => (row[j] - mean) * (row[j] - mean)))];
        Inputs = nested is null ? judged.Inputs : [.. partition.Rows.Select(nested.Candidates)];
        Measure = new Measure(judged, partition.PartOf, options.ClassWeights, variance);
    }

    /// <summary>The rows held out.</summary>
    internal DataSet Judged => _judged;

    /// <summary>How answers are compared.</summary>
    internal Measure Measure { get; }

    /// <summary>What somebody answers who looks at no input: the commonest class, or the mean.</summary>
    internal double[][] Constant() => [.. _judged.Inputs.Select(_ => _constant)];

    /// <summary>What one threshold answers, learned for each set of rows held out; null where there are not two classes.</summary>
    internal double[][]? Threshold()
    {
        OneThreshold?[] thresholds = [.. Enumerable.Range(0, _partition.HeldOut.Count).Select(k => OneThreshold.Of(TrainingRows(k)))];
        int[] trainings = Trainings();
        return OneThreshold.Of(_all) is null ? null : [.. Inputs.Select((row, r) => thresholds[trainings[r]]?.Answer(Seen(row, trainings[r])) ?? _constant)];
    }

    /// <summary>Trains one shape for each set of rows held out.</summary>
    /// <param name="hidden">Neurons of the hidden layers.</param>
    /// <param name="told">Told once per epoch how many trainings are done, of how many, and how much of all, 0 to 1; may be null.</param>
    /// <param name="share">The share of the rows to learn from, 0 to 1, as <see cref="FewerRows"/> takes them.</param>
    internal Trial Try(IReadOnlyList<int> hidden, Action<int, int, double>? told, double share = 1)
    {
        Hyperparameters options = _options with { Hidden = hidden, Starts = 1, WorkLimit = Math.Min(_options.WorkLimit, WorkOfTrial) };
        FloatModel?[] models = new FloatModel?[_partition.HeldOut.Count];
        int done = 0;
        double[] shares = new double[models.Length];
        object gate = new();
        void Tell(int training, double share)
        {
            lock (gate)
            {
                shares[training] = share;
                done += share == 1 ? 1 : 0;
                told?.Invoke(done, models.Length, shares.Average());
            }
        }

        Parallel.For(0, models.Length, new ParallelOptions { CancellationToken = _cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, k =>
        {
            DataSet training = FewerRows.Of(TrainingRows(k), share);
            try
            {
                models[k] = new Trainer(options).Train(training, new EpochCounter(ran => Tell(k, ran)), _cancellation).ToFloatModel().WithRanges(TrainedRanges.Widen(training), replace: true);
            }
            catch (InputRefusedException)
            {
                // What is left holds nothing to learn from, such as one class only; then the commonest answer is all there is.
            }

            Tell(k, 1);
        });
        return Of(models, hidden);
    }

    /// <summary>A trial in which each part is answered by the shape that was chosen without it.</summary>
    /// <param name="kept">The trial of the shape that is kept.</param>
    /// <param name="byPart">Trials of this judge, by part.</param>
    internal Trial Mixed(Trial kept, IReadOnlyList<Trial> byPart)
    {
        double[][] outputs = [.. Everything.Select(r => byPart[_partition.PartOf[r]].Outputs[r])];
        return kept with { Kept = kept, ByPart = byPart, Outputs = outputs, Score = Measure.Score(outputs), StandardError = Measure.StandardError(outputs, _partition.Kind) };
    }

    /// <summary>Trains the shapes of another judge's trial, so that each part is answered by the same one.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="told">Has what <see cref="Try"/> tells for a shape.</param>
    internal Trial Again(Trial trial, Func<IReadOnlyList<int>, Action<int, int, double>> told)
    {
        Dictionary<Trial, Trial> tried = new(ReferenceEqualityComparer.Instance);
        Trial OfShape(Trial other) => tried.TryGetValue(other, out Trial? known) ? known : tried[other] = Try(other.Hidden, told(other.Hidden));
        Trial kept = OfShape(trial.Kept);
        return trial.ByPart is null ? kept : Mixed(kept, [.. trial.ByPart.Select(OfShape)]);
    }

    /// <summary>A trial of one network that has not seen any of the rows, as with a table of its own to judge by.</summary>
    internal Trial Of(FloatModel model, IReadOnlyList<int> hidden) => Of([model], hidden);

    private Trial Of(FloatModel?[] models, IReadOnlyList<int> hidden)
    {
        int[] trainings = Trainings();
        double[][] outputs = Answer(r => models[trainings[r]], Everything, Inputs);
        return new Trial(hidden, models, outputs, Measure.Score(outputs), Measure.StandardError(outputs, _partition.Kind));
    }

    /// <summary>What the integers answer: outputs as the board compares them, and as values (probabilities of classes).</summary>
    /// <param name="trial">Networks in real numbers.</param>
    /// <param name="goal">What a class's score is shifted for, chosen at rows of the other parts; null for no shift.</param>
    /// <param name="told">Told how much is done, 0 to 1; may be null.</param>
    internal IntegerAnswers Convert(Trial trial, DecisionGoal? goal, Action<double>? told = null)
    {
        double[][] scores = new double[_judged.Count][];
        double[][] values = new double[_judged.Count][];
        bool[][] pins = [.. _judged.Inputs.Select(_ => new bool[_all.OutputNames.Length])];
        bool[] begins = new bool[_judged.Count];
        int longest = 0;
        int[] trainings = Trainings();
        var jobs = Enumerable.Range(0, _judged.Count).GroupBy(r => (Training: trainings[r], Part: goal is null ? FirstLike(trial, _partition.PartOf[r]) : _partition.PartOf[r])).ToArray();
        foreach (var job in jobs)
        {
            int before = -1;
            foreach (int r in job)
            {
                begins[r] = before < 0 || Begins(r, before);
                before = r;
            }
        }

        int done = 0;
        object gate = new();
        try
        {
            Parallel.ForEach(jobs, new ParallelOptions { CancellationToken = _cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, job =>
            {
                if (trial.Of(job.Key.Part).Models[job.Key.Training] is not FloatModel model)
                {
                    foreach (int r in job)
                    {
                        (scores[r], values[r]) = (_constant, _constant);
                    }

                    return;
                }

                if (goal is not null)
                {
                    model = Shifted(model, goal, ShiftOf(trial, goal, job.Key.Part));
                }

                ModelFile file = Draft(model, job.Key.Training);
                SwitchedPins? board = _windows is null ? null : new SwitchedPins(file, _windows);
                foreach (int r in job)
                {
                    int[] raw = file.Run(file.ToRaw(Seen(Inputs[r], job.Key.Training)));
                    (scores[r], values[r]) = (file.ToScores(raw), file.ToValues(raw));
                    if (board is not null)
                    {
                        pins[r] = Pins(board, begins[r]);
                    }
                }

                lock (gate)
                {
                    told?.Invoke((double)++done / jobs.Length);
                    longest = Math.Max(longest, file.Bytes.Length);
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is InputRefusedException refused)
        {
            throw new InputRefusedException(refused.Message, e);
        }

        return new IntegerAnswers(scores, values, _windows is null ? null : pins, begins, longest);
    }

    /// <summary>How the rows are held out.</summary>
    internal Partition Partition => _partition;

    /// <summary>Features that each training chooses; null where all have the same inputs.</summary>
    internal NestedInputs? Nested => _nested;

    /// <summary>All that a training may see of the rows held out: their inputs, or the candidates that it chooses from.</summary>
    internal double[][] Inputs { get; }

    /// <summary>Where an input of <see cref="Judged"/> stands in <see cref="Inputs"/>.</summary>
    /// <param name="input">Which input, from 0.</param>
    internal int ColumnOf(int input) => _nested?.IndexOf(_judged.InputNames[input]) ?? input;

    /// <summary>The same judge, for work that ends by another wish.</summary>
    internal Judge Under(CancellationToken cancellation) => new(_all, _judged, _partition, _options, _profile, _wiring, _windows, _nested, cancellation);

    /// <summary>What a trial's networks answer, in real numbers, when the rows held out have other inputs.</summary>
    /// <param name="trial">The networks; each answers the rows that it has not seen.</param>
    /// <param name="rows">Which of <see cref="Judged"/>, from 0.</param>
    /// <param name="inputs">Inputs[row][input] for each of them, as in <see cref="Inputs"/>.</param>
    /// <param name="goal">As for <see cref="Convert"/>; its shift is that at the inputs as they are.</param>
    internal double[][] Answer(Trial trial, int[] rows, double[][] inputs, DecisionGoal? goal)
    {
        int[] trainings = Trainings();
        double[][] outputs = Answer(r => trial.Of(_partition.PartOf[r]).Models[trainings[r]], rows, inputs);
        return goal is null ? outputs : Shifted(trial, rows, outputs, goal);
    }

    /// <summary>A trial's outputs with the shift that <see cref="Convert"/> gives them.</summary>
    internal double[][] Shifted(Trial trial, DecisionGoal goal) => Shifted(trial, Everything, trial.Outputs, goal);

    private double[][] Shifted(Trial trial, int[] rows, double[][] outputs, DecisionGoal goal)
    {
        int mine = Array.IndexOf(_all.ClassNames, goal.ClassName);
        double[] shifts = [.. Enumerable.Range(0, Partition.Parts).Select(part => ShiftOf(trial, goal, part))];
        return [.. outputs.Select((output, r) => output.Select((s, j) => j == mine ? s + shifts[_partition.PartOf[rows[r]]] : s).ToArray())];
    }

    private double ShiftOf(Trial trial, DecisionGoal goal, int part)
    {
        int[] others = [.. Enumerable.Range(0, _judged.Count).Where(r => _partition.PartOf[r] != part)];
        return goal.Shift(_judged.Select(others), [.. others.Select(r => trial.Of(part).Outputs[r])]);
    }

    /// <summary>A network whose score of the goal's class is raised by <paramref name="shift"/>.</summary>
    internal static FloatModel Shifted(FloatModel model, DecisionGoal goal, double shift)
    {
        int mine = Array.FindIndex(model.Outputs, output => output.Name == goal.ClassName);
        FloatLayer[] layers = [.. model.Network.Layers];
        double[] bias = [.. layers[^1].Bias];
        bias[mine] += shift;
        layers[^1] = new FloatLayer(layers[^1].Weights, bias, layers[^1].Function, layers[^1].Slope);
        return new FloatModel(new FloatNetwork(layers), model.Inputs, model.Outputs);
    }

    /// <summary>A network's integers, without a proof. The rounding sees what the training saw, and no row that is held out.</summary>
    /// <param name="model">The network.</param>
    /// <param name="training">Which training it is from, as in <see cref="Partition.HeldOut"/>.</param>
    internal ModelFile Draft(FloatModel model, int training)
    {
        ModelTask task = _all.Task == TaskKind.Classify ? ModelTask.Classification : ModelTask.Regression;
        ConversionRequest request = new(model, task, _wiring, _profile, "", TrainingRows(training).Inputs, double.PositiveInfinity, DraftWork) { RoundingWork = DraftRounding, Windows = _nested?.Plan(training) ?? _windows };
        return Converter.Convert(request, certify: false, null, _cancellation).File;
    }

    // A window that does not follow the one before begins a recording, as for a board that has just been switched on.
    private bool Begins(int row, int before) => _windows is null || _partition.Rows[row] != _partition.Rows[before] + 1 || _judged.Recordings[row] != _judged.Recordings[before];

    private static bool[] Pins(SwitchedPins board, bool begins)
    {
        if (begins)
        {
            board.Begin();
        }

        return board.Next();
    }

    private DataSet TrainingRows(int training)
    {
        if (_partition.Kind == SplitKind.OtherTable)
        {
            return _all;
        }

        int[] rows = _partition.TrainingRows(training, _all.Count);
        return _nested?.Rows(training, rows) ?? _all.Select(rows);
    }

    private double[] Seen(double[] row, int training) => _nested?.Chosen(training, row) ?? row;

    private int[] Trainings()
    {
        Dictionary<int, int> training = [];
        for (int k = 0; k < _partition.HeldOut.Count; k++)
        {
            Array.ForEach(_partition.HeldOut[k], row => training[row] = k);
        }

        return [.. _partition.Rows.Select(row => training[row])];
    }

    // Parts that one shape answers are one job, so that pins go on from one to the next.
    private static int FirstLike(Trial trial, int part) => Enumerable.Range(0, part + 1).First(other => ReferenceEquals(trial.Of(other), trial.Of(part)));

    private int[] Everything => [.. Enumerable.Range(0, _judged.Count)];

    private double[][] Answer(Func<int, FloatModel?> modelOf, int[] rows, double[][] inputs)
    {
        int[] trainings = Trainings();
        return [.. inputs.Select((row, r) => modelOf(rows[r]) is FloatModel model ? model.Network.Scores(Limited(Seen(row, trainings[rows[r]]), model)) : _constant)];
    }

    // As the board does it, so that real numbers and integers answer the same question.
    private static double[] Limited(double[] row, FloatModel model) =>
        [.. row.Select((value, i) => Math.Clamp(value, model.Inputs[i].Minimum!.Value, model.Inputs[i].Maximum!.Value))];

    // The last epoch may come long before all that there could be.
    private sealed class EpochCounter(Action<double> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(Math.Min(0.99, (double)value.Epoch / value.Epochs));
    }
}
