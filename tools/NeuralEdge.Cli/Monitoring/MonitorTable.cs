using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Host.Recordings;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Monitoring;

/// <summary>What was watched, as a table: a row for each inference, on the disk within a second.</summary>
/// <param name="path">The table; rows are added when it exists.</param>
internal sealed class MonitorTable(string path) : IDisposable
{
    // The board's own clock is even, but starts anew with the board; this computer's says which day it is.
    private const long MostDrift = 1000;

    private RecordingFile? _file;
    private string[] _columns = [];
    private uint _digest;
    private uint _uptime;
    private long _offset;
    private long _last = -1;

    /// <summary>What became of it, in a sentence; null before the first row.</summary>
    internal string? Summary => _file is { Rows: > 0 } file ? $"{(file.IsAppended ? "Added" : "Wrote")} {NumberText.Count(file.Rows, "row")} {(file.IsAppended ? "to" : "as")} {path}." : null;

    /// <summary>Adds a row.</summary>
    /// <param name="model">The model that the board runs.</param>
    /// <param name="live">Its values.</param>
    /// <exception cref="InputRefusedException">The table has other columns, or the disk is full; the rows before stay.</exception>
    internal void Add(ModelFile model, LiveValues live) => Add(model, live, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>The same at a time in milliseconds since 1970.</summary>
    internal void Add(ModelFile model, LiveValues live, long now)
    {
        if (_file is null || _digest != model.Model.Digest)
        {
            Begin(ColumnsOf(model));
            _digest = model.Model.Digest;
        }

        double[] outputs = model.ToValues(live.Outputs);
        _file!.Add(string.Join(',', (string[])
        [
            TimeOf(live, now).ToString(CultureInfo.InvariantCulture),
            .. model.ToInputs(live.Inputs).Select(Show.Value),
            .. outputs.Select(Show.Value),
            .. live.Pins.Where((_, o) => HasPin(model, o)).Select(pin => pin switch { true => "1", false => "0", null => "" }),
        ]));
    }

    /// <summary>Has the disk keep everything.</summary>
    /// <exception cref="InputRefusedException">It does not.</exception>
    internal void Keep() => _file?.Keep();

    public void Dispose() => _file?.Dispose();

    private static bool HasPin(ModelFile model, int output) => model.Model.Bindings.Outputs[output].Rule != OutputBinding.RuleNone;

    /// <summary>Names that no two columns share, whatever the model calls its own.</summary>
    private static string[] ColumnsOf(ModelFile model)
    {
        HashSet<string> names = [];
        IEnumerable<string> all =
        [
            "time_ms",
            .. model.Inputs.Select(input => input.Name),
            .. model.Outputs.Select(output => output.Name),
            .. Enumerable.Range(0, model.Outputs.Length).Where(o => HasPin(model, o)).Select(o => $"GPIO{model.Model.Bindings.Outputs[o].Pin}"),
        ];
        return [.. all.Select(Unique)];

        string Unique(string name)
        {
            while (!names.Add(name))
            {
                name += "'";
            }

            return name;
        }
    }

    private void Begin(string[] columns)
    {
        if (_file is null)
        {
            _file = new RecordingFile(path, columns);
            (_columns, _last) = (columns, _file.LastMs ?? -1);
        }
        else if (!columns.SequenceEqual(_columns))
        {
            throw new InputRefusedException($"The board runs another model now, with the columns {string.Join(", ", columns)}: {path} has the {NumberText.Count(_file.Rows, "row")} before that; choose another file for what comes now.");
        }
    }

    /// <summary>Milliseconds since 1970, as far apart as on the board, and never less than before.</summary>
    private long TimeOf(LiveValues live, long now)
    {
        if (live.UptimeMs < _uptime || Math.Abs(now - _offset - live.UptimeMs) > MostDrift)
        {
            _offset = now - live.UptimeMs;
        }

        _uptime = live.UptimeMs;
        _last = Math.Max(_last, _offset + live.UptimeMs);
        return _last;
    }
}
