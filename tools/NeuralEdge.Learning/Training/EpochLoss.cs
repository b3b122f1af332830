namespace NeuralEdge.Learning.Training;

/// <summary>How far answers were off in one epoch: cross-entropy in nats when classifying, half the squared error in standard units otherwise.</summary>
/// <param name="Training">Mean per row learned from, while its epoch went on.</param>
/// <param name="HeldBack">Mean per row held back to decide when to stop, at the epoch's end.</param>
public readonly record struct EpochLoss(double Training, double HeldBack);
