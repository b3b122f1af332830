using System.Globalization;
using NeuralEdge.Board.Control;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Reports;

/// <summary>An analysis in words and cells, the same in the terminal and on the page.</summary>
internal static class AnalysisText
{
    /// <summary>An alternative is worth telling when it takes a fifth of the error away.</summary>
    private const double Worthwhile = 0.8;

    /// <summary>An error this many times another hides it: of two that are independent, the smaller adds 2 % to the larger.</summary>
    private const double MuchLarger = 5;

    /// <summary>What an error of a classifier's output is one of.</summary>
    internal const string BeforeSoftmax = "score before softmax";

    private const double MuchSaturated = 0.5;
    private const int ListedRows = 5;

    internal static readonly string[] LayerHeader =
        ["layer", "weights", "shift", "fraction bits", "headroom", "saturated", "error in LSB", "as a value"];

    internal static void Write(TextWriter writer, ConversionAnalysis analysis)
    {
        writer.WriteLine("The same network in each profile:");
        TextTable.Write(writer, ProfileHeader(analysis), ProfileCells(analysis));
        writer.WriteLine(Heading(analysis) + ":");
        TextTable.Write(writer, LayerHeader, LayerCells(analysis));
        foreach (string sentence in Sentences(analysis))
        {
            writer.WriteLine(sentence);
        }
    }

    /// <summary>The figures as a part of a JSON document.</summary>
    internal static object Document(ConversionAnalysis analysis) => new
    {
        rows = analysis.Looked,
        layers = analysis.Layers.Select(layer => new
        {
            layer.WeightBytes,
            table = layer.HasTable,
            shift = (int[])[layer.Shift.Least, layer.Shift.Most],
            fractionBits = (double[])[Math.Round(layer.FractionBits.Least, 2), Math.Round(layer.FractionBits.Most, 2)],
            headroomBits = Math.Round(layer.HeadroomBits, 2),
            saturated = double.IsNaN(layer.Saturated) ? null : (double?)layer.Saturated,
            layer.ErrorSteps,
            layer.Error,
        }),
        profiles = analysis.Profiles.Select(p => new
        {
            profile = p.Profile,
            chosen = p.Profile == analysis.Conversion.Profile,
            p.Error,
            p.Flipped,
            p.Bytes,
            p.Ram,
            p.Operations,
        }),
        error = analysis.Total,
        errorSources = analysis.Sources.Select(s => new { source = NameOf(s), s.Error }),
        tried = analysis.Alternatives.Select(a => new { alternative = NameOf(analysis, a), a.Error }),
        flippedLines = analysis.Flipped.Where(_ => analysis.Rows.Lines.Length > 0).Select(r => analysis.Rows.Lines[r]),
        ram = ModelMemory.Of(analysis.Conversion.File.Model),
    };

    internal static string Heading(ConversionAnalysis analysis)
    {
        string rows = NumberText.Count(analysis.Looked, Noun(analysis));
        return analysis.Rows.Lines.Length == 0 ? $"Integers against real numbers, layer by layer, at {rows} spread over the ranges"
            : analysis.Outside == analysis.Rows.Inputs.Length ? $"Integers against real numbers, layer by layer, at {rows} spread over the ranges, because all of the data is outside"
            : $"Integers against real numbers, layer by layer, at {rows} of the data inside the ranges";
    }

    internal static IEnumerable<string[]> LayerCells(ConversionAnalysis analysis) => analysis.Layers.Select((layer, l) => (string[])
    [
        $"{l}: {layer.InputCount}-{layer.NeuronCount} {layer.Function.Name}",
        layer.WeightBytes == 1 ? "int8" : "int16",
        layer.HasTable ? "table" : Range(layer.Shift.Least, layer.Shift.Most),
        Range(layer.FractionBits.Least, layer.FractionBits.Most),
        layer.HeadroomBits.ToString("F1", CultureInfo.InvariantCulture) + " bits",
        double.IsNaN(layer.Saturated) ? "-" : Show.Percent(layer.Saturated),
        Show.Measure(layer.ErrorSteps),
        Show.Measure(layer.Error),
    ]);

