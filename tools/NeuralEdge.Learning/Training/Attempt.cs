using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Learning.Training;

/// <summary>One network on its way: it can be run for some epochs, and later for more.</summary>
internal sealed class Attempt
{
    /// <summary>Of more rows an epoch is so many, others each time: the step size must not wait for a pass through all.</summary>
    public const int MostRows = 20_000;

    private const double LowerRateBy = 0.4;
    private const double SmallestRate = 2e-3;

    private readonly PortableRandom _random;
    private readonly Adam _adam;
    private readonly Hyperparameters _options;
    private readonly double[] _bestParameters;
    private readonly List<double> _path = [];
    private readonly List<EpochLoss> _losses = [];
    private int _bestPath;
    private double _rate;
    private int _next = int.MaxValue;

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

    /// <summary>Every epoch that was run, those that were taken back among them.</summary>
    public IReadOnlyList<EpochLoss> Losses => _losses;

    /// <summary>The step size of every epoch that led to the best weights; those that were taken back are not among them.</summary>
    public IReadOnlyList<double> Path => _path[.._bestPath];

    /// <summary>Learns with the step sizes of another attempt, and keeps what comes out.</summary>
    public void Follow(TrainingJob job, IReadOnlyList<double> path, Action<double> report, CancellationToken cancellation)
    {
        int[] order = [.. Enumerable.Range(0, job.Training.Inputs.Length)];
        double[] gradient = new double[Network.Parameters.Length];
        foreach (double rate in path)
        {
            _rate = rate;
            RunEpoch(job, order, gradient, cancellation);
            report(rate);
        }
    }

    public void Run(TrainingJob job, int epochs, int patience, Action<double, double, double> report, CancellationToken cancellation)
    {
        int sinceBest = 0;
        _next = int.MaxValue;
        int[] order = [.. Enumerable.Range(0, job.Training.Inputs.Length)];
        double[] gradient = new double[Network.Parameters.Length];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double trainingLoss = RunEpoch(job, order, gradient, cancellation);
            _path.Add(_rate);
            double validationLoss = Network.AddLosses(job.Validation, 0) / job.Validation.Inputs.Length;
            _losses.Add(new EpochLoss(trainingLoss, validationLoss));
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
                _bestPath = _path.Count;
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
        _path.RemoveRange(_bestPath, _path.Count - _bestPath);
    }

    private double RunEpoch(TrainingJob job, int[] order, double[] gradient, CancellationToken cancellation)
    {
        if (_next >= order.Length)
        {
            _random.Shuffle(order);
            _next = 0;
        }

        double loss = 0;
        int first = _next;
        int end = Math.Min(order.Length, first + MostRows);
        int at = first;
        while (at < end)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(Math.Max(1, _options.BatchSize), end - at);
            Array.Clear(gradient);
            loss = Network.AddGradients(job.Training, order.AsSpan(at, count), gradient, loss);
            _adam.Step(Network.Parameters, gradient, 1.0 / count, _rate);
            at += count;
        }

        _next = end;
        return loss / (end - first);
    }
}
