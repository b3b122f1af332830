using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Cli.Reports;

/// <summary>What was found in a table, printed before anything is made of it.</summary>
/// <param name="progress">Shows its line meanwhile.</param>
internal sealed class FindingsDisplay(ProgressDisplay progress) : IProgress<DataFinding>
{
    public void Report(DataFinding value)
    {
        progress.Clear();
        Screen.Write(Line(value) + "\n");
    }

    /// <summary>One finding as a line: a warning stands out.</summary>
    internal static string Line(DataFinding finding) =>
        (finding.IsWarning ? "warning: " : "data: ") + Harmless.Line(finding.Sentence);
}
