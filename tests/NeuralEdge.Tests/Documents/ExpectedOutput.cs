using System.Text;
using System.Text.RegularExpressions;

namespace NeuralEdge.Tests.Documents;

/// <summary>Compares what a document shows behind a command with what the command prints.</summary>
internal static partial class ExpectedOutput
{
    private const string Ellipsis = "...";

    /// <summary>
    /// Claims that the lines of a fence are printed, one right behind the other but for lines of "...", where any may stand. In a
    /// fence "text live" numbers and states may be others: it shows what a board did when the document was written.
    /// </summary>
    internal static void MustBeIn(Fence fence, string printed, string path)
    {
        string[] lines = [.. printed.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
        int at = 0;
        bool anywhere = false;
        foreach (string expected in fence.Lines)
        {
            if (expected == Ellipsis)
            {
                anywhere = true;
                continue;
            }

            Regex pattern = fence.Kind == "text live" ? Shape(expected) : new Regex($"^{Regex.Escape(expected.TrimEnd())}$");
            int found = Array.FindIndex(lines, at, pattern.IsMatch);
            Assert.IsTrue(
                found >= 0 && (anywhere || found == at),
                $"{path} shows \"{expected}\", which is not printed {(anywhere ? "behind" : "at")} line {at + 1} of:\n{printed}");
            at = found + 1;
            anywhere = false;
        }

        Assert.IsTrue(anywhere || at == lines.Length, $"{path} shows less than is printed and does not say so (...):\n{printed}");
    }

    private static Regex Shape(string line)
    {
        StringBuilder pattern = new("^");
        int at = 0;
        foreach (Match match in Changing().Matches(line))
        {
            pattern.Append(Regex.Escape(line[at..match.Index]));
            pattern.Append(match.Value is "(on)" or "(off)" ? @"\((on|off|resting)[^)]*\)" : @"-?\d+(\.\d+)?(E[-+]\d+)?( \(at the end of its range\))?");
            at = match.Index + match.Length;
        }

        return new Regex(pattern.Append(Regex.Escape(line[at..])).Append('$').ToString());
    }

    [GeneratedRegex(@"\((on|off)\)|-?\d+(\.\d+)?(E[-+]\d+)?( \(at the end of its range\))?")]
    private static partial Regex Changing();
}
