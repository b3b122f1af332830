using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>What answers without a network: one input, and whether it is above a number.</summary>
/// <param name="Input">Which input, from 0.</param>
/// <param name="Value">The number.</param>
/// <param name="Above">The class above it, 0 or 1; the other one is below.</param>
internal sealed record OneThreshold(int Input, double Value, int Above)
{
    /// <summary>The threshold that is right most often; null where none tells two classes apart.</summary>
    /// <param name="data">The rows to learn it from.</param>
    internal static OneThreshold? Of(DataSet data)
    {
        if (data.Task != TaskKind.Classify || data.ClassNames.Length != 2)
        {
            return null;
        }

        (OneThreshold? best, int least) = (null, int.MaxValue);
        for (int i = 0; i < data.InputNames.Length; i++)
        {
            if (Leaks.BestThreshold(Array.ConvertAll(data.Inputs, row => row[i]), data.Classes) is (double value, int wrong, int above) && wrong < least)
            {
                (best, least) = (new OneThreshold(i, value, above), wrong);
            }
        }

        return best;
    }

    /// <summary>1 for the class that it answers.</summary>
    internal double[] Answer(double[] row) => (row[Input] > Value) == (Above == 1) ? [0, 1] : [1, 0];

    /// <summary>As a row of a table names it.</summary>
    internal string Name(DataSet data) => $"{NumberText.Quote(data.InputNames[Input])[1..^1]} above {NumberText.Brief(Value)}";
}
