using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Import.Results;

namespace NeuralEdge.Learning.Import;

/// <summary>
/// Names for the inputs and outputs of a network whose file has none: ONNX, Keras and TensorFlow Lite know one tensor, not the
/// columns in it.
/// </summary>
internal static class ImportedNames
{
    private const int LongestName = 64;

    /// <summary>The model with the names given, or those of the table's columns.</summary>
    /// <param name="imported">The model.</param>
    /// <param name="inputs">Names of the inputs, null when none are given.</param>
    /// <param name="outputs">Names of the outputs, null when none are given.</param>
    /// <param name="table">Rows for the model, null when there are none.</param>
    /// <param name="notes">Is told when names are taken from the table.</param>
    /// <exception cref="InputRefusedException">As many names as inputs or outputs are needed, each its own.</exception>
    internal static FloatModel Apply(ImportedModel imported, IReadOnlyList<string>? inputs, IReadOnlyList<string>? outputs, Table? table, List<string> notes)
    {
        FloatModel model = imported.Model;
        IReadOnlyList<string>? inputNames = inputs is null ? ColumnsOf(table, imported, notes) : Checked(inputs, "--inputs", model.Inputs.Length);
        IReadOnlyList<string>? outputNames = outputs is null ? null : Checked(outputs, "--outputs", model.Outputs.Length);
        return new FloatModel(
            model.Network,
            inputNames is null ? model.Inputs : [.. model.Inputs.Select((input, i) => input with { Name = inputNames[i] })],
            outputNames is null ? model.Outputs : [.. model.Outputs.Select((output, i) => output with { Name = outputNames[i] })]);
    }

    // Data files have the inputs first and the target last, by a habit as old as the iris file.
    private static string[]? ColumnsOf(Table? table, ImportedModel imported, List<string> notes)
    {
        int count = imported.Model.Inputs.Length;
        if (table is null || imported.NamesInputs || Array.TrueForAll(imported.Model.Inputs, i => table.Has(i.Name)))
        {
            return null;
        }

        if (table.Columns.Count < count)
        {
            throw new InputRefusedException($"{table.Name} has {NumberText.Count(table.Columns.Count, "column")}, but the network takes {NumberText.Count(count, "input")}; give a column for each, in their order, or name them with --inputs.");
        }

        string[] names = [.. table.Columns.Take(count)];
        notes.Add($"The network's file names no inputs; they are taken as the first columns of {table.Name}, in order: {string.Join(", ", names)} (--inputs names them otherwise).");
        return names;
    }

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> names, string option, int count)
    {
        string text = NumberText.Quote(string.Join(",", names));
        if (names.Count != count)
        {
            throw new InputRefusedException($"{option} {text} has {NumberText.Count(names.Count, "name")}, but {count} are needed; give one for each, separated by commas.");
        }

        return names.Distinct(StringComparer.Ordinal).Count() == count && names.All(name => name.Length is > 0 and <= LongestName)
            ? names
            : throw new InputRefusedException($"{option} {text} has a name twice, an empty one, or one of more than {LongestName} letters; give each its own.");
    }
}
