using System.Globalization;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Studio.Training;

/// <summary>What is to be learned, as it stands on the page; survives a reload.</summary>
public sealed class TrainingChoice
{
    /// <summary>The hidden layers that are offered, as <c>--hidden</c> has them.</summary>
    public static IReadOnlyList<string> HiddenChoices { get; } = ["auto", "none", "8", "16", "16,16", "32,32"];

    /// <summary>Seconds of the windows that are offered.</summary>
    public static IReadOnlyList<double> WindowChoices { get; } = [0.5, 1, 2, 4, 10, 60];

    private readonly HashSet<string> _without = [];
    private string? _path;

    /// <summary>What the table is called; null for none.</summary>
    public string? Name { get; private set; }

    /// <summary>The path of the table, or its name when it came from the browser.</summary>
    public string? Source => _path ?? Name;

    /// <summary>True when the table came from the browser and is no session.</summary>
    public bool IsUploaded => Table is not null && _path is null;

    /// <summary>The table as it was read last; null for none.</summary>
    public Table? Table { get; private set; }

    /// <summary>The column to predict.</summary>
    public string Target { get; set; } = TableFiles.DefaultLabelColumn;

    /// <summary>One of <see cref="HiddenChoices"/>.</summary>
    public string Hidden { get; set; } = HiddenChoices[0];

    /// <summary>Seconds that the network looks back over; null: each row by itself.</summary>
    public double? WindowSeconds { get; set; }

    /// <summary>Time from one row to the next; null when no column says it, so that there are no windows.</summary>
    public SeriesTime? Time { get; private set; }

    /// <summary>What to aim at.</summary>
    public Profile Profile { get; set; } = Profile.Exact;

    /// <summary>Columns that are no inputs.</summary>
    public IReadOnlySet<string> Without => _without;

    /// <summary>Columns that may be inputs.</summary>
    public IEnumerable<string> Candidates => Table is null ? [] : Table.Columns.Where(column => column != Target && column != Simulator.Sensors.RecordedSensors.TimeColumn && Table.KindOf(column) == ColumnKind.Numbers);

    /// <summary>Takes a file.</summary>
    /// <exception cref="Conversion.InputRefusedException">It is no table.</exception>
    public void TakeFile(string path, string name) => Take(Table.Read(path), path, name);

    /// <summary>Takes a text.</summary>
    /// <exception cref="Conversion.InputRefusedException">It is no table.</exception>
    public void TakeText(string text, string name) => Take(Table.Parse(text, name), null, name);

    /// <summary>Takes a column in, or leaves it out.</summary>
    public void Choose(string column, bool isIn)
    {
        if (isIn)
        {
            _without.Remove(column);
        }
        else
        {
            _without.Add(column);
        }
    }

    /// <summary>What the training is told; a file is read anew, since rows may have been added or relabelled.</summary>
    /// <param name="wiring">What the board says of its pins; null when there is none.</param>
    public Func<TrainOptions> ToOptions(BoardWiring? wiring)
    {
        (Table? table, string? path, string target, string hidden, Profile profile) = (Table, _path, Target, Hidden, Profile);
        WindowOptions? windows = WindowSeconds is double seconds && Time is not null ? new WindowOptions(seconds) : null;
        string[] ignore = [.. _without.Where(column => column != target)];
        return () => new TrainOptions(path is null ? table! : Table.Read(path), target)
        {
            Ignore = ignore,
            Windows = windows,
            Profile = profile,
            Wiring = wiring,
            Hyperparameters = new Hyperparameters
            {
                Hidden = hidden switch { "auto" => null, "none" => [], _ => [.. hidden.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))] },
            },
        };
    }

    private void Take(Table table, string? path, string name)
    {
        (Table, _path, Name, Time) = (table, path, name, SeriesTime.Of(table, null));
        _without.Clear();
        WindowSeconds = null;
        Target = table.Has(TableFiles.DefaultLabelColumn) ? TableFiles.DefaultLabelColumn : table.Columns[^1];
    }
}
