using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Training;

/// <summary>
/// Trains a dense network: mini-batches, Adam, a validation part that decides the step size, when to stop and
/// which weights to keep. Everything follows from the data and the seed, bit for bit, on every machine.
/// </summary>
public sealed class Trainer
{
    private const int FewestRows = 5;

    // Below this many rows a validation part would be too small to judge by; the training rows judge then.
    private const int FewestRowsToValidate = 20;
    private const int MostHiddenLayers = BoardLimits.MostLayers - 1;
    private const double ShortRun = 0.1;
    private const double ClassifierDecay = 1;
    private const double ClassifierDecayRows = 100;
    private const double RegressionDecay = 1e-4;
    private const int PatienceShare = 25;
    private const double LowerRateBy = 0.4;
    private const double SmallestRate = 2e-3;

    private readonly Hyperparameters _options;

    /// <summary>A trainer with the given options.</summary>
    /// <exception cref="InputRefusedException">An option is out of its range.</exception>
    public Trainer(Hyperparameters options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Hidden.Count > MostHiddenLayers || options.Hidden.Any(w => w is < 1 or > BoardLimits.WidestLayer))
        {
            throw new InputRefusedException(
                $"The hidden layers {string.Join(",", options.Hidden)} cannot be built; give at most {MostHiddenLayers} layers of 1 to {BoardLimits.WidestLayer} neurons each.");
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
    /// <param name="data">At least five rows.</param>
    /// <param name="progress">Told once per epoch; may be null.</param>
    /// <param name="cancellation">Ends training with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InputRefusedException">Too few rows, or a target that never changes.</exception>
    public TrainedModel Train(DataSet data, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count < FewestRows)
        {
            throw new InputRefusedException($"{data.Count} {(data.Count == 1 ? "row is" : "rows are")} too few to learn from (rows held out to judge by do not count); record at least {FewestRows}, better some hundreds.");
        }

        List<string> notes = [];
        Standardiser inputs = Standardiser.Measure(data.Inputs);
        for (int i = 0; i < data.InputNames.Length; i++)
        {
            if (inputs.IsConstant[i])
            {
                notes.Add($"Input \"{data.InputNames[i]}\" never changes in the data, so the network does not look at it.");
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

        Job job = Prepare(data, inputs, targets, notes);
        return Run(data, job, inputs, targets, notes, progress, cancellation);
    }

    private TrainedModel Run(
        DataSet data,
        Job job,
        Standardiser inputs,
        Standardiser? targets,
        List<string> notes,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        bool classify = targets is null;
        int[] widths = [data.InputNames.Length, .. _options.Hidden, data.OutputNames.Length];
        ActivationFunction[] activations = [.. _options.Hidden.Select(_ => _options.Activation), classify ? Activation.Softmax : Activation.Linear];
        LossKind loss = classify ? LossKind.CrossEntropy : LossKind.SquaredError;

        double decay = _options.WeightDecay
            ?? (classify ? ClassifierDecay * ClassifierDecayRows / Math.Max(ClassifierDecayRows, data.Count) : RegressionDecay);

        // Forward, and twice as much backward.
        TrainableNetwork Fresh() => new(widths, activations, _options.Slope, loss);
        double workPerEpoch = (3.0 * Fresh().Macs * job.TrainingInputs.Length) + ((double)Fresh().Macs * job.ValidationInputs.Length);
        int epochs = (int)Math.Clamp(_options.WorkLimit * 1e6 / workPerEpoch, 3, Math.Max(3, _options.MaximumEpochs));
        int starts = Math.Max(1, _options.Starts);
        int shortEpochs = starts == 1 ? 0 : Math.Max(1, (int)(epochs * ShortRun));
        int patience = Math.Max(4, epochs / PatienceShare);
        int total = epochs + (starts * shortEpochs);
        int done = 0;
        void Report(double trainingLoss, double validationLoss, double rate)
        {
            done++;
            progress?.Report(new TrainingProgress(done, total, trainingLoss, validationLoss, rate));
        }

        Attempt? best = null;
        for (int s = 0; s < starts; s++)
        {
            TrainableNetwork network = Fresh();
            PortableRandom random = new(unchecked((_options.Seed * 1_000_003) + s));
            network.Initialise(random, inputs.IsConstant);
            Attempt attempt = new(network, random, new Adam(network.WeightMask(), decay), _options);
            attempt.Run(job, shortEpochs, patience, Report, cancellation);
            if (best is null || attempt.BestLoss < best.BestLoss)
            {
                best = attempt;
            }
        }

        best!.Run(job, epochs, patience, Report, cancellation);
        best.KeepBest();
        if (!double.IsFinite(best.BestLoss) || Array.Exists(best.Network.Parameters, p => !double.IsFinite(p)))
        {
            throw new InputRefusedException("Training did not settle on finite weights; look for single values far from all others in the data, or try another activation.");
        }

        return new TrainedModel(data, best.Network.ToNetwork(), inputs, targets)
        {
            Epochs = done,
            ValidationLoss = best.BestLoss,
            Notes = notes,
        };
    }

    private Job Prepare(DataSet data, Standardiser inputs, Standardiser? targets, List<string> notes)
    {
        DataSet training = data;
        DataSet validation = data;
        if (data.Count >= FewestRowsToValidate)
        {
            (training, validation) = data.Split(unchecked(_options.Seed + 0x5EED));
            if (validation.Count == 0)
            {
                validation = training;
                notes.Add("No class has two rows to learn from, so that training could not be judged by rows it had not seen; record more of each class.");
            }
        }

        double[][] Outputs(DataSet part) => targets is null ? part.Targets : [.. part.Targets.Select(targets.Apply)];
        return new Job(
            [.. training.Inputs.Select(inputs.Apply)],
            Outputs(training),
            [.. validation.Inputs.Select(inputs.Apply)],
            Outputs(validation));
    }

    /// <summary>The rows in standard units.</summary>
    private sealed record Job(double[][] TrainingInputs, double[][] TrainingTargets, double[][] ValidationInputs, double[][] ValidationTargets);

    /// <summary>One network on its way: it can be run for some epochs, and later for more.</summary>
    private sealed class Attempt
    {
        private readonly PortableRandom _random;
        private readonly Adam _adam;
        private readonly Hyperparameters _options;
        private readonly double[] _bestParameters;
        private double _rate;

        public Attempt(TrainableNetwork network, PortableRandom random, Adam adam, Hyperparameters options)
        {
            Network = network;
            _random = random;
            _adam = adam;
            _options = options;
            _bestParameters = [.. network.Parameters];
            _rate = options.LearningRate;
        }

        public TrainableNetwork Network { get; }

        public double BestLoss { get; private set; } = double.PositiveInfinity;

        public void Run(Job job, int epochs, int patience, Action<double, double, double> report, CancellationToken cancellation)
        {
            int sinceBest = 0;
            int[] order = [.. Enumerable.Range(0, job.TrainingInputs.Length)];
            double[] gradient = new double[Network.Parameters.Length];
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                cancellation.ThrowIfCancellationRequested();
                double trainingLoss = RunEpoch(job, order, gradient);
                double validationLoss = 0;
                for (int r = 0; r < job.ValidationInputs.Length; r++)
                {
                    validationLoss += Network.Loss(job.ValidationInputs[r], job.ValidationTargets[r]);
                }

                validationLoss /= job.ValidationInputs.Length;
                report(trainingLoss, validationLoss, _rate);
                sinceBest++;
                if (validationLoss < BestLoss)
                {
                    // Progress too small to see must not keep training alive; its weights are kept all the same.
                    if (!(validationLoss > BestLoss * 0.999))
                    {
                        sinceBest = 0;
                    }

                    BestLoss = validationLoss;
                    Network.Parameters.CopyTo(_bestParameters, 0);
                }

                if (sinceBest >= patience)
                {
                    // Smaller steps from the best point so far often go further; when they no longer do, it is over.
                    if (_rate * LowerRateBy < _options.LearningRate * SmallestRate)
                    {
                        return;
                    }

                    _rate *= LowerRateBy;
                    sinceBest = 0;
                    KeepBest();
                }
            }
        }

        /// <summary>Goes back to the weights with the lowest validation loss.</summary>
        public void KeepBest()
        {
            _bestParameters.CopyTo(Network.Parameters, 0);
        }

        private double RunEpoch(Job job, int[] order, double[] gradient)
        {
            _random.Shuffle(order);
            double loss = 0;
            int at = 0;
            while (at < order.Length)
            {
                int count = Math.Min(Math.Max(1, _options.BatchSize), order.Length - at);
                Array.Clear(gradient);
                for (int k = 0; k < count; k++)
                {
                    int row = order[at + k];
                    loss += Network.AddGradient(job.TrainingInputs[row], job.TrainingTargets[row], gradient);
                }

                _adam.Step(Network.Parameters, gradient, 1.0 / count, _rate);
                at += count;
            }

            return loss / order.Length;
        }
    }
}
