using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Import.Fann;

/// <summary>The lines "field=value" of a FANN file.</summary>
internal sealed class FannText
{
    private readonly string _name;
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    internal FannText(string text, string name)
    {
        _name = name;
        foreach (string line in text.Split('\n'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                // "neurons (num_inputs, activation_function, activation_steepness)=...": the first word is the field.
                string field = line[..equals].Split(' ', 2)[0];
                if (!_fields.TryAdd(field, line[(equals + 1)..].Trim()))
                {
                    throw Refuse($"has the field {NumberText.Quote(field)} twice", "save the network again");
                }
            }
        }
    }

    internal InputRefusedException Refuse(string what, string advice) => new($"{_name} {what}; {advice}.");

    internal string? Optional(string field) => _fields.GetValueOrDefault(field);

    internal string Required(string field) => Optional(field) ?? throw Refuse($"has no field {field}", "save the network again with fann_save");

    /// <summary>A list "(1, 2) (3, 4) " of so many tuples, checked before anything is allocated for them.</summary>
    internal double[][] Tuples(string field, int length, int count)
    {
        string text = Required(field);
        int found = text.Count(c => c == '(');
        if (found != count)
        {
            throw Refuse($"has {found} {field} where the layer sizes ask for {count}", "save the network again with fann_save");
        }

        double[][] tuples = new double[count][];
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            int open = text.IndexOf('(', at);
            int close = text.IndexOf(')', open);
            string[] parts = close < 0 ? [] : text[(open + 1)..close].Split(',');
            if (parts.Length != length)
            {
                throw Refuse($"has a broken entry {i} in {field}", "save the network again with fann_save");
            }

            tuples[i] = Array.ConvertAll(parts, p =>
                double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                    ? number
                    : throw Refuse($"has {NumberText.Quote(p.Trim())} in entry {i} of {field}, which is no usable number", "train again or save the network again"));
            at = close;
        }

        return tuples;
    }
}
