using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Data;

/// <summary>Names the inputs that give the answer away. They stay inputs: only their owner knows what is known before the answer is.</summary>
internal static class LeakSearch
{
    /// <summary>Looks at each input by itself.</summary>
    /// <param name="data">Samples.</param>
    /// <param name="findings">Told of each such input.</param>
    /// <param name="told">Told how much of it is done, 0 to 1.</param>
    internal static void Run(DataSet data, List<DataFinding> findings, Action<double> told)
    {
        for (int i = 0; i < data.InputNames.Length; i++)
        {
            told((double)i / data.InputNames.Length);
            string name = data.InputNames[i];
            double[] values = Array.ConvertAll(data.Inputs, row => row[i]);
            if (data.Task == TaskKind.Regress)
            {
                for (int t = 0; t < data.TargetNames.Length; t++)
                {
                    if (Leaks.Orders(values, Array.ConvertAll(data.Targets, row => row[t])))
                    {
                        Add(DataFindingKind.Leak, name, $"Column {NumberText.Quote(name)} puts all rows in the order of {NumberText.Quote(data.TargetNames[t])}: if it is made from it, a score says nothing; {LeaveOut(name)}.");
                        break;
                    }
                }
            }
            else if (Leaks.Gives(values, data.Classes, data.ClassNames.Length, out double right))
            {
                Add(DataFindingKind.Leak, name, $"Column {NumberText.Quote(name)} alone tells {NumberText.Quote(data.TargetNames[0])} in {Percent(right)} of the rows: if it follows from the answer, a score says nothing; {LeaveOut(name)}.");
            }
            else if (data.ClassNames.Length == 2 && Leaks.Threshold(values, data.Classes, out right) is double threshold)
            {
                Add(DataFindingKind.Threshold, name, $"Column {NumberText.Quote(name)} tells {NumberText.Quote(data.TargetNames[0])} in {Percent(right)} of the rows by being above or below {NumberText.Brief(threshold)}: a comparison would do.");
            }
        }

        void Add(DataFindingKind kind, string column, Saying sentence) => findings.Add(new DataFinding(kind, sentence) { Column = column });
    }

    private static Way LeaveOut(string name) => new($"leave it out with --ignore {ColumnList.Write([name])}", "untick it among the columns");

    // Never 100 when a row is wrong.
    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{(share < 1 ? Math.Min(99.9, 100 * share) : 100):0.#} %");
}
