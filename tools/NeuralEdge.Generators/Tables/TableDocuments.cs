using System.Globalization;
using System.Text;
using NeuralEdge.Numerics;

namespace NeuralEdge.Generators.Tables;

/// <summary>The core's tables as CSV beside FORMAT.md: a second reader needs the numbers, not C#.</summary>
public static class TableDocuments
{
    private const string Folder = "shared/NeuralEdge/Models/tables/";

    /// <summary>Path, below the folder of NeuralEdge.sln, and text of each.</summary>
    public static IEnumerable<(string Path, string Text)> Files() =>
    [
        (Folder + "tanh.csv", Csv("k,C0,C1,C2", TanhTable.C0, TanhTable.C1, Array.ConvertAll(TanhTable.C2, c => (int)c))),
        (Folder + "exp-coarse.csv", Csv("k,Coarse", ExponentialTable.Coarse)),
        (Folder + "exp-fine.csv", Csv("k,Fine", ExponentialTable.Fine)),
    ];

    private static string Csv(string head, params int[][] columns)
    {
        StringBuilder text = new(head + "\n");
        for (int k = 0; k < columns[0].Length; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{k},").AppendJoin(',', columns.Select(column => column[k])).Append('\n');
        }

        return text.ToString();
    }
}
