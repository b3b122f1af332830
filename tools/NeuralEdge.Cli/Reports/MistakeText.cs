using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Cli.Reports;

/// <summary>The rows that were answered wrongly, with the lines they are on and their values.</summary>
internal static class MistakeText
{
    private const int MostInputs = 6;

    /// <summary>How many there are, or what is listed instead where every row is off by something.</summary>
    internal static string Heading(TrainResult result, int listed)
    {
        int wrong = result.Verdict.Mistakes.Count;
        if (result.HeldOut.Task == TaskKind.Regress)
        {
            return $"{char.ToUpperInvariant(result.HeldOut.Noun[0])}{result.HeldOut.Noun[1..]}s it has not seen with the largest errors:";
        }

        string rows = $"of {NumberText.Count(result.HeldOut.Count, result.HeldOut.Noun)} it has not seen";
        return wrong == 0 ? $"None {rows} is answered wrongly."
            : $"{wrong} {rows} {(wrong == 1 ? "is" : "are")} answered wrongly{(wrong > listed ? $"; the {listed} wrong answers that it was most certain of" : wrong > 1 ? ", the most certain answers first" : "")}:";
    }

    /// <summary>The columns; of many inputs those that matter most.</summary>
    internal static string[] Header(TrainResult result, Study? study) =>
    [
        result.HeldOut.Noun == "row" ? "line" : "ends in line", .. result.HeldOut.Task == TaskKind.Classify || result.HeldOut.TargetNames.Length == 1 ? [] : (string[])["target"],
        "true", "answered", .. Inputs(result, study).Select(i => Named(Harmless.Line(result.HeldOut.InputNames[i]), result.HeldOut.InputUnits[i])),
    ];

    /// <summary>Some of the rows; of several targets an equal share of each.</summary>
    internal static IEnumerable<string[]> Cells(TrainResult result, Study? study, int most)
    {
        DataSet rows = result.HeldOut;
        int[] inputs = Inputs(result, study);
        IEnumerable<Mistake> listed = rows.Task == TaskKind.Classify
            ? result.Verdict.Mistakes.Take(most)
            : result.Verdict.Mistakes.GroupBy(m => m.Output).SelectMany(group => group.Take(Math.Max(1, most / rows.TargetNames.Length)));
        return listed.Select(mistake =>
        {
            string place = rows.Files.Length == 0 ? $"{rows.Lines[mistake.Row]}" : $"{rows.Files[mistake.Row]} {rows.Lines[mistake.Row]}";
            string[] answer = rows.Task == TaskKind.Classify
                ? [Harmless.Line(rows.ClassNames[rows.Classes[mistake.Row]]), $"{Harmless.Line(rows.ClassNames[mistake.Output])} ({Show.Percent(mistake.Answer)})"]
                : [.. rows.TargetNames.Length == 1 ? [] : (string[])[Harmless.Line(rows.TargetNames[mistake.Output])], Quantity(mistake.Truth, rows.TargetUnits[mistake.Output]), Quantity(mistake.Answer, rows.TargetUnits[mistake.Output])];
            return (string[])[place, .. answer, .. inputs.Select(i => NumberText.Brief(rows.Inputs[mistake.Row][i]))];
        });
    }

    private static int[] Inputs(TrainResult result, Study? study) =>
        [.. Enumerable.Range(0, result.HeldOut.InputNames.Length).OrderByDescending(i => study?.Importance[i].Loss ?? 0).Take(MostInputs).Order()];

    private static string Named(string name, string unit) => unit.Length == 0 ? name : $"{name} ({unit})";

    private static string Quantity(double value, string unit) => unit.Length == 0 ? NumberText.Brief(value) : $"{NumberText.Brief(value)} {unit}";
}
