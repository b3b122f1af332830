using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Cli.Reports;

/// <summary>What was found in a table, printed before anything is made of it.</summary>
internal sealed class FindingsDisplay : IProgress<DataFinding>
{
    public void Report(DataFinding value) => Console.Out.WriteLine(Line(value));

    /// <summary>One finding as a line: leaks and sentinels, which make a score untrue, stand out.</summary>
    internal static string Line(DataFinding finding) =>
        (finding.Kind is DataFindingKind.Leak or DataFindingKind.Sentinel ? "warning: " : "data: ") + Harmless.Line(finding.Sentence);
}
