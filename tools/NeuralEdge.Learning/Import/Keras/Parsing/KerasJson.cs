using System.Text.Json;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Keras.Parsing;

/// <summary>A place in the JSON that Keras describes a model with; fields that are not asked for are left alone.</summary>
internal readonly struct KerasJson
{
    private const int MostBytes = 16 << 20;
    private const int Deepest = 64;

    private readonly string _file;
    private readonly JsonElement _element;

    private KerasJson(string file, JsonElement element) => (_file, _element) = (file, element);

    /// <summary>True when the place is there and not null.</summary>
    internal bool Exists => _element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    internal bool IsObject => _element.ValueKind == JsonValueKind.Object;

    internal bool IsArray => _element.ValueKind == JsonValueKind.Array;

    internal bool IsTrue => _element.ValueKind == JsonValueKind.True;

    /// <summary>The elements of an array; none when it is none.</summary>
    internal KerasJson[] Items
    {
        get
        {
            string file = _file;
            return IsArray ? [.. _element.EnumerateArray().Select(e => new KerasJson(file, e))] : [];
        }
    }

    /// <summary>The text that stands here; null when there is none.</summary>
    internal string? Text
    {
        get
        {
            try
            {
                return _element.ValueKind == JsonValueKind.String ? _element.GetString() : null;
            }
            catch (InvalidOperationException e)
            {
                // Half a surrogate pair.
                throw new InputRefusedException($"{_file} describes its model with a text that is no valid text; save it again.", e);
            }
        }
    }

    /// <summary>The finite number that stands here, also as NumPy's numbers are written; null when there is none.</summary>
    internal double? Number => _element.ValueKind == JsonValueKind.Number && _element.TryGetDouble(out double number) && double.IsFinite(number) ? number
        : IsObject && this["class_name"].Text == "__numpy__" ? this["config"]["value"].Number
        : null;

    /// <summary>The whole number that stands here; null when there is none.</summary>
    internal int? Integer => Number is double number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    /// <summary>A field of an object; one that does not exist when this is none or lacks it.</summary>
    internal KerasJson this[string field] => new(_file, IsObject && _element.TryGetProperty(field, out JsonElement found) ? found : default);

    /// <summary>Parses the description of a model.</summary>
    /// <param name="text">The whole of it.</param>
    /// <param name="file">The file, for refusals.</param>
    /// <param name="what">What refusals call the text.</param>
    internal static KerasJson Parse(ReadOnlyMemory<byte> text, string file, string what)
    {
        if (text.Length > MostBytes)
        {
            throw new InputRefusedException($"{file} has {what} of more than {MostBytes >> 20} MB, far more than a network for a board; train a smaller network.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });
            return new KerasJson(file, document.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new InputRefusedException($"{file} has {what} that is no valid JSON, gives a field twice, or is nested too deeply; save or download it again.", e);
        }
    }

    /// <summary>The numbers of an array of any depth, and its sizes; null when it is no regular array of numbers.</summary>
    internal ConstantValue? Numbers(WorkBudget budget)
    {
        if (Number is double single)
        {
            return new ConstantValue([], [single]);
        }

        KerasJson[] items = IsObject && this["class_name"].Text == "__numpy__" ? this["config"]["value"].Items : Items;
        budget.Cells(8L * items.Length);
        ConstantValue?[] parts = [.. items.Select(i => i.Numbers(budget))];
        return parts.Length > 0 && Array.TrueForAll(parts, p => p is not null && p.Shape.SequenceEqual(parts[0]!.Shape))
            ? new ConstantValue([parts.Length, .. parts[0]!.Shape], [.. parts.SelectMany(p => p!.Data)])
            : null;
    }
}
