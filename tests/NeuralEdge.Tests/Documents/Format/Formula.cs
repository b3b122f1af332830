using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>
/// A formula as documents write them: numbers, names, +, -, / and mod, "8 n" and "4 (i + 1)" for products, and functions, whose
/// bracket follows their name at once.
/// </summary>
internal sealed partial class Formula
{
    // The same few formulas, thousands of times.
    private static readonly ConcurrentDictionary<string, string[]> Tokens = new();

    private readonly string[] _tokens;
    private readonly IReadOnlyDictionary<string, Func<double[], double>> _functions;
    private readonly IReadOnlyDictionary<string, double> _values;
    private int _at;

    private Formula(string text, IReadOnlyDictionary<string, Func<double[], double>> functions, IReadOnlyDictionary<string, double> values)
    {
        _tokens = Tokens.GetOrAdd(text, static text => [.. Token().Matches(text).Select(m => m.Value), ""]);
        _functions = functions;
        _values = values;
    }

    /// <summary>The value of a formula.</summary>
    internal static double Evaluate(string text, IReadOnlyDictionary<string, Func<double[], double>> functions, IReadOnlyDictionary<string, double> values)
    {
        Formula formula = new(text, functions, values);
        double value = formula.Sum();
        Assert.AreEqual("", formula._tokens[formula._at], $"not understood in: {text}");
        return value;
    }

    private double Sum()
    {
        double sum = Product();
        while (_tokens[_at] is "+" or "-")
        {
            sum += _tokens[_at++] == "+" ? Product() : -Product();
        }

        return sum;
    }

    private double Product()
    {
        double product = Factor();
        while (_tokens[_at] is not ("" or "+" or "-" or ")" or ","))
        {
            product = _tokens[_at] switch
            {
                "/" => product / NextFactor(),
                "mod" => product % NextFactor(),
                _ => product * Factor(),
            };
        }

        return product;
    }

    private double NextFactor()
    {
        _at++;
        return Factor();
    }

    private double Factor()
    {
        string token = _tokens[_at++];
        if (token == "(")
        {
            return Bracket()[0];
        }

        if (token.EndsWith('('))
        {
            return _functions[token[..^1]](Bracket());
        }

        return double.TryParse(token, CultureInfo.InvariantCulture, out double number) ? number : _values[token];
    }

    private double[] Bracket()
    {
        List<double> values = [];
        do
        {
            values.Add(Sum());
        }
        while (_tokens[_at++] == ",");

        Assert.AreEqual(")", _tokens[_at - 1]);
        return [.. values];
    }

    [GeneratedRegex(@"[A-Za-z]+\(?|\d+|[-+/(),]|[^\s]")]
    private static partial Regex Token();
}
