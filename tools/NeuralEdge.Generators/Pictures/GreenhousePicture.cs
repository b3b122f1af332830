using System.Globalization;
using System.Text;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Simulator.Greenhouse;

namespace NeuralEdge.Generators.Pictures;

/// <summary>The README's picture: a day of the greenhouse bed, from three sensors through two outputs to two pins.</summary>
internal static class GreenhousePicture
{
    /// <summary>Path of the picture below the folder of NeuralEdge.sln.</summary>
    internal const string Path = ".github/images/greenhouse.svg";

    private const string Log = "tools/examples/greenhouse.csv";
    private const int Width = 860;
    private const int Height = 452;
    private const int Left = 170;
    private const int PlotWidth = 660;
    private const int MinutesPerDay = 1440;

    // Sensors change slowly; an output may cross its threshold for a minute.
    private const int SensorStep = 10;

    /// <summary>Draws the first day of the demo's bed; takes some seconds for the training.</summary>
    /// <param name="root">The folder of NeuralEdge.sln.</param>
    internal static string Write(string root)
    {
        ModelFile model = GreenhouseDay.Train(System.IO.Path.Combine(root, Log));
        return Draw(GreenhouseDay.Watch(model, new GreenhouseBed(seed: 3), MinutesPerDay));
    }

    private static string Draw(GreenhouseMinute[] day)
    {
        StringBuilder plots = new();
        Curve(plots, 48, "soil", "water by volume, %", "i", 20, 32, day, minute => 100 * minute.Moisture);
        Curve(plots, 112, "light", "klux", "i", 0, 80, day, minute => minute.Lux / 1000);
        Curve(plots, 176, "temperature", "degrees Celsius", "i", 10, 34, day, minute => minute.Celsius);
        Frame(plots, 256, 84, "network", "outputs: on 0.6, off 0.4", 0, 1);
        foreach (double threshold in (double[])[0.4, 0.6])
        {
            string y = Number(256 + (84 * (1 - threshold)));
            plots.Append($"""  <path d="M{Left} {y}H{Left + PlotWidth}" class="d"/>{'\n'}""");
        }

        Line(plots, 256, 84, "w", 0, 1, day, 1, minute => minute.Water);
        Line(plots, 256, 84, "s", 0, 1, day, 1, minute => minute.Shade);
        plots.Append("""  <path d="M20 308h18" class="w"/><text x="44" y="312" class="k">water</text><path d="M84 308h18" class="s"/><text x="108" y="312" class="k">shade</text>""").Append('\n');
        Bars(plots, 362, "GPIO18", "pump", "w", day, minute => minute.PumpOn);
        Bars(plots, 392, "GPIO19", "shade", "s", day, minute => minute.ShadeClosed);
        foreach (int hour in (int[])[0, 6, 12, 18, 24])
        {
            plots.Append(CultureInfo.InvariantCulture, $"""  <text x="{Left + (PlotWidth * hour / 24)}" y="434" class="k m">{hour}:00</text>{'\n'}""");
        }

        return $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{Height}}" font-family="Segoe UI, Helvetica, Arial, sans-serif" font-size="14">
              <title>A day of the simulated greenhouse: three sensors, the network's two outputs, two pins</title>
              <defs>
                <style>.f{fill:#fafbfc;stroke:#ccd2da}.i{fill:none;stroke:#6a9a4f;stroke-width:1.8}.w{fill:none;stroke:#3f6fb5;stroke-width:1.8}.s{fill:none;stroke:#c08a3e;stroke-width:1.8}.d{fill:none;stroke:#99a;stroke-dasharray:4 3}.bw{fill:#3f6fb5}.bs{fill:#c08a3e}text{fill:#223}.h{font-size:16px;font-weight:600}.n{font-weight:600}.k{font-size:11.5px;fill:#556}.e{text-anchor:end}.m{text-anchor:middle}</style>
              </defs>
              <rect width="{{Width}}" height="{{Height}}" fill="#ffffff"/>
              <text x="20" y="28" class="h">A day of a greenhouse bed: what the board reads, what its network says, what its pins do</text>
            {{plots}}</svg>

            """.ReplaceLineEndings("\n");
    }

    private static void Curve(StringBuilder plots, int top, string name, string unit, string kind, double low, double high, GreenhouseMinute[] day, Func<GreenhouseMinute, double> value)
    {
        Frame(plots, top, 52, name, unit, low, high);
        Line(plots, top, 52, kind, low, high, day, SensorStep, value);
    }

    private static void Frame(StringBuilder plots, int top, int height, string name, string unit, double low, double high) =>
        plots.Append(CultureInfo.InvariantCulture, $"""
              <rect x="{Left}" y="{top}" width="{PlotWidth}" height="{height}" class="f"/><text x="20" y="{top + 22}" class="n">{name}</text><text x="20" y="{top + 38}" class="k">{unit}</text><text x="{Left - 6}" y="{top + 10}" class="k e">{high}</text><text x="{Left - 6}" y="{top + height}" class="k e">{low}</text>

            """);

    private static void Line(StringBuilder plots, int top, int height, string kind, double low, double high, GreenhouseMinute[] day, int step, Func<GreenhouseMinute, double> value)
    {
        string[] heights = [.. day.Select(minute => Number(top + (height * (1 - Math.Clamp((value(minute) - low) / (high - low), -0.02, 1.02)))))];
        plots.Append("  <path d=\"M");
        for (int minute = 0; minute < day.Length; minute++)
        {
            // What lies inside a level stretch need not be said.
            bool level = minute > 0 && minute < day.Length - 1 && heights[minute] == heights[minute - 1] && heights[minute] == heights[minute + 1];
            if (!level && (minute % step == 0 || minute == day.Length - 1))
            {
                plots.Append(minute == 0 ? "" : " ").Append(Number(Left + ((double)PlotWidth * minute / day.Length))).Append(' ').Append(heights[minute]);
            }
        }

        plots.Append($"\" class=\"{kind}\"/>\n");
    }

    private static void Bars(StringBuilder plots, int top, string pin, string load, string kind, GreenhouseMinute[] day, Func<GreenhouseMinute, bool> isOn)
    {
        plots.Append(CultureInfo.InvariantCulture, $"""  <rect x="{Left}" y="{top}" width="{PlotWidth}" height="22" class="f"/><text x="20" y="{top + 16}" class="n">{pin}</text><text x="{Left - 6}" y="{top + 16}" class="k e">{load}</text>{'\n'}""");
        for (int minute = 0; minute < day.Length; minute++)
        {
            if (isOn(day[minute]))
            {
                int begin = minute;
                while (minute < day.Length && isOn(day[minute]))
                {
                    minute++;
                }

                string x = Number(Left + ((double)PlotWidth * begin / day.Length));
                string width = Number((double)PlotWidth * (minute - begin) / day.Length);
                plots.Append($"""  <rect x="{x}" y="{top + 3}" width="{width}" height="16" class="b{kind}"/>{'\n'}""");
            }
        }
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
