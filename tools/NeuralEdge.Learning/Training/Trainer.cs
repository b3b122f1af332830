using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Training;

/// <summary>
/// Trains a dense network: mini-batches, Adam, a validation part that decides the step size, when to stop and
/// which weights to keep. A classifier then learns anew from all rows, for as long and in the steps that were found best.
/// Everything follows from the data and the seed, bit for bit, on every machine.
/// </summary>
public sealed class Trainer
{
    /// <summary>The fewest rows that a network learns from; no score can be had from so few.</summary>
    public const int FewestRows = 2;

    private const double LowerDecayBy = 0.1;

    // Below this many rows a validation part would be too small to judge by; the training rows judge then.
    private const int FewestRowsToValidate = 20;
    private const int MostHiddenLayers = BoardLimits.MostLayers - 1;
    private const double ShortRun = 0.1;
    private const double ClassifierDecay = 1;
    private const double ClassifierDecayRows = 100;
    private const double RegressionDecay = 1e-4;
    private const int PatienceShare = 25;

    // A fifth of so many rows as an epoch has at most is enough to decide when to stop by; learning anew from these too would add nothing.
    private const double HeldBack = 0.2;

    // What a row costs beside its multiplications, in multiplications. Of few rows the number of epochs is the limit.
    private const double WorkOfRow = 150;
    private const int RowsToCount = 10_000;

    private readonly Hyperparameters _options;
    private readonly IReadOnlyList<int> _hidden;

    /// <summary>A trainer with the given options.</summary>
    /// <exception cref="InputRefusedException">An option is out of its range.</exception>
    public Trainer(Hyperparameters options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _hidden = options.Hidden ?? Hyperparameters.UsualHidden;
        if (_hidden.Count > MostHiddenLayers || _hidden.Any(w => w is < 1 or > BoardLimits.WidestLayer))
        {
            throw new InputRefusedException(
                $"The hidden layers {string.Join(",", _hidden)} cannot be built; give at most {MostHiddenLayers} layers of 1 to {BoardLimits.WidestLayer} neurons each.");
        }

        if (options.Activation.GivesLogits)
        {
            throw new InputRefusedException($"Softmax cannot be the activation of hidden layers; choose {ActivationFunction.ChoiceOfHiddenLayers}.");
        }

        if (!(options.Slope >= 0 && options.Slope <= 1))
        {
            throw new InputRefusedException("The slope of leaky_relu must be from 0 to 1; 0.01 is usual.");
        }

        _options = options;
    }

    /// <summary>Trains on the given rows, a part of which is held back to decide when to stop.</summary>
    /// <param name="data">At least <see cref="FewestRows"/> rows.</param>
    /// <param name="progress">Told once per epoch; may be null.</param>
    /// <param name="cancellation">Ends training with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InputRefusedException">Too few rows, or a target that never changes.</exception>
    public TrainedModel Train(DataSet data, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        List<string> notes = [.. data.Notes];
        (Standardiser inputs, Standardiser? targets) = Require(data, notes);
        TrainingJob job = Prepare(data, inputs, targets, notes);
        Fit best = Run(data, job, inputs, targets, 1, 0, progress, cancellation);
        int epochs = best.Epochs;

        // Where the pull to zero is all that was learned, less of it may let the rows speak: parity needs that.
        if (targets is null && !LearnedAnything(data, job, best.Network))
        {
            Fit freer = Run(data, job, inputs, targets, LowerDecayBy, epochs, progress, cancellation);
            epochs = freer.Epochs;
            best = WeightedHits(data, job, freer.Network) > WeightedHits(data, job, best.Network) ? freer : best;
        }

        return new TrainedModel(data, best.Network.ToNetwork(), inputs, targets)
        {
            Epochs = epochs,
            ValidationLoss = best.Loss,
            Losses = best.Losses,
            Notes = notes,
        };
    }

    /// <summary>Refuses rows that nothing can be learned from, with the sentence that <see cref="Train"/> has.</summary>
    /// <param name="data">The rows.</param>
    /// <exception cref="InputRefusedException">Too few rows, no input that changes, or a target that never changes.</exception>
    public static void RequireLearnable(DataSet data) => Require(data, []);

