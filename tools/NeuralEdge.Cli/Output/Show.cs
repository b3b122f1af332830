using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Output;

/// <summary>How values look, the same in every verb.</summary>
internal static class Show
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions JsonLineOptions = new(JsonOptions) { WriteIndented = false };

    /// <summary>A value with ten significant digits: what a 32-bit integer can tell apart.</summary>
    internal static string Value(double value) => value.ToString("G10", CultureInfo.InvariantCulture);

    /// <summary>A measure, such as an error: three significant digits, and all digits before the point. Powers of ten only where nobody could count the zeros.</summary>
    internal static string Measure(double value) => NumberText.Measure(value);

    /// <summary>A measure on a scale of about 1, such as a loss or a probability: below a thousandth is nothing that matters.</summary>
    internal static string Small(double value) => Math.Abs(value) is > 0 and < 0.001 ? "under 0.001" : Measure(value);

    /// <summary>A share in percent.</summary>
    internal static string Percent(double share) => NumberText.Percent(share);

    /// <summary>The same, or a dash where there is none.</summary>
    internal static string Share(double share) => double.IsNaN(share) ? "-" : Percent(share);

    /// <summary>A value and its unit.</summary>
    internal static string WithUnit(double value, string unit) => unit.Length == 0 ? Value(value) : $"{Value(value)} {unit}";

    /// <summary>A digest as people compare it.</summary>
    internal static string Digest(uint digest) => digest.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>One JSON document, the only thing on standard output.</summary>
    internal static void Json(object document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, JsonOptions));

    /// <summary>One JSON document on one line, for streams of them.</summary>
    internal static string JsonLine(object document) => JsonSerializer.Serialize(document, JsonLineOptions);
}
