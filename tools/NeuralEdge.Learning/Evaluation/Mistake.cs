using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>One row that was held out and answered wrongly.</summary>
/// <param name="Row">Which of the rows held out, from 0.</param>
/// <param name="Output">The class that is answered, or the target that is off.</param>
/// <param name="Answer">The probability, 0 to 1, of the class that is answered; or the quantity answered, in its unit.</param>
/// <param name="Truth">The probability, 0 to 1, given to the true class; or the true quantity, in its unit.</param>
public sealed record Mistake(int Row, int Output, double Answer, double Truth)
{
    // Of quantities every row is off by something.
    private const int WorstOfEach = 10;

    internal static Mistake[] OfClasses(DataSet judged, IntegerAnswers answers) => [.. answers.Scores
        .Select((scores, r) => (Row: r, Class: Array.IndexOf(scores, scores.Max())))
        .Where(answer => answer.Class != judged.Classes[answer.Row])
        .Select(answer => new Mistake(answer.Row, answer.Class, answers.Values[answer.Row][answer.Class], answers.Values[answer.Row][judged.Classes[answer.Row]]))
        .OrderByDescending(mistake => mistake.Answer)];

    internal static Mistake[] OfQuantities(DataSet judged, IntegerAnswers answers) => [.. Enumerable.Range(0, judged.TargetNames.Length)
        .SelectMany(j => answers.Values
            .Select((values, r) => new Mistake(r, j, values[j], judged.Targets[r][j]))
            .OrderByDescending(mistake => Math.Abs(mistake.Answer - mistake.Truth))
            .Take(WorstOfEach))];
}