    /// <summary>A network of no hidden layer and no weights: names, ranges and kind of output are those of one that is trained.</summary>
    /// <param name="data">The rows.</param>
    internal static FloatModel Untrained(DataSet data)
    {
        (double Minimum, double Maximum)[] ranges = TrainedRanges.Widen(data);
        FloatLayer layer = new(
            [.. data.OutputNames.Select(_ => new double[data.InputNames.Length])],
            new double[data.OutputNames.Length],
            data.Task == TaskKind.Classify ? Activation.Softmax : Activation.Linear,
            FloatLayer.DefaultSlope);
        return new FloatModel(
            new FloatNetwork(layer),
            [.. data.InputNames.Select((name, i) => new InputSpec(name, data.InputUnits[i], ranges[i].Minimum, ranges[i].Maximum))],
            [.. data.OutputNames.Select(name => new OutputSpec(name))]);
    }

    private static (Standardiser Inputs, Standardiser? Targets) Require(DataSet data, List<string> notes)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count < FewestRows)
        {
            throw new InputRefusedException($"{NumberText.Count(data.Count, data.Noun)} {(data.Count == 1 ? "is" : "are")} too few to learn from ({data.Noun}s held out to judge by do not count); record some hundreds.");
        }

        Standardiser inputs = Standardiser.Measure(data.Inputs);
        for (int i = 0; i < data.InputNames.Length; i++)
        {
            if (inputs.IsConstant[i])
            {
                notes.Add($"Input \"{data.InputNames[i]}\" never changes in the data, so that the network does not look at it; a board warns all the same when it reads something else.");
            }
        }

        if (Array.TrueForAll(inputs.IsConstant, constant => constant))
        {
            throw new InputRefusedException("No input column ever changes, so that nothing can be learned from them; record samples with different sensor values.");
        }

        bool classify = data.Task == TaskKind.Classify;
        Standardiser? targets = classify ? null : Standardiser.Measure(data.Targets);
        for (int j = 0; targets is not null && j < targets.IsConstant.Length; j++)
        {
            if (targets.IsConstant[j])
            {
                throw new InputRefusedException($"The target \"{data.TargetNames[j]}\" never changes, so that there is nothing to learn; record samples with different values.");
            }
        }

        return (inputs, targets);
    }

    private Fit Run(
        DataSet data,
        TrainingJob job,
        Standardiser inputs,
        Standardiser? targets,
        double decayFactor,
        int epochsBefore,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        bool classify = targets is null;
        int[] widths = [data.InputNames.Length, .. _hidden, data.OutputNames.Length];
        ActivationFunction[] activations = [.. _hidden.Select(_ => _options.Activation), classify ? Activation.Softmax : Activation.Linear];
        LossKind loss = classify ? LossKind.CrossEntropy : LossKind.SquaredError;

        double decay = decayFactor * (_options.WeightDecay
            ?? (classify ? ClassifierDecay * ClassifierDecayRows / Math.Max(ClassifierDecayRows, data.Count) : RegressionDecay));

        // Forward, and twice as much backward.
        TrainableNetwork Fresh() => new(widths, activations, _options.Slope, loss);
        int rows = Math.Min(Attempt.MostRows, job.Training.Inputs.Length);
        double workPerEpoch = (3.0 * Fresh().Macs * rows) + ((double)Fresh().Macs * job.Validation.Inputs.Length) + (rows > RowsToCount ? WorkOfRow * rows : 0);
        int epochs = (int)Math.Clamp(_options.WorkLimit * 1e6 / workPerEpoch, 3, Math.Max(3, _options.MaximumEpochs));
        int starts = Math.Max(1, _options.Starts);
        int shortEpochs = starts == 1 ? 0 : Math.Max(1, (int)(epochs * ShortRun));
        int patience = Math.Max(4, epochs / PatienceShare);
        int total = epochsBefore + epochs + (starts * shortEpochs);
        int done = epochsBefore;
        void Report(double trainingLoss, double validationLoss, double rate)
        {
            done++;
            progress?.Report(new TrainingProgress(done, total, trainingLoss, validationLoss, rate));
        }

        Attempt Start(int start)
        {
            TrainableNetwork network = Fresh();
            PortableRandom random = new(unchecked((_options.Seed * 1_000_003) + start));
            network.Initialise(random, inputs.IsConstant);
            return new Attempt(network, random, new Adam(network.WeightMask(), decay), _options);
        }

        Attempt? best = null;
        int bestStart = 0;
        for (int s = 0; s < starts; s++)
        {
            Attempt attempt = Start(s);
            attempt.Run(job, shortEpochs, patience, Report, cancellation);
            if (best is null || attempt.BestLoss < best.BestLoss)
            {
                (best, bestStart) = (attempt, s);
            }
        }

        best!.Run(job, epochs, patience, Report, cancellation);
        best.KeepBest();
        double reached = best.BestLoss;
        EpochLoss[] losses = [.. best.Losses];
        if (classify && _options.Refit && data.Count <= Attempt.MostRows && job.HasValidation && double.IsFinite(reached))
        {
            // The rows that were held back are a fifth of what there is to learn from: +0.5 points on average over 24 tables,
            // +2.4 on one of 54 rows, and -0.3 at worst. Numbers got worse by it, so that they keep the weights validated.
            TrainingJob whole = job.Whole();
            Attempt again = Start(bestStart);
            total = done + best.Path.Count;
            again.Follow(whole, best.Path, rate => Report(losses[^1].Training, reached, rate), cancellation);
            best = again;
        }

        if (!double.IsFinite(reached) || Array.Exists(best.Network.Parameters, p => !double.IsFinite(p)))
        {
            throw new InputRefusedException("Training did not settle on finite weights; look for single values far from all others in the data, or try another activation.");
        }

        return new Fit(best.Network, done, reached, losses);
    }

    private static bool LearnedAnything(DataSet data, TrainingJob job, TrainableNetwork network)
    {
        const double Chance = 2;
        double[] weights = job.ClassWeights ?? [.. data.ClassNames.Select(_ => 1.0)];
        double[] mass = new double[weights.Length];
        Array.ForEach(data.Classes, c => mass[c] += weights[c]);
        double guessing = mass.Max() / mass.Sum();
        return guessing >= 1 || WeightedHits(data, job, network) / mass.Sum() > guessing + (Chance * Math.Sqrt(guessing * (1 - guessing) / data.Count));
    }

    private static double WeightedHits(DataSet data, TrainingJob job, TrainableNetwork network)
    {
        double hits = 0;
        for (int r = 0; r < data.Count; r++)
        {
            int answer = network.Answer(job.AllInputs[r]);
            hits += answer == data.Classes[r] ? job.ClassWeights?[answer] ?? 1 : 0;
        }

        return hits;
    }

    private TrainingJob Prepare(DataSet data, Standardiser inputs, Standardiser? targets, List<string> notes)
    {
        DataSet training = data;
        DataSet validation = data;
        if (data.Count >= FewestRowsToValidate)
        {
            (training, validation) = data.Split(unchecked(_options.Seed + 0x5EED), Math.Min(HeldBack, HeldBack * Attempt.MostRows / data.Count));
            if (validation.Count == 0)
            {
                validation = training;
                notes.Add($"No class has two {data.Noun}s to learn from, so that training could not be judged by {data.Noun}s it had not seen; record more of each class.");
            }
        }

        double[]? weights = targets is null && _options.ClassWeights is not null ? [.. _options.ClassWeights] : null;
        double[][] Outputs(DataSet part) => targets is null ? part.Targets : [.. part.Targets.Select(targets.Apply)];
        double[]? Weights(DataSet part) => weights is null ? null : [.. part.Classes.Select(c => weights[c])];
        double[][] all = [.. data.Inputs.Select(inputs.Apply)];
        return new TrainingJob(
            new TrainingRows([.. training.Inputs.Select(inputs.Apply)], Outputs(training), Weights(training)),
            new TrainingRows([.. validation.Inputs.Select(inputs.Apply)], Outputs(validation), Weights(validation)),
            new TrainingRows(all, Outputs(data), Weights(data)))
        {
            HasValidation = validation.Count < data.Count,
            ClassWeights = weights,
        };
    }

    private sealed record Fit(TrainableNetwork Network, int Epochs, double Loss, IReadOnlyList<EpochLoss> Losses);
}