    internal static string[] ProfileHeader(ConversionAnalysis analysis) => analysis.Conversion.File.IsClassifier
        ? ["profile", $"largest error in {FocusOf(analysis)}", $"{Noun(analysis)}s of another class", "file", "board RAM", "operations"]
        : ["profile", $"largest error in {FocusOf(analysis)}", "file", "board RAM", "operations"];

    internal static IEnumerable<string[]> ProfileCells(ConversionAnalysis analysis) => analysis.Profiles.Select(p =>
    {
        string name = p.Profile.ToString().ToLowerInvariant() + (p.Profile == analysis.Conversion.Profile ? " (this one)" : "");
        string[] sizes = [$"{p.Bytes} bytes", $"{p.Ram} bytes", $"{p.Operations}"];
        return analysis.Conversion.File.IsClassifier
            ? (string[])[name, Show.Measure(p.Error[analysis.Focus]), $"{p.Flipped}", .. sizes]
            : [name, Show.Measure(p.Error[analysis.Focus]), .. sizes];
    });

    /// <summary>What follows from the figures, one sentence a line.</summary>
    internal static IEnumerable<string> Sentences(ConversionAnalysis analysis)
    {
        if (analysis.Flipped.Length > 0)
        {
            yield return FlippedRows(analysis);
        }

        yield return Dominance(analysis);
        yield return Help(analysis);
        for (int l = 0; l < analysis.Layers.Length; l++)
        {
            if (analysis.Layers[l].Saturated > MuchSaturated)
            {
                yield return $"Layer {l} is saturated at {Show.Percent(analysis.Layers[l].Saturated)} of the activations and tells little apart there; train with inputs scaled to about -1..1, or with fewer steps.";
            }
        }

        ModelFile file = analysis.Conversion.File;
        yield return $"The file has {file.Bytes.Length} bytes and takes about {ModelMemory.Of(file.Model)} bytes of the board's RAM.";
    }

    internal static string NameOf(ErrorSource source) => source.Kind switch
    {
        ErrorSourceKind.Inputs => "rounding of the inputs",
        ErrorSourceKind.Weights => $"rounding of the weights of layer {source.Layer}",
        _ => "rounding of the activations",
    };

    internal static string NameOf(ConversionAnalysis analysis, Alternative alternative)
    {
        string names = string.Join(", ", alternative.Inputs.Select(i => analysis.Conversion.Model.Inputs[i].Name));
        return alternative.Kind switch
        {
            AlternativeKind.NarrowRanges => $"ranges no wider than the data for {names}",
            _ => $"a finer signal of {names} (\"oversample\", or a divider that uses more of the ADC's range)",
        };
    }

    /// <summary>"name", with what a score is when it is none of the model's values.</summary>
    internal static string FocusOf(ConversionAnalysis analysis)
    {
        ModelFile file = analysis.Conversion.File;
        return file.Outputs[analysis.Focus].Name + (file.Model.Network.HasProbabilities ? $" ({BeforeSoftmax})" : "");
    }

    private static string FlippedRows(ConversionAnalysis analysis)
    {
        ModelOutput[] classes = analysis.Conversion.File.Outputs;
        IEnumerable<string> rows = analysis.Flipped.Take(ListedRows).Select(r =>
            $"{Place(analysis.Rows, r)} ({classes[ConversionAnalysis.ClassOf(analysis.Fixed[r])].Name}, in real numbers {classes[ConversionAnalysis.ClassOf(analysis.Real[r])].Name})");
        string more = analysis.Flipped.Length > ListedRows ? ", ..." : "";
        return $"Another class in {NumberText.Count(analysis.Flipped.Length, Noun(analysis))}: {string.Join(", ", rows)}{more}.";
    }

