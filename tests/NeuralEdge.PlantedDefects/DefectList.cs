using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace NeuralEdge.PlantedDefects;

/// <summary>
/// Defects that somebody has written down: "= name", the path, lines that begin with "- " and are replaced by those that begin
/// with "+ ". White space at the ends of lines does not matter.
/// </summary>
internal static class DefectList
{
    /// <summary>Reads a list.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="read">Gives the text of a source.</param>
    public static List<Defect> Read(IEnumerable<string> lines, Func<string, string> read)
    {
        List<Defect> defects = [];
        foreach (string[] block in Blocks(lines))
        {
            string path = block[1];
            string[] old = [.. block.Where(line => line.StartsWith('-')).Select(line => line[1..].Trim())];
            string planted = string.Join('\n', block.Where(line => line.StartsWith('+')).Select(line => line[1..].Trim()));
            MatchCollection places = Regex.Matches(read(path), string.Join(@"\s+", old.Select(Regex.Escape)));
            if (old.Length == 0 || places.Count != 1)
            {
                throw new FormatException($"{block[0]}: {places.Count} places in {path} have the text that is to be replaced, not one.");
            }

            defects.Add(new(path, block[0][1..].Trim(), "list", Operators.OneLine(places[0].Value), new TextSpan(places[0].Index, places[0].Length), planted));
        }

        return defects;
    }

    private static IEnumerable<string[]> Blocks(IEnumerable<string> lines)
    {
        List<string> block = [];
        foreach (string line in lines.Where(line => line.Length > 0 && line[0] != '#').Append("="))
        {
            if (line[0] == '=' && block.Count > 0)
            {
                yield return [.. block];
                block.Clear();
            }

            block.Add(line);
        }
    }
}
