using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>
/// Section 7.2 of FORMAT.md as a program: its functions and its table are read from the document's text. Only what the words of the
/// column "once for" mean is written here, and that is looked up in a network's shape and not in the code that counts.
/// </summary>
internal sealed class MemoryFormula
{
    private const string Reading = " + weights, tables and curves of all layers up to this one";

    private static readonly Dictionary<string, Func<Network, int, bool>> OfNetwork = new()
    {
        ["the model"] = (_, l) => l < 0,
        ["a layer of arithmetic 0"] = (network, l) => l >= 0 && !InLanes(network),
        ["a layer of arithmetic 1"] = (network, l) => l >= 0 && InLanes(network),
        ["a table that no earlier layer has, with the same activation, slope, m and e"] = (network, l) => l >= 0 && TableOf(network, l) is { } table && !Enumerable.Range(0, l).Any(earlier => TableOf(network, earlier) == table),
        ["a layer with more than 64 inputs"] = (network, l) => l >= 0 && network.GetLayer(l).InputCount > 64,
        ["the first and the second layer of arithmetic 0, where another follows"] = (network, l) => l is 0 or 1 && !InLanes(network) && l < network.LayerCount - 1,
        ["the first layer of arithmetic 1"] = (network, l) => l == 0 && InLanes(network),
        ["a later layer of arithmetic 1, up to 64 inputs"] = (network, l) => l > 0 && InLanes(network) && network.GetLayer(l).InputCount <= 64,
        ["a later layer of arithmetic 1, more than 64 inputs"] = (network, l) => l > 0 && InLanes(network) && network.GetLayer(l).InputCount > 64,
        ["a layer of arithmetic 1, but not the last"] = (network, l) => l >= 0 && InLanes(network) && l < network.LayerCount - 1,
        ["the last layer of arithmetic 1"] = (network, l) => InLanes(network) && l == network.LayerCount - 1,
        ["a sigmoid layer of arithmetic 0 that is fused"] = (network, l) => l >= 0 && !InLanes(network) && IsFused(network.GetLayer(l)) && network.GetLayer(l).Activation == Activation.Sigmoid,
        ["a tabulated layer"] = (network, l) => l >= 0 && network.GetLayer(l).Curve is not null,
        ["a layer that can meet its ceiling"] = (network, l) => l >= 0 && network.GetLayer(l).MeetsCeiling,
        ["a layer of arithmetic 0 that is not fused and cannot meet its ceiling, or the last one of arithmetic 1; neither if it is linear or softmax and all its shifts are 0"] =
            (network, l) => l >= 0 && (InLanes(network) ? l == network.LayerCount - 1 : !IsFused(network.GetLayer(l)) && !network.GetLayer(l).MeetsCeiling) && !IsPlain(network.GetLayer(l)),
    };

    private static readonly Dictionary<string, Func<WindowShape, int, bool>> OfChannel = new()
    {
        ["a channel"] = (_, _) => true,
        ["a channel with a quantile"] = (shape, c) => shape.Has(c, FeatureKind.Quantile),
        ["a channel with octaves, the largest p of which is o"] = (shape, c) => shape.Has(c, FeatureKind.Octave),
        ["a channel with bands, which have B bins together"] = (shape, c) => shape.Has(c, FeatureKind.Band),
    };

    private readonly Dictionary<string, Func<double[], double>> _functions = new()
    {
        ["ceil"] = values => Math.Ceiling(values[0]),
        ["floor"] = values => Math.Floor(values[0]),
        ["max"] = values => values.Max(),
    };

    private readonly (string What, string Case, string Bytes)[] _rows;
    private readonly string _reading;
    private readonly string _words = Said("neurons and `w");
    private readonly string _wordsOfThree = Said("with lanes 3 `w");
    private readonly string _blocks = Said("its inputs fill `b");
    private readonly string _size = Said("and `s");

    /// <summary>Reads the section.</summary>
    internal MemoryFormula()
    {
        string[] lines = [.. FormatDocument.Text.Fences.SelectMany(fence => fence.Lines)];
        foreach (Match line in lines.Select(line => Regex.Match(line, @"^([A-Z])\(([a-z, ]+)\) *= (\S+(?: \S+)*)")).Where(line => line.Success))
        {
            string[] names = line.Groups[2].Value.Split(", ");
            string body = line.Groups[3].Value;
            Match sizes = Regex.Match(body, @"^the smallest of ([\d ]+) that is c or more; c itself above (\d+)$");
            _functions[line.Groups[1].Value] = sizes.Success
                ? values => values[0] > Number(sizes.Groups[2].Value) ? values[0] : sizes.Groups[1].Value.Split(' ').Select(Number).First(size => size >= values[0])
                : values => Formula.Evaluate(body, _functions, names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second));
        }

