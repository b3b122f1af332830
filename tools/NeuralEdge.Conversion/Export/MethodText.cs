using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Conversion.Export;

/// <summary>A method while it is written: parameters, locals, statements, and the size of its code.</summary>
internal sealed class MethodText
{
    private const string Indent = "                ";
    private const string Deeper = "                        ";
    private const int TermsInALine = 4;
    private const int LongestName = 6;
    private const int ParametersInALine = 10;

    // The first four locals have operations of their own, which are shorter and faster: a sum, a table of activations, an int
    // on its way, sums that several methods add to.
    private static readonly (string Type, string Name)[] Hot = [("long", "s"), ("long[]", "t"), ("int", "v"), ("long[]", "a")];

    private readonly StringBuilder _text = new();
    private readonly List<string> _declared = [];
    private int _bytes = 1;

    /// <param name="name">Its name.</param>
    /// <param name="parameters">Type and name of what it is given.</param>
    internal MethodText(string name, IEnumerable<(string Type, string Name)> parameters)
    {
        Name = name;
        Parameters = [.. parameters];
    }

    /// <summary>Its name.</summary>
    internal string Name { get; }

    /// <summary>What it is given.</summary>
    internal IReadOnlyList<(string Type, string Name)> Parameters { get; }

    /// <summary>Bytes of code, the return included.</summary>
    internal int Bytes
    {
        get
        {
            // Locals that came to stand among the first four after all; each time its name stands there, it is read or written.
            string statements = _text.ToString();
            IEnumerable<string> near = _declared.Take(Hot.Length - Written(statements).Count());
            return _bytes - near.Sum(name => Regex.Count(statements, $@"\b{name}\b"));
        }
    }

    /// <summary>The field whose table is in the local t, empty before there is one.</summary>
    internal string Table { get; private set; } = "";

    /// <summary>The block of the method. Sums wrap on purpose, also where a project asks for checks.</summary>
    internal string Body
    {
        get
        {
            string statements = _text.ToString();
            string declarations = string.Concat(Written(statements).Select(local => $"{Indent}{local.Type} {local.Name};\n"));
            string gap = declarations.Length > 0 ? "\n" : "";
            return $"        {{\n            unchecked\n            {{\n{declarations}{gap}{statements}            }}\n        }}\n";
        }
    }

    /// <summary>The parameters as they are declared, some on a line.</summary>
    internal string Declaration => string.Join(
        ",\n            ", Parameters.Select(p => $"{p.Type} {p.Name}").Chunk(ParametersInALine).Select(line => string.Join(", ", line)));

    /// <summary>The value of a local or a parameter.</summary>
    internal Code Value(string name)
    {
        int parameter = Parameters.TakeWhile(p => p.Name != name).Count();
        bool near = parameter < Parameters.Count ? parameter < Hot.Length : Array.Exists(Hot, local => local.Name == name);
        return new Code(name, near ? 1 : 2);
    }

    /// <summary>Gives a local a value, and declares it when it is new.</summary>
    internal void Assign(string type, string name, Code value)
    {
        bool isNew = !_declared.Contains(name) && !Array.Exists(Hot, local => local.Name == name);
        string declaration = isNew ? type + " " : "";
        if (isNew)
        {
            _declared.Add(name);
        }

        Statement(value.Then($"{declaration}{name} = {{0}};", Value(name).Bytes));
    }

    /// <summary>Gives an element of an array a value.</summary>
    internal void AssignElement(Code array, int index, Code value)
    {
        Code element = Code.Element(array, Code.Int(index));
        Statement(value.Then(element.Text + " = {0};", element.Bytes));
    }

    /// <summary>Has a table in the local t, made if this is its first use.</summary>
    internal void UseTable(string field)
    {
        if (Table != field)
        {
            Table = field;
            Assign("long[]", "t", new Code($"{field} ??= Make{field}()", (3 * Code.TokenBytes) + Code.JumpBytes + 3));
        }
    }

    /// <summary>Calls a static method that returns nothing.</summary>
    internal void Call(string method, IEnumerable<Code> arguments)
    {
        StringBuilder text = new(method + "(");
        string separator = "\n";
        int bytes = Code.TokenBytes;
        foreach (Code argument in arguments)
        {
            text.Append(separator).Append(Indent).Append("    ").Append(argument.Text);
            bytes += argument.Bytes;
            separator = ",\n";
        }

        Statement(new Code(text.Append(");").ToString(), bytes));
    }

    /// <summary>A statement.</summary>
    internal void Statement(Code code)
    {
        _text.Append(Indent).Append(code.Text).Append('\n');
        _bytes += code.Bytes;
    }

    /// <summary>A comment, with an empty line in front of it.</summary>
    internal void Comment(FormattableString text)
    {
        _text.Append(_text.Length == 0 ? "" : "\n").Append(Indent).Append("// ").Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>A sum that stays on the evaluation stack, where few values lie at a time; terms of weight zero are left out.</summary>
    /// <param name="start">What it begins with, null for nothing.</param>
    /// <param name="terms">Constant and value.</param>
    internal static Code Sum(Code? start, IEnumerable<(long Word, Code Value)> terms)
    {
        StringBuilder text = new(start?.Text);
        int bytes = start?.Bytes ?? 0;
        int count = 0;
        foreach ((long word, Code value) in terms.Where(term => term.Word != 0))
        {
            Code constant = Code.Long(word);
            bool first = start is null && count == 0;
            text.Append(first ? "" : count % TermsInALine == 0 || value.Text.Length > LongestName ? $"\n{Deeper}+ " : " + ");
            text.Append($"({constant.Text} * {value.Text.Replace("\n", "\n    ", StringComparison.Ordinal)})");
            bytes += constant.Bytes + value.Bytes + 1 + (first ? 0 : 1);
            count++;
        }

        return start is null && count == 0 ? Code.Long(0) : new Code(text.ToString(), bytes);
    }

    // Some expressions that keep a value are not written in the end, because nobody reads what they give.
    private static IEnumerable<(string Type, string Name)> Written(string statements) =>
        Hot.Where(local => Regex.IsMatch(statements, $@"\b{local.Name} = "));
}
