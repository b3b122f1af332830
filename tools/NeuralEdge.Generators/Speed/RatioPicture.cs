using System.Globalization;
using System.Text;

namespace NeuralEdge.Generators.Speed;

/// <summary>The ratios of a few shapes as bars. Every kernel in the file has one; a new one takes the next colour.</summary>
internal static class RatioPicture
{
    private const int Width = 640;
    private const int Left = 140;
    private const int BarSpace = 430;
    private const int Top = 48;
    private const int GroupHead = 26;
    private const int BarStep = 22;
    private const int GroupGap = 14;
    private const int Foot = 34;

    private static readonly string[] Shapes = ["4-10-3", "16-32-16-4", "64-64-8"];
    private static readonly string[] Colours = ["b", "g", "o", "p"];

    /// <summary>Writes the picture.</summary>
    /// <param name="ratios">All ratios.</param>
    /// <param name="way">Which of the ways of measuring to show.</param>
    /// <param name="yardstick">The kernel that the ratios are to.</param>
    /// <param name="remark">What was measured.</param>
    public static string Write(Ratios ratios, int way, string yardstick, string remark)
    {
        string[] kernels = [.. ratios.Rows.Select(row => row.Kernel).Distinct()];
        string[] fast = [.. kernels.Where(kernel => !IsNaive(kernel))];
        double most = ratios.Rows.Where(row => Shapes.Contains(row.Shape)).Max(row => row[way]);
        StringBuilder bars = new();
        int y = Top;
        foreach (string shape in Shapes)
        {
            bars.Append($"""  <text x="{Left}" y="{y + 14}" class="h">{shape}</text>{'\n'}""");
            y += GroupHead;
            Bar(yardstick, 1, "1", "n");
            foreach (Ratios.Row row in ratios.Rows.Where(row => row.Shape == shape))
            {
                Bar(row.Kernel, row[way], row.Texts[way], IsNaive(row.Kernel) ? "n" : Colours[Array.IndexOf(fast, row.Kernel) % Colours.Length]);
            }

            y += GroupGap;
        }

        int height = y + Foot;
        return $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{height}}" font-family="Segoe UI, Helvetica, Arial, sans-serif" font-size="13">
              <title>How many times as fast as a float network with Math.Tanh each kernel is, for three networks</title>
              <defs>
                <style>.n{fill:#eef0f2;stroke:#99a}.b{fill:#f4f7fb;stroke:#5b7db1}.g{fill:#f3f9f0;stroke:#6a9a4f}.o{fill:#fdf6ec;stroke:#c08a3e}.p{fill:#f9f1f8;stroke:#9a5b94}rect{stroke-width:1.5}text{fill:#223}.e{text-anchor:end}.s{font-size:11.5px;fill:#556}.h{font-weight:600}.t{font-size:15px}</style>
              </defs>
              <rect width="{{Width}}" height="{{height}}" fill="#ffffff"/>
              <text x="15" y="28" class="t">Times as fast as a float network with Math.Tanh</text>
            {{bars}}  <text x="15" y="{{height - 14}}" class="s">{{remark}}</text>
            </svg>

            """.ReplaceLineEndings("\n");

        void Bar(string kernel, double ratio, string text, string kind)
        {
            string length = (BarSpace * ratio / most).ToString("0.#", CultureInfo.InvariantCulture);
            string end = (Left + (BarSpace * ratio / most) + 8).ToString("0.#", CultureInfo.InvariantCulture);
            bars.Append($"""  <text x="{Left - 10}" y="{y + 12}" class="e">{kernel}</text><rect x="{Left}" y="{y}" width="{length}" height="16" rx="3" class="{kind}"/><text x="{end}" y="{y + 12}">{text}</text>{'\n'}""");
            y += BarStep;
        }
    }

    private static bool IsNaive(string kernel) => kernel.StartsWith("naive", StringComparison.Ordinal);
}
