namespace NeuralEdge.Learning.Training;

/// <summary>Where training is, once per epoch.</summary>
/// <param name="Epoch">Epochs done over all runs, from 1.</param>
/// <param name="Epochs">The most there will be; early stopping may end sooner.</param>
/// <param name="TrainingLoss">Mean loss per row while training in this epoch.</param>
/// <param name="ValidationLoss">Mean loss per row held back for early stopping.</param>
/// <param name="LearningRate">The step size now.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, double TrainingLoss, double ValidationLoss, double LearningRate)
{
    /// <summary>
    /// What is done in other words than epochs, such as "trying 16-16, 3 of 5"; null while the network that will be kept is trained.
    /// <see cref="Epoch"/> and <see cref="Epochs"/> then count trainings.
    /// </summary>
    public string? Trying { get; init; }
}