    private static string Noun(ConversionAnalysis analysis) => analysis.Conversion.File.Noun;

    private static string Place(EvaluationSet rows, int r) => rows switch
    {
        { Lines.Length: 0 } => $"row {r + 1}",
        { Files: { Length: > 0 } files } => $"{files[r]} line {rows.Lines[r]}",
        _ => $"line {rows.Lines[r]}",
    };

    private static string Dominance(ConversionAnalysis analysis)
    {
        double error = analysis.Total[analysis.Focus];
        if (error == 0)
        {
            return $"No error in {FocusOf(analysis)} at these {Noun(analysis)}s.";
        }

        IEnumerable<string> others = analysis.Sources.Where(s => s != analysis.Dominant)
            .OrderByDescending(s => s.Error[analysis.Focus]).Take(2)
            .Select(s => $"{NameOf(s)} {Show.Measure(s.Error[analysis.Focus])}");
        return $"Error of {FocusOf(analysis)}{(analysis.Total.Length > 1 ? ", the worst output for its range" : "")}: {Show.Measure(error)} at most at these {Noun(analysis)}s. Most of it is {NameOf(analysis.Dominant)}: {Show.Measure(analysis.Dominant.Error[analysis.Focus])} by itself, {string.Join(", ", others)}; together they may cancel.";
    }

    private static string Help(ConversionAnalysis analysis)
    {
        double error = analysis.Total[analysis.Focus];
        if (error == 0)
        {
            return "Nothing to gain from other bits.";
        }

        if (ModelsOwnError(analysis) is double own && own > MuchLarger * error)
        {
            return $"The model's own error {(analysis.Rows.AreLearned ? $"at {Noun(analysis)}s it has learned from" : "against the truth")} (RMSE {Show.Measure(own)}) is {(own / error).ToString("N0", CultureInfo.InvariantCulture)} times that: more bits would not be seen; better data would.";
        }

        // What nobody would see is no help: every row of the data gets the class that real numbers give it.
        if (analysis.Conversion.File.IsClassifier && analysis.Flipped.Length == 0 && analysis.Rows.Lines.Length > 0)
        {
            return $"Rounding changes the class of no {Noun(analysis)}: more bits would not be seen.";
        }

        ProfileFigures? exact = analysis.Profiles.SingleOrDefault(p => p.Profile == Profile.Exact);
        if (analysis.Conversion.Profile != Profile.Exact)
        {
            return exact is not null && exact.Error[analysis.Focus] < Worthwhile * error
                ? $"Would help: --profile exact; tried, the error becomes {Show.Measure(exact.Error[analysis.Focus])}."
                : "Nothing to gain from --profile exact.";
        }

        Alternative? best = analysis.Alternatives.MinBy(a => a.Error[analysis.Focus]);
        return best is not null && best.Error[analysis.Focus] < Worthwhile * error
            ? $"Would help: {NameOf(analysis, best)}; tried, the error becomes {Show.Measure(best.Error[analysis.Focus])}."
            : best is null ? $"Nothing to try: weights have 16 bits, {(analysis.Rows.Lines.Length > 0 ? "the ranges fit the data, " : "")}and no ADC's steps are in the way."
            : $"Tried and no help: {string.Join("; ", analysis.Alternatives.Select(a => NameOf(analysis, a)))}.";
    }

    private static double? ModelsOwnError(ConversionAnalysis analysis) => analysis.Rows.Targets is double[][] truth
        ? Math.Sqrt(truth.Zip(analysis.Real, (t, real) => Math.Pow(real[analysis.Focus] - t[analysis.Focus], 2)).Average())
        : null;

    private static string Range(double least, double most)
    {
        string low = least.ToString("0.#", CultureInfo.InvariantCulture);
        string high = most.ToString("0.#", CultureInfo.InvariantCulture);
        return low == high ? low : $"{low}..{high}";
    }
}
