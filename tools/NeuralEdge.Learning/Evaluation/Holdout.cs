namespace NeuralEdge.Learning.Evaluation;

/// <summary>Rows that were held out, and the networks that answered them.</summary>
/// <param name="Judge">Has the rows, and can train and ask again.</param>
/// <param name="Chosen">The networks.</param>
/// <param name="Goal">What a class's score is shifted for at these rows; null for no shift.</param>
internal sealed record Holdout(Judge Judge, Trial Chosen, DecisionGoal? Goal);
