namespace NeuralEdge.Learning.Evaluation;

/// <summary>
/// What an input is worth: by how much the score falls when the input's values are shuffled among the rows held out, so that it
/// says nothing any more (Breiman, 2001). Inputs that say the same share their worth.
/// </summary>
/// <param name="Name">The input.</param>
/// <param name="Loss">The fall of <see cref="Study.Score"/>, the mean of some shuffles; 0 for an input that the network ignores, below 0 by chance.</param>
public sealed record InputImportance(string Name, double Loss);
