namespace NeuralEdge.Learning.Evaluation;

/// <summary>What the board's integers answer at rows that were held out.</summary>
/// <param name="Scores">Scores[row][output]: what the largest is looked for in.</param>
/// <param name="Values">Values[row][output]: probabilities of classes, or quantities in their units; what thresholds are compared with.</param>
/// <param name="Pins">Pins[row][output]: of windows, whether the output's pin is on by the board's rules after this decision; null where rows are samples.</param>
/// <param name="Begins">Begins[row]: whether all pins are off before this decision and nothing is remembered, as for a board that has just been switched on.</param>
/// <param name="Longest">Bytes of the longest model file among the networks that answered.</param>
internal sealed record IntegerAnswers(double[][] Scores, double[][] Values, bool[][]? Pins, bool[] Begins, int Longest);
