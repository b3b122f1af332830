using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Learning.Training;

/// <summary>How to train; the defaults suit the small networks of a microcontroller.</summary>
public sealed record Hyperparameters
{
    /// <summary>The hidden layers of a <see cref="Trainer"/> that is told of none.</summary>
    public static IReadOnlyList<int> UsualHidden { get; } = [16, 16];

    /// <summary>
    /// Neurons of each hidden layer, first to last; empty for none. Null: <see cref="Pipeline.Train"/> tries several and keeps
    /// the smallest that is as good as the best, and a <see cref="Trainer"/> takes <see cref="UsualHidden"/>.
    /// </summary>
    public IReadOnlyList<int>? Hidden { get; init; }

    /// <summary>The activation of every hidden layer; not softmax.</summary>
    public ActivationFunction Activation { get; init; } = Networks.Activation.Tanh;

    /// <summary>The slope of leaky_relu below zero, 0 to 1.</summary>
    public double Slope { get; init; } = FloatLayer.DefaultSlope;

    /// <summary>Decides the split, the first weights and the order of the rows: the same seed, the same network.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The most passes over the data of the final run.</summary>
    public int MaximumEpochs { get; init; } = 1000;

    /// <summary>
    /// The most multiplications of the final run, in millions, whatever the size of the data: what keeps training
    /// within seconds. A thousand million take about 2 s on one core.
    /// </summary>
    public double WorkLimit { get; init; } = 1200;

    /// <summary>Rows per step.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The first step size of Adam; it is lowered when the validation loss no longer falls.</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>
    /// How strongly weights (not biases) are pulled to zero, per step and unit of step size. Null: almost not at all
    /// when regressing; when classifying 1, or less in proportion where there are more than 100 rows to speak
    /// for themselves.
    /// </summary>
    public double? WeightDecay { get; init; }

    /// <summary>
    /// What every row of a class counts for, one number above 0 for each class, so that a rare class is not drowned by the
    /// others; null: every row counts alike. Only when classifying.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// True: a classifier of up to 20,000 rows learns anew from all of them, those that decided when to stop too, in the steps found best.
    /// </summary>
    public bool Refit { get; init; } = true;

    /// <summary>How many first weights are tried with a short run each; the best is trained on.</summary>
    public int Starts { get; init; } = 3;
}
