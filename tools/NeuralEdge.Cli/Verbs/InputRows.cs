using NeuralEdge.Modeling;
using NeuralEdge.Modeling.Data;
using NeuralEdge.Modeling.Files;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The rows of a table that a model is to be run on.</summary>
internal static class InputRows
{
    /// <summary>Columns by the names of the model's inputs; without a header, in the order of the inputs.</summary>
    internal static double[][] Read(string path, ModelFile model)
    {
        string[] names = Array.ConvertAll(model.Labels.Inputs, i => i.Name);
        string text = TextFile.Read(path, Table.MaximumBytes);
        Table table;
        if (HasNoHeader(text))
        {
            // The first line is numbers: the model's inputs in their order.
            table = Table.Parse(string.Join(SeparatorOf(text), names.Select(Output.CsvText.Quote)) + "\n" + text, path);
            Console.Error.WriteLine($"{path} has no line of names; its columns are taken as {string.Join(", ", names)}.");
        }
        else
        {
            table = Table.Parse(text, path);
        }

        foreach (string name in names)
        {
            if (!table.Has(name))
            {
                throw new InputRefusedException($"{path} has no column {NumberText.Quote(name)}, which the model needs (its inputs: {string.Join(", ", names)}); name the columns like the inputs.");
            }
        }

        return table.Matrix(names);
    }

    private static bool HasNoHeader(string text)
    {
        string first = text.Split('\n').FirstOrDefault(line => line.Trim().Length > 0) ?? "";
        string[] cells = first.Trim().Split(SeparatorOf(text)[0]);
        return cells.Length > 0 && Array.TrueForAll(cells, cell => NumberText.TryParse(cell.Trim(), decimalComma: true, out _));
    }

    private static string SeparatorOf(string text)
    {
        string first = text.Split('\n').FirstOrDefault(line => line.Trim().Length > 0) ?? "";
        return first.Contains(';', StringComparison.Ordinal) ? ";" : first.Contains('\t', StringComparison.Ordinal) ? "\t" : ",";
    }
}
