using System.Diagnostics;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Host.Recordings;

namespace NeuralEdge.Studio.Boards;

/// <summary>Takes what a board sends over one link: counts, live values, and what it says of itself once a second.</summary>
internal sealed class BoardPump
{
    private const int KeptRows = 60_000;
    private const int KeptInferences = 36_000;
    private const int MostAtOnce = 256;
    private const int QuickestLiveMs = 33;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan ReportAge = TimeSpan.FromSeconds(1);
    private static readonly Stopwatch Clock = Stopwatch.StartNew();

    private readonly BoardLink _link;
    private readonly CancellationToken _cancellation;
    private RowClock? _clock;
    private CountChannel[] _channels = [];
    private long _reported;
    private long _lastMs = -1;
    private int _every; // 0: nothing was asked for yet

    internal BoardPump(BoardLink link, RowRing? rows, LiveRing? live, CancellationToken cancellation) =>
        (_link, Rows, Live, _cancellation) = (link, rows, live, cancellation);

    /// <summary>A board that is gone should be noticed in seconds: somebody looks at the page.</summary>
    internal static LinkTimes Times { get; } = new() { HelloTries = 2, Tries = 4, Sessions = 2 };

    internal BoardReport Report { get; private set; } = null!;

    internal ModelFile? Model { get; private set; }

    internal RowRing? Rows { get; private set; }

    internal LiveRing? Live { get; private set; }

    internal int PeriodMs { get; private set; }

    /// <summary>Milliseconds from one inference to the next.</summary>
    internal int DecisionMs => Math.Max(1, Report.PeriodMs) * (Model?.Model.Windows?.Shape.Hop ?? 1);

    internal string? NoCounts { get; private set; }

    private int Every => Math.Max(1, (QuickestLiveMs + DecisionMs - 1) / DecisionMs);

    internal long Missing => _clock?.Missing ?? 0;

    internal IReadOnlyList<int> Channels => [.. _channels.Where(channel => channel.Sensor is null).Select(channel => channel.Channel)];

    /// <summary>Asks the board what it is, and has it send.</summary>
    internal void Start(int periodMs)
    {
        Ask();
        CountChannel[] sensors = [.. Enumerable.Range(0, Math.Min(Report.Limits.Sensors, LinkProtocol.MaxCounts)).Select(CountChannel.OfSensor)];
        int[] adc = [.. Enumerable.Range(0, 32).Where(c => (Report.Limits.AdcChannels >> c & 1) != 0 && Report.Chip?.WhyNotAdc(c) is null)];

        // Somebody has wired the sensors; of the ADC there may be pins that nothing is on.
        _channels = [.. adc.Take(LinkProtocol.MaxCounts - sensors.Length).Select(c => new CountChannel(c, int.Log2(new BoardInput("", c).Oversample))), .. sensors];
        string[] names = [.. _channels.Select(channel => channel.Name)];
        if (Rows is null || !Rows.Names.SequenceEqual(names))
        {
            Rows = new RowRing(names, KeptRows);
        }
        else if (Rows.Count > 0)
        {
            // The same board is back: its curve goes on, with the time that it was away.
            _lastMs = Rows.LastMs;
        }

        StartCounts(periodMs);
        if (Report.ModelLength > 0)
        {
            Subscribe();
        }
    }

    // As many of the inferences as a page shows.
    private void Subscribe()
    {
        _every = Every;
        _link.Subscribe(_every, _cancellation);
    }

    /// <summary>Has the board sample, from now on at another rate.</summary>
    internal void StartCounts(int periodMs)
    {
        PeriodMs = periodMs;
        _clock = new RowClock(_channels, _lastMs + 1);
        try
        {
            _link.StartCounts(periodMs, _channels, _cancellation);
        }
        catch (BoardRefusedException e)
        {
            NoCounts = e.Plain();
        }
    }

    /// <summary>Waits some milliseconds for what the board sends.</summary>
    internal RecordedRow[] Receive()
    {
        List<RecordedRow> rows = [];
        for (CountRow? row = NoCounts is null ? _link.ReadCounts(Slice, _cancellation) : null; row is not null && rows.Count < MostAtOnce; row = _link.TakeCounts())
        {
            if (_clock!.Stamp(row) is RecordedRow stamped)
            {
                _lastMs = stamped.Ms;
                Rows!.Add(stamped.Ms, stamped.Counts);
                rows.Add(stamped);
            }
        }

        TimeSpan wait = NoCounts is null ? TimeSpan.Zero : Slice;
        for (int n = 0; n < MostAtOnce && Live is not null && _link.ReadLive(wait, _cancellation) is LiveValues live; n++)
        {
            wait = TimeSpan.Zero;
            if (Live.Takes(live))
            {
                Live.Add(Clock.ElapsedMilliseconds, live);
            }
            else
            {
                // Another model runs by now.
                _reported = 0;
            }
        }

        return [.. rows];
    }

    /// <summary>Asks the board how it is, when it is time.</summary>
    /// <returns>True when it did.</returns>
    internal bool AskInTime()
    {
        bool isTime = _reported == 0 || Stopwatch.GetElapsedTime(_reported) > ReportAge;
        if (isTime)
        {
            Ask();
        }

        return isTime;
    }

    /// <summary>Asks the board how it is, and reads its model when it is another one.</summary>
    internal void Ask()
    {
        Report = _link.Info(_cancellation);
        if (Report.ModelLength == 0)
        {
            Model = null;
        }
        else if (Model is null || Model.Model.Digest != Report.Digest)
        {
            Model = ModelFile.Parse(_link.ReadModel(_cancellation), "the board's model");
            Live = Live?.Model.Model.Digest == Model.Model.Digest ? Live : new LiveRing(Model, KeptInferences);
        }

        if (_every != 0 && _every != Every)
        {
            // Another model decides less often, or more.
            Subscribe();
        }

        _reported = Stopwatch.GetTimestamp();
    }
}
