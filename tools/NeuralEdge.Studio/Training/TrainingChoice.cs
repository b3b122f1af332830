using System.Globalization;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Normality;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;
using NeuralEdge.Studio.Recording;

namespace NeuralEdge.Studio.Training;

/// <summary>What is to be learned, as it stands on the page; survives a reload.</summary>
public sealed class TrainingChoice
{
    /// <summary>The hidden layers that are offered, as <c>--hidden</c> has them.</summary>
    public static IReadOnlyList<string> HiddenChoices { get; } = ["auto", "none", "8", "16", "16,16", "32,32"];

    /// <summary>Seconds of the windows that are offered.</summary>
    public static IReadOnlyList<double> WindowChoices { get; } = [0.5, 1, 2, 4, 10, 60];

    private const double UsualWindow = 1;
    private const int MostLabels = 20;

    private static readonly string[] NormalWords = ["normal", "ok", "okay", "good", "healthy", "fine", "still", "quiet"];

    private readonly HashSet<string> _without = [];
    private string? _path;
    private TrainingAim _aim;
    private string _target = TableFiles.DefaultLabelColumn;
    private (RecordingSession Session, int Rows)? _seen;

    /// <summary>What the table is called; null for none.</summary>
    public string? Name { get; private set; }

    /// <summary>The path of the table, or its name when it came from the browser.</summary>
    public string? Source => _path ?? Name;

    /// <summary>True when the table came from the browser and is no session.</summary>
    public bool IsUploaded => Table is not null && _path is null;

    /// <summary>The table as it was read last; null for none.</summary>
    public Table? Table { get; private set; }

    /// <summary>What the network is to do; what is different shows over some seconds only.</summary>
    public TrainingAim Aim
    {
        get => _aim;
        set
        {
            _aim = value;
            WindowSeconds = value == TrainingAim.NoticeDifferent ? WindowSeconds ?? (Windows.Contains(UsualWindow) ? UsualWindow : Windows.Select(seconds => (double?)seconds).FirstOrDefault()) : WindowSeconds;
        }
    }

    /// <summary>The column to predict; another one has an <see cref="Aim"/> of its own.</summary>
    public string Target
    {
        get => _target;
        set
        {
            _target = value;
            Aim = Table is not null && TaskGuess.Of(Table, value) == TaskKind.Regress ? TrainingAim.PredictNumber : TrainingAim.TellApart;
        }
    }

    /// <summary>Whether every class counts for as much as the others, however few rows it has; null: where one is rare.</summary>
    public bool? Balance { get; set; }

    /// <summary>True: rows with a missing value are learned from with the median; false: they are left out.</summary>
    public bool FillsMissing { get; set; }

    /// <summary>True: every number is a reading, however far from the others.</summary>
    public bool TrustsAll { get; set; }

    /// <summary>Alarms a day that may be false, where what is different is noticed.</summary>
    public double FalseAlarmsPerDay { get; set; } = 1;

    /// <summary>The column of labels, which say what is normal; null for none.</summary>
    public string? LabelColumn => Table is not null && Table.Has(TableFiles.DefaultLabelColumn) && Table.KindOf(TableFiles.DefaultLabelColumn) == ColumnKind.Texts ? TableFiles.DefaultLabelColumn : null;

    /// <summary>The labels of <see cref="LabelColumn"/>, the commonest first.</summary>
    public IReadOnlyList<string> Labels { get; private set; } = [];

    /// <summary>The label of the normal rows, the others show how soon they are noticed; null: all rows are normal.</summary>
    public string? NormalLabel { get; set; }

    /// <summary>Windows that the rows are close enough for, in seconds.</summary>
    public IReadOnlyList<double> Windows => Time is null ? [] : [.. WindowChoices.Where(seconds => seconds >= WindowShape.MinSamples * Time.Step.TotalSeconds && seconds <= WindowShape.MaxSamples * Time.Step.TotalSeconds)];

    /// <summary>True: rows that stand in the table already are learned from again.</summary>
    public bool KeepsRepeats { get; set; }

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

    /// <summary>Columns that may be predicted: not the one that says when a row was measured.</summary>
    public IEnumerable<string> Targets => Table is null ? [] : Table.Columns.Where(column => column == Target || (column != Time?.Column && column != Simulator.Sensors.RecordedSensors.TimeColumn));

    /// <summary>Columns that may be inputs.</summary>
    public IEnumerable<string> Candidates => Table is null ? [] : Table.Columns.Where(column => (column != Target || Aim == TrainingAim.NoticeDifferent) && column != Simulator.Sensors.RecordedSensors.TimeColumn && Table.KindOf(column) == ColumnKind.Numbers);

    /// <summary>Takes a file.</summary>
    /// <exception cref="Conversion.InputRefusedException">It is no table.</exception>
    public void TakeFile(string path, string name) => Take(Table.Read(path), path, name);

