using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The rows of a table that a model is to be run on.</summary>
internal static class InputRows
{
    /// <summary>
    /// Columns by the names of the model's inputs; without a line of names, in the order of the inputs. Says on standard
    /// error what a person may not expect: columns taken by their order, values the board would limit.
    /// </summary>
    /// <param name="path">The table.</param>
    /// <param name="model">The model.</param>
    /// <param name="progress">Shows how much of it is read.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InputRefusedException">The file is no table of what the model needs.</exception>
    internal static double[][] Read(string path, ModelFile model, ProgressDisplay progress, CancellationToken cancellation)
    {
        string[] names = Array.ConvertAll(model.Inputs, i => i.Name);
        Table table = Table.ReadNamedOrNot(path, names, out bool named, new LongTask("reading", progress, cancellation));
        progress.Clear();
        foreach (string name in names)
        {
            if (!table.Has(name))
            {
                throw new InputRefusedException($"{path} has no column {NumberText.Quote(name)}, which the model needs (its inputs: {string.Join(", ", names)}); name the columns like the inputs.");
            }
        }

        double[][] rows = table.Matrix(names);
        if (!named)
        {
            Console.Error.WriteLine($"{path} has no line of names; its columns are taken as {string.Join(", ", names)}.");
        }

        TellOutside(path, table, rows, model);
        return rows;
    }

    private static void TellOutside(string path, Table table, double[][] rows, ModelFile model)
    {
        for (int i = 0; i < model.Inputs.Length; i++)
        {
            ModelInput input = model.Inputs[i];
            int[] outside = [.. Enumerable.Range(0, rows.Length).Where(r => !input.Covers(rows[r][i]))];
            if (outside.Length > 0)
            {
                Console.Error.WriteLine(
                    $"{path}: {NumberText.Count(outside.Length, "value")} of {input.Name} outside {Show.Value(input.Minimum)}..{Show.Value(input.Maximum)}, the first in line {table.LineOf(outside[0])}, taken as the end of that range as a board does.");
            }
        }
    }
}
