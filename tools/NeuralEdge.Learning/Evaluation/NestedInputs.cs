using NeuralEdge.Conversion.Features;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>What each training sees of windows, where each chooses features of its own.</summary>
internal sealed class NestedInputs
{
    private readonly WindowPlan _plan;
    private readonly DataSet _candidates;
    private readonly int[][] _columns;

    /// <summary>Keeps what was chosen.</summary>
    /// <param name="plan">Windows with all candidates.</param>
    /// <param name="candidates">A row for each window, a column for each candidate.</param>
    /// <param name="columns">The columns that each training chose.</param>
    /// <param name="kept">The columns of the model that is kept.</param>
    internal NestedInputs(WindowPlan plan, DataSet candidates, int[][] columns, int[] kept)
    {
        _plan = plan;
        _candidates = candidates;
        _columns = columns;
        Alike = columns.Count(chosen => chosen.SequenceEqual(kept));
    }

    /// <summary>Trainings for which the same was chosen as for the model that is kept.</summary>
    internal int Alike { get; }

    /// <summary>Trainings.</summary>
    internal int Count => _columns.Length;

    /// <summary>All candidates of a window.</summary>
    /// <param name="row">Which window, in the order of the table.</param>
    internal double[] Candidates(int row) => _candidates.Inputs[row];

    /// <summary>Which candidate an input of the model that is kept is.</summary>
    /// <param name="name">Its name.</param>
    internal int IndexOf(string name) => Array.IndexOf(_candidates.InputNames, name);

    /// <summary>Of all candidates those that a training chose.</summary>
    /// <param name="training">Which training, from 0.</param>
    /// <param name="candidates">All.</param>
    internal double[] Chosen(int training, double[] candidates) => Array.ConvertAll(_columns[training], c => candidates[c]);

    /// <summary>Windows with the features that a training chose.</summary>
    /// <param name="training">Which training, from 0.</param>
    /// <param name="rows">Which windows.</param>
    internal DataSet Rows(int training, IReadOnlyList<int> rows) => _candidates.Select(rows).WithColumns(_columns[training]);

    /// <summary>What a board would compute for the network of a training.</summary>
    /// <param name="training">Which training, from 0.</param>
    internal WindowPlan Plan(int training) => _plan with { Features = [.. _columns[training].Select(c => _plan.Features[c])] };
}
