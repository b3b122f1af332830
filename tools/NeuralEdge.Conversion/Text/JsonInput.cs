using System.Text.Json;

namespace NeuralEdge.Conversion.Text;

/// <summary>
/// A place in a JSON file that somebody wrote: knows its path, and refuses what does not belong there in words
/// that name it, as in <c>layers[1].weights[0]</c>.
/// </summary>
internal readonly struct JsonInput
{
    private readonly string _file;
    private readonly string _path;
    private readonly JsonElement _element;

    private JsonInput(string file, string path, JsonElement element)
    {
        _file = file;
        _path = path;
        _element = element;
    }

    /// <summary>Parses a whole file; comments and trailing commas are forgiven, a field given twice is not.</summary>
    public static JsonInput Parse(string text, string file)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InputRefusedException($"{file} is empty; it should hold a JSON object.");
        }

        try
        {
            JsonDocumentOptions options = new()
            {
                AllowTrailingCommas = true,
                AllowDuplicateProperties = false,
                CommentHandling = JsonCommentHandling.Skip,
                MaxDepth = 16,
            };

            // Cloned, so that the elements outlive the document's pooled memory.
            using JsonDocument document = JsonDocument.Parse(text, options);
            return new JsonInput(file, string.Empty, document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            string where = e.LineNumber is long line
                ? $"line {line + 1}, character {(e.BytePositionInLine ?? 0) + 1}"
                : "its structure";
            string what = e.Message.Contains("uplicate", StringComparison.Ordinal)
                ? "gives a field twice; remove one of them"
                : e.Message.Contains("maximum configured depth", StringComparison.Ordinal)
                    ? "is nested too deeply; compare it with the example in the manual"
                    : $"is not valid JSON at {where}; look for a missing comma, quote or bracket there";
            throw new InputRefusedException($"{file} {what}.", e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // Half a surrogate pair cannot be written as UTF-8, and the parser says so in its own way.
            throw new InputRefusedException($"{file} holds characters that are no valid text; save it as UTF-8.", e);
        }
    }

    /// <summary>True when the place exists and is not null.</summary>
    public bool Exists => _element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>How many elements an array has.</summary>
    public int Count => _element.GetArrayLength();

    /// <summary>An element of an array.</summary>
    public JsonInput this[int index] => new(_file, $"{_path}[{index}]", _element[index]);

    /// <summary>A field of an object, not existing when it is left out.</summary>
    public JsonInput this[string field]
    {
        get
        {
            string path = _path.Length == 0 ? field : $"{_path}.{field}";
            return new JsonInput(_file, path, _element.TryGetProperty(field, out JsonElement element) ? element : default);
        }
    }

    /// <summary>A refusal that begins with this place.</summary>
    public InputRefusedException Refuse(string rest)
    {
        return new InputRefusedException(_path.Length == 0 ? $"{_file}: the file {rest}." : $"{_file}: {_path} {rest}.");
    }

    /// <summary>Insists on an object with no other fields than these.</summary>
    public JsonInput RequireObject(params string[] fields)
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw Refuse($"is {Kind()}, but must be an object in braces");
        }

        try
        {
            foreach (JsonProperty property in _element.EnumerateObject())
            {
                if (!fields.Contains(property.Name, StringComparer.Ordinal))
                {
                    string hint = Array.Find(fields, f => string.Equals(f, property.Name, StringComparison.OrdinalIgnoreCase)) is string meant
                        ? $"did you mean \"{meant}\""
                        : $"known are {string.Join(", ", fields)}";
                    throw Refuse($"has an unknown field {NumberText.Quote(property.Name)}; {hint}");
                }
            }
        }
        catch (InvalidOperationException e)
        {
            throw new InputRefusedException($"{_file}: a field name {(_path.Length == 0 ? "of the file" : $"in {_path}")} is no valid text; save the file as UTF-8.", e);
        }

        return this;
    }

    /// <summary>Insists on an array of so many elements.</summary>
    public JsonInput RequireArray(int fewest, int most, string of)
    {
        if (_element.ValueKind != JsonValueKind.Array)
        {
            throw Refuse(Exists ? $"is {Kind()}, but must be an array of {of} in square brackets" : $"is missing; give an array of {of}");
        }

        if (Count < fewest || Count > most)
        {
            string allowed = fewest == most ? $"{fewest}" : $"{fewest} to {most}";
            throw Refuse($"has {Count} {of}, but must have {allowed}");
        }

        return this;
    }

    /// <summary>A finite number within limits.</summary>
    public double Number(double smallest, double largest)
    {
        if (_element.ValueKind != JsonValueKind.Number)
        {
            throw Refuse(Exists ? $"is {Kind()}, but must be a number" : "is missing; give a number");
        }

        if (!_element.TryGetDouble(out double value) || !(value >= smallest && value <= largest))
        {
            throw Refuse($"is {Shorten(_element.GetRawText())}, but must be from {Show(smallest)} to {Show(largest)}");
        }

        return value;
    }

    /// <summary>A whole number within limits.</summary>
    public int Integer(int smallest, int largest)
    {
        double value = Number(smallest, largest);
        if (value != Math.Floor(value))
        {
            throw Refuse($"is {Shorten(_element.GetRawText())}, but must be a whole number");
        }

        return (int)value;
    }

    /// <summary>True or false.</summary>
    public bool Flag()
    {
        return _element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Refuse($"is {Kind()}, but must be true or false"),
        };
    }

    /// <summary>A text without control characters, of at most so many bytes of UTF-8.</summary>
    public string Text(int mostBytes)
    {
        if (_element.ValueKind != JsonValueKind.String)
        {
            throw Refuse(Exists ? $"is {Kind()}, but must be a text in quotes" : "is missing; give a text in quotes");
        }

        string text;
        try
        {
            text = _element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InputRefusedException($"{_file}: {_path} is no valid text; save the file as UTF-8.", e);
        }

        if (text.Any(char.IsControl) || System.Text.Encoding.UTF8.GetByteCount(text) > mostBytes)
        {
            throw Refuse($"must be at most {mostBytes} bytes of text without control characters");
        }

        return Harmless.Line(text);
    }

    /// <summary>A name: a text that is not blank.</summary>
    public string Name()
    {
        string name = Text(Names.MostBytes);
        return string.IsNullOrWhiteSpace(name) ? throw Refuse("is blank; give a name") : name;
    }

    private string Kind()
    {
        return _element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => $"the text {Shorten(_element.GetRawText())}",
            JsonValueKind.Number => $"the number {Shorten(_element.GetRawText())}",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "missing",
        };
    }

    private static string Shorten(string text)
    {
        return text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 37), "...");
    }

    private static string Show(double value)
    {
        return value.ToString("G9", System.Globalization.CultureInfo.InvariantCulture);
    }
}
