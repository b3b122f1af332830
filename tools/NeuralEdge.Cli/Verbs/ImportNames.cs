using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Import.Results;

namespace NeuralEdge.Cli.Verbs;

/// <summary>
/// Names for the inputs and outputs of a network whose file has none: ONNX and TensorFlow Lite know one tensor, not the
/// columns in it.
/// </summary>
internal static class ImportNames
{
    private const int LongestName = 64;

    /// <summary>The model with the names given, or those of the table's columns.</summary>
    /// <exception cref="InputRefusedException">As many names as inputs or outputs are needed, each its own.</exception>
    internal static FloatModel Apply(ImportedModel imported, string? inputs, string? outputs, Table? table)
    {
        FloatModel model = imported.Model;
        string[]? inputNames = inputs is null ? ColumnsOf(table, imported) : Split(inputs, "--inputs", model.Inputs.Length);
        string[]? outputNames = outputs is null ? null : Split(outputs, "--outputs", model.Outputs.Length);
        return new FloatModel(
            model.Network,
            inputNames is null ? model.Inputs : [.. model.Inputs.Select((input, i) => input with { Name = inputNames[i] })],
            outputNames is null ? model.Outputs : [.. model.Outputs.Select((output, i) => output with { Name = outputNames[i] })]);
    }

    // Data files have the inputs first and the target last, by a habit as old as the iris file.
    private static string[]? ColumnsOf(Table? table, ImportedModel imported)
    {
        int count = imported.Model.Inputs.Length;
        if (table is null || imported.NamesInputs || Array.TrueForAll(imported.Model.Inputs, i => table.Has(i.Name)))
        {
            return null;
        }

        if (table.Columns.Count < count)
        {
            throw new InputRefusedException($"{table.Name} has {Show.Count(table.Columns.Count, "column")}, but the network takes {Show.Count(count, "input")}; give a column for each, in their order, or name them with --inputs.");
        }

        string[] names = [.. table.Columns.Take(count)];
        Console.Error.WriteLine($"The network's file names no inputs; they are taken as the first columns of {table.Name}, in order: {string.Join(", ", names)} (--inputs names them otherwise).");
        return names;
    }

    private static string[] Split(string text, string option, int count)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries);
        if (names.Length != count)
        {
            throw new InputRefusedException($"{option} {NumberText.Quote(text)} has {Show.Count(names.Length, "name")}, but {count} are needed; give one for each, separated by commas.");
        }

        if (names.Distinct(StringComparer.Ordinal).Count() != count || Array.Exists(names, n => n.Length is 0 or > LongestName))
        {
            throw new InputRefusedException($"{option} {NumberText.Quote(text)} has a name twice, an empty one, or one of more than {LongestName} letters; give each its own.");
        }

        return names;
    }
}