        _rows = [.. FormatDocument.Text.Rows().SkipWhile(row => !row.SequenceEqual(["what", "once for", "bytes"])).Skip(2)
            .TakeWhile(row => row.Length == 3 && row[2].StartsWith('`')).Select(row => (row[0], row[1], row[2].Trim('`')))];
        _reading = lines.Single(line => line.EndsWith(Reading, StringComparison.Ordinal))[..^Reading.Length];
    }

    /// <summary>M.</summary>
    internal int Running(Model model) => Enumerable.Range(-1, model.Network.LayerCount + 1).Sum(l => Count(model, l, _ => true));

    /// <summary>What loading a model takes.</summary>
    internal int Loading(Model model)
    {
        IEnumerable<int> reading = Enumerable.Range(0, model.Network.LayerCount).Select(l =>
            (int)Formula.Evaluate(_reading, _functions, Values(model, l)) + Enumerable.Range(0, l + 1).Sum(k => Count(model, k, what => what is "weights" or "table" or "curve")));
        return (int)_functions["A"]([model.Length]) + Math.Max(Running(model), reading.Max());
    }

    // Layer -1 stands for the model.
    private int Count(Model model, int l, Func<string, bool> counts) =>
        (int)_rows.Where(row => counts(row.What)).Sum(row => OfChannel.TryGetValue(row.Case, out var isCase)
            ? Channels(model, l).Where(c => isCase(model.Windows.Shape, c)).Sum(c => Evaluate(row.Bytes, Values(model, l).Concat(ChannelValues(model.Windows.Shape, c))))
            : IsCase(row.Case, model, l) ? Evaluate(row.Bytes, Values(model, l)) : 0);

    private double Evaluate(string bytes, IEnumerable<KeyValuePair<string, double>> values) => Formula.Evaluate(bytes, _functions, new Dictionary<string, double>(values));

    private static IEnumerable<int> Channels(Model model, int l) => Enumerable.Range(0, l < 0 && model.Windows is not null ? model.Windows.Shape.Channels.Length : 0);

    private static bool IsCase(string name, Model model, int l) => name switch
    {
        "a model with section 8" => l < 0 && model.Familiarity is not null,
        "a model with section 11, whose votes are v" => l < 0 && model.Bindings.Decisions is not null,
        "a model with section 9" => l < 0 && model.Windows is not null,
        "a model with a band" => l < 0 && model.Windows?.Shape.Features.Any(feature => feature.Kind == FeatureKind.Band) == true,
        _ => OfNetwork[name](model.Network, l),
    };

    private static Dictionary<string, double> ChannelValues(WindowShape shape, int channel) => new()
    {
        ["o"] = shape.Features.Where(feature => feature.Channel == channel && feature.Kind == FeatureKind.Octave).Select(feature => feature.First).DefaultIfEmpty().Max(),
        ["B"] = shape.Features.Where(feature => feature.Channel == channel && feature.Kind == FeatureKind.Band).Sum(feature => feature.Last - feature.First + 1),
    };

    private Dictionary<string, double> Values(Model model, int l)
    {
        Network network = model.Network;
        Dictionary<string, double> values = new()
        {
            ["I"] = network.InputCount, ["Q"] = network.OutputCount, ["L"] = network.LayerCount, ["V"] = model.Golden.Count, ["S"] = network.InputCount,
        };
        if (model.Familiarity is not null)
        {
            values["P"] = model.Familiarity.PrototypeCount;
        }

        if (model.Bindings.Decisions is not null)
        {
            values["v"] = model.Bindings.Decisions.Votes;
        }

        if (model.Windows is not null)
        {
            WindowShape shape = model.Windows.Shape;
            (values["S"], values["T"], values["H"], values["N"]) = (shape.Channels.Length, model.WindowTests.Count, shape.Hops, shape.Samples);
        }

        if (l >= 0)
        {
            DenseLayer layer = network.GetLayer(l);
            (values["i"], values["n"]) = (layer.InputCount, layer.NeuronCount);
            values["m"] = Enumerable.Range(1, network.LayerCount - 1).Select(k => _functions["K"]([network.GetLayer(k).InputCount])).DefaultIfEmpty().Max();
            values["w"] = Formula.Evaluate(layer.LaneCount == 3 ? _wordsOfThree : _words, _functions, values);
            values["b"] = Formula.Evaluate(_blocks, _functions, values);
            values["s"] = Formula.Evaluate(_size, _functions, values);
        }

        return values;
    }

    // The formula between backticks that begins with these words and an equals sign.
    private static string Said(string words) => Regex.Match(FormatDocument.Text.Prose.ReplaceLineEndings(" "), Regex.Escape(words) + " = ([^`]+)`").Groups[1].Value;

    private static bool InLanes(Network network) => network.GetLayer(0).LaneCount > 0;

    private static bool IsFused(DenseLayer layer) => layer.Activation is Activation.Tanh or Activation.Sigmoid && layer.NeuronCount > 1 && Shifts(layer).All(shift => shift >= 0);

    private static bool IsPlain(DenseLayer layer) => layer.Activation is Activation.Linear or Activation.Softmax && Shifts(layer).All(shift => shift == 0);

    private static IEnumerable<int> Shifts(DenseLayer layer) => Enumerable.Range(0, layer.NeuronCount).Select(layer.GetShift);

    private static (Activation, int, int, int)? TableOf(Network network, int l) =>
        network.GetLayer(l) is { Table: { } table } layer ? (layer.Activation, layer.Slope, table.Multiplier, table.Shift) : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