    /// <summary>Takes a text.</summary>
    /// <exception cref="Conversion.InputRefusedException">It is no table.</exception>
    public void TakeText(string text, string name) => Take(Table.Parse(text, name), null, name);

    /// <summary>
    /// Takes the session that is open, when somebody has opened it or recorded into it since this was asked last; a table that was chosen
    /// meanwhile stays.
    /// </summary>
    /// <param name="session">The open session; null for none.</param>
    /// <exception cref="Conversion.InputRefusedException">It is no table any more.</exception>
    public void Follow(RecordingSession? session)
    {
        if (session is not { Count: > 0 } || _seen == (session, session.Count))
        {
            return;
        }

        _seen = (session, session.Count);
        if (_path == session.Path && Table.Read(_path) is Table renewed && renewed.Columns.SequenceEqual(Table!.Columns))
        {
            // More rows of the same table: what was chosen for it stays.
            (Table, Time) = (renewed, SeriesTime.Of(renewed, null));
            Labels = LabelsOf(renewed);
            NormalLabel = NormalLabel is null || !Labels.Contains(NormalLabel) ? NormalOf(Labels) : NormalLabel;
        }
        else
        {
            TakeFile(session.Path, session.Name);
        }
    }

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
        (TrainingAim aim, bool? balance, bool fills, bool trusts, bool keeps) = (Aim, Balance, FillsMissing, TrustsAll, KeepsRepeats);
        string[] candidates = [.. Candidates];
        WindowOptions? windows = WindowSeconds is double seconds && Time is not null ? new WindowOptions(seconds) : null;
        string[] ignore = [.. _without.Where(column => column != target)];
        return () => new TrainOptions(path is null ? table! : Table.Read(path), target)
        {
            Ignore = ignore,
            Task = aim == TrainingAim.PredictNumber ? TaskKind.Regress : TaskKind.Classify,
            Balance = aim == TrainingAim.TellApart ? balance : null,
            Missing = fills && windows is null ? MissingRule.Median : MissingRule.Drop,
            Trust = trusts ? candidates : [],
            KeepRepeats = keeps,
            Windows = windows,
            Profile = profile,
            Wiring = wiring,
            Hyperparameters = new Hyperparameters
            {
                Hidden = hidden switch { "auto" => null, "none" => [], _ => [.. hidden.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))] },
            },
        };
    }

    /// <summary>What a training of normal rows is told; a file is read anew.</summary>
    /// <param name="wiring">What the board says of its pins; null when there is none.</param>
    public Func<NormalOptions> ToNormalOptions(BoardWiring? wiring)
    {
        (Table? read, string? path, string? label, string? column, double perDay) = (Table, _path, NormalLabel, LabelColumn, FalseAlarmsPerDay);
        (Profile profile, double seconds) = (Profile, WindowSeconds ?? UsualWindow);
        string[] ignore = [.. _without, .. column is null ? [] : (string[])[column]];
        string[] trust = TrustsAll ? [.. Candidates] : [];
        return () =>
        {
            Table table = path is null ? read! : Table.Read(path);
            Table? others = label is null ? null : table.Where(column!, label, has: false);
            return new NormalOptions(label is null ? table : table.Where(column!, label, has: true), new WindowOptions(seconds))
            {
                Test = others is { RowCount: > 0 } ? others : null,
                Ignore = ignore,
                Trust = trust,
                FalseAlarmsPerDay = perDay,
                Profile = profile,
                Wiring = wiring,
            };
        };
    }

    // Words by which people call what is as it should be.
    private static string? NormalOf(IReadOnlyList<string> labels) => labels.Count < 2 ? null : labels.FirstOrDefault(label => NormalWords.Contains(label, StringComparer.OrdinalIgnoreCase)) ?? labels[0];

    private IReadOnlyList<string> LabelsOf(Table table)
    {
        if (LabelColumn is not string column)
        {
            return [];
        }

        int c = table.IndexOf(column);
        return [.. Enumerable.Range(0, table.RowCount).Select(r => table.TextAt(r, c)).Where(text => text.Length > 0).CountBy(text => text).OrderByDescending(pair => pair.Value).Select(pair => pair.Key).Take(MostLabels)];
    }

    private void Take(Table table, string? path, string name)
    {
        (Table, _path, Name, Time) = (table, path, name, SeriesTime.Of(table, null));
        _without.Clear();
        WindowSeconds = null;
        Labels = LabelsOf(table);
        NormalLabel = NormalOf(Labels);
        (Balance, FillsMissing, TrustsAll, KeepsRepeats) = (null, false, false, false);
        Target = table.Has(TableFiles.DefaultLabelColumn) ? TableFiles.DefaultLabelColumn : table.Columns[^1];
    }
}
