using System.Text;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Output;

/// <summary>Text for a person at a terminal of some width; in a pipe every line stays as it is.</summary>
internal static class Screen
{
    private const string Hanging = "  ";
    private const int Narrowest = 20;

    /// <summary>Columns of the terminal; no limit in a pipe.</summary>
    internal static int Width
    {
        get
        {
            try
            {
                return Console.IsOutputRedirected || Console.WindowWidth < Narrowest ? int.MaxValue : Console.WindowWidth;
            }
            catch (IOException)
            {
                return int.MaxValue;
            }
        }
    }

    /// <summary>Lines to standard output, broken between words where they are too long.</summary>
    internal static void Write(string lines) => Console.Out.Write(Harmless.Lines(Fit(lines, Width)));

    /// <summary>The same lines, none longer than <paramref name="width"/> unless a word is; what goes on is set in.</summary>
    internal static string Fit(string lines, int width) => string.Join('\n', lines.Split('\n').Select(line => Broken(line, width)));

    private static string Broken(string line, int width)
    {
        if (line.Length <= width)
        {
            return line;
        }

        string start = line[..(line.Length - line.TrimStart().Length)];
        StringBuilder text = new();
        int length = 0;
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool breaks = length > 0 && length + 1 + word.Length > width;
            string before = length == 0 ? start : breaks ? "\n" + start + Hanging : " ";
            text.Append(before).Append(word);
            length = before.Length - (breaks ? 1 : 0) + word.Length + (breaks ? 0 : length);
        }

        return text.ToString();
    }
}
