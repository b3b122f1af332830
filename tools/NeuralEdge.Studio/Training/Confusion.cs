using NeuralEdge.Learning;

namespace NeuralEdge.Studio.Training;

/// <summary>Which class is taken for which at the rows held out, row by row.</summary>
public sealed class Confusion
{
    private readonly int[] _truth;
    private readonly int[] _answers;

    /// <summary>Looks at a result of classes.</summary>
    /// <param name="result">The result.</param>
    public Confusion(TrainResult result)
    {
        Classes = result.HeldOut.ClassNames;
        _truth = result.HeldOut.Classes;
        _answers = [.. _truth];
        foreach (var mistake in result.Verdict.Mistakes)
        {
            _answers[mistake.Row] = mistake.Output;
        }
    }

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The rows held out of one class that are answered with another, or the same.</summary>
    /// <param name="truth">The class.</param>
    /// <param name="answer">The answer.</param>
    public IReadOnlyList<int> Rows(int truth, int answer) => [.. Enumerable.Range(0, _truth.Length).Where(r => _truth[r] == truth && _answers[r] == answer)];
}
