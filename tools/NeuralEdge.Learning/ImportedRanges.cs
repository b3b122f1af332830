using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Results;

namespace NeuralEdge.Learning;

/// <summary>
/// The ranges of the inputs of an imported network, from what is surest: what the person says, what a JSON file declares,
/// rows of data, the file's own scaler, the range that its integers are made for. Nothing else is taken for a range.
/// </summary>
internal sealed class ImportedRanges
{
    /// <summary>How far around its mean an input is taken to reach, in deviations of the file's own scaler.</summary>
    private const double Reach = InputScalers.Reach;

    private const int Listed = 6;

    private readonly ImportedModel _imported;
    private readonly FloatModel _model;
    private readonly List<string> _notes;

    private ImportedRanges(ImportedModel imported, FloatModel model, List<string> notes)
    {
        _imported = imported;
        _model = model;
        _notes = notes;
    }

    /// <summary>The model with a range for each input of which one is known.</summary>
    /// <param name="imported">The network as its file has it.</param>
    /// <param name="model">The same with the names that it is to have.</param>
    /// <param name="options">What the person says.</param>
    /// <param name="rows">Rows of data, null when there are none.</param>
    /// <param name="notes">Is told what was taken from where.</param>
    /// <exception cref="InputRefusedException">A range is given for an input that there is not.</exception>
    internal static FloatModel Resolve(ImportedModel imported, FloatModel model, ImportOptions options, double[][]? rows, List<string> notes) =>
        new ImportedRanges(imported, model, notes).Resolve(options, rows);

    private FloatModel Resolve(ImportOptions options, double[][]? rows)
    {
        RefuseUnknown(options);
        InputSpec[] inputs = [.. _model.Inputs];
        List<int> scaled = [];
        List<int> quantised = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            (double Minimum, double Maximum)? range = options.Ranges?.TryGetValue(inputs[i].Name, out (double, double) named) == true ? named
                : options.Range ?? (inputs[i].Minimum.HasValue && inputs[i].Maximum.HasValue ? (inputs[i].Minimum!.Value, inputs[i].Maximum!.Value) : null);
            if (range is null && rows is not null)
            {
                range = OfColumn(inputs[i].Name, [.. rows.Select(r => r[i])], options.Calibration!.Name);
            }

            if (range is null && OfScaler(i) is (double, double) own)
            {
                range = own;
                scaled.Add(i);
            }

            if (range is null && _imported.Quantisation is (double, double) integers)
            {
                range = integers;
                quantised.Add(i);
            }

            inputs[i] = range is null ? inputs[i] : inputs[i] with { Minimum = range.Value.Minimum, Maximum = range.Value.Maximum };
        }

        Tell(inputs, scaled, quantised);
        if (rows is not null)
        {
            WarnOfOtherUnits(rows, options.Calibration!.Name);
        }

        return new FloatModel(_model.Network, inputs, _model.Outputs);
    }

    private void RefuseUnknown(ImportOptions options)
    {
        foreach (string name in options.Ranges?.Keys ?? [])
        {
            if (!Array.Exists(_model.Inputs, i => i.Name == name))
            {
                throw new InputRefusedException(
                    $"--range gives a range to {NumberText.Quote(name)}, but the inputs are {string.Join(", ", _model.Inputs.Take(20).Select(i => i.Name))}; name one of these.");
            }
        }
    }

    // A column that never changes tells no range; one step to each side keeps what it is.
    private (double, double) OfColumn(string name, double[] column, string table)
    {
        (double minimum, double maximum) = (column.Min(), column.Max());
        if (minimum < maximum)
        {
            return (minimum, maximum);
        }

        _notes.Add($"{name} is {Number(minimum)} in every row of {table}, which tells no range; {Number(minimum - 1)}..{Number(minimum + 1)} is taken (--range {name}=MIN:MAX says another).");
        return (minimum - 1, minimum + 1);
    }

    private (double Minimum, double Maximum)? OfScaler(int input) =>
        input < _imported.Scalers.Length && _imported.Scalers[input] is (double mean, double deviation)
            ? (mean - (Reach * deviation), mean + (Reach * deviation))
            : null;

    private void Tell(InputSpec[] inputs, List<int> scaled, List<int> quantised)
    {
        if (scaled.Count > 0)
        {
            IEnumerable<string> each = scaled.Take(Listed).Select(i =>
                $"{inputs[i].Name} {Number(_imported.Scalers[i]!.Value.Mean)} and {Number(_imported.Scalers[i]!.Value.Deviation)}, so {Number(inputs[i].Minimum!.Value)}..{Number(inputs[i].Maximum!.Value)}");
            _notes.Add($"Ranges are taken from the file's own scaler, its means and deviations, {Number(Reach)} deviations to each side: {string.Join("; ", each)}{(scaled.Count > Listed ? "; and so on" : "")} (--calibrate DATA.csv or --range says others).");
        }

        if (quantised.Count > 0)
        {
            InputSpec first = inputs[quantised[0]];
            _notes.Add($"The ranges of the inputs are those of its quantisation, {Number(first.Minimum!.Value)}..{Number(first.Maximum!.Value)}; --calibrate DATA.csv gives narrower ones.");
        }
    }

    // Rows in other units than the file's are the likeliest mistake of all, so that it is said before everything else.
    private void WarnOfOtherUnits(double[][] rows, string table)
    {
        (double Minimum, double Maximum)?[] own = [.. Enumerable.Range(0, _model.Inputs.Length).Select(OwnRange)];
        int outside = rows.Count(row => row.Where((value, i) => own[i] is (double low, double high) && (value < low || value > high)).Any());
        if (2 * outside <= rows.Length)
        {
            return;
        }

        int worst = Enumerable.Range(0, own.Length).MaxBy(i => own[i] is (double low, double high) ? rows.Count(r => r[i] < low || r[i] > high) : -1);
        _notes.Insert(0, $"warning: {outside} of {NumberText.Count(rows.Length, "row")} of {table} {(outside == 1 ? "lies" : "lie")} outside what the file itself is made for: {_model.Inputs[worst].Name} {Number(own[worst]!.Value.Minimum)}..{Number(own[worst]!.Value.Maximum)}, where the rows have {Number(rows.Min(r => r[worst]))}..{Number(rows.Max(r => r[worst]))}; give rows in the units that the network was trained with.");
    }

    private (double Minimum, double Maximum)? OwnRange(int input)
    {
        InputSpec spec = _imported.Model.Inputs[input];
        return spec.Minimum.HasValue && spec.Maximum.HasValue ? (spec.Minimum.Value, spec.Maximum.Value) : OfScaler(input) ?? _imported.Quantisation;
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
