namespace NeuralEdge.Learning.Training;

/// <summary>What training makes small.</summary>
public enum LossKind
{
    /// <summary>Half the sum of squared differences between outputs and targets.</summary>
    SquaredError,

    /// <summary>Minus the logarithm of the probability of the right class; needs softmax outputs.</summary>
    CrossEntropy,
}
