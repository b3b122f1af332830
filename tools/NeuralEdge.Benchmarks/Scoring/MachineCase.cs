using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning.Normality;
using NeuralEdge.Learning.Series;
using NeuralEdge.Simulator.Machines;

namespace NeuralEdge.Benchmarks.Scoring;

/// <summary>A machine, a model of what is normal for it, and single thresholds beside it, at days that none of them has seen.</summary>
internal sealed class MachineCase
{
    private const double WindowSeconds = 1;
    private const double StretchSeconds = 10;
    private const int SamplesOfSecond = 1000 / Machine.PeriodMs;

    private readonly Func<int, Machine> _machineOfDays;
    private readonly ModelFile _model;
    private readonly PlainThresholds _thresholds;

    private MachineCase(Func<int, Machine> machineOfDays, NormalResult normal, PlainThresholds thresholds)
    {
        _machineOfDays = machineOfDays;
        _model = normal.Model.File;
        _thresholds = thresholds;
        Normal = normal;
    }

    /// <summary>What was learned.</summary>
    internal NormalResult Normal { get; }

    /// <summary>What watches: the model, then single thresholds.</summary>
    internal string[] Watchers => ["the model", .. _thresholds.Names];

    /// <summary>Records and learns.</summary>
    /// <param name="machineOfDays">The machine at days that a seed decides.</param>
    /// <param name="days">The seed of those to learn from.</param>
    /// <param name="hours">How long it is recorded.</param>
    /// <param name="apartSeconds">Seconds from one stretch of ten seconds to the next.</param>
    /// <param name="work">What proofs may take.</param>
    /// <param name="cancellation">Looked at often.</param>
    internal static MachineCase Of(Func<int, Machine> machineOfDays, int days, double hours, double apartSeconds, double work, CancellationToken cancellation)
    {
        Machine machine = machineOfDays(days);
        MachineLog log = MachineLog.Of(machine, hours, StretchSeconds, apartSeconds, cancellation);
        NormalResult normal = NormalTraining.Run(new NormalOptions(log.ToTable(), new WindowOptions(WindowSeconds)) { Work = work }, cancellation);
        ModelFile model = normal.Model.File;
        int shift = model.Model.Bindings.Decisions!.AverageShift;
        int allowed = AlarmLevel.Allowed(normal.Judged, normal.FalseAlarmsPerDay);
        PlainThresholds thresholds = new(machine.Channels, model.Model.Windows!.Shape, shift, log.Stretches, allowed);
        return new MachineCase(machineOfDays, normal, thresholds);
    }

    /// <summary>
    /// Normal time, all of it: how often an alarm begins. From then on single thresholds have the lowest levels that would have let none begin, which
    /// nobody could know beforehand.
    /// </summary>
    /// <param name="days">A seed.</param>
    /// <param name="hours">How long.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <returns>Alarms of each watcher.</returns>
    internal int[] Quiet(int days, double hours, CancellationToken cancellation)
    {
        MachineBoard board = Begin(_machineOfDays(days));
        int[] alarms = new int[Watchers.Length];
        bool[] before = new bool[alarms.Length];
        for (long second = 0; second < 3600 * hours; second++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int k = 0; k < SamplesOfSecond; k++)
            {
                Next(board);
                for (int w = 0; w < alarms.Length; w++)
                {
                    bool isOn = IsOn(board, w);
                    alarms[w] += isOn && !before[w] ? 1 : 0;
                    before[w] = isOn;
                }
            }
        }

        _thresholds.SetLevelsWithHindsight();
        return board.Faults == 0 ? alarms : throw new InvalidOperationException("The board had faults.");
    }

    /// <summary>Something happens at some times of a day: seconds until each watcher notices.</summary>
    /// <param name="days">A seed.</param>
    /// <param name="times">How often.</param>
    /// <param name="happen">Tells the machine, true when it begins and false when it is over.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <returns>For each time, of each watcher; infinity where it noticed nothing within half a minute, or an alarm was on before.</returns>
    internal double[][] Sudden(int days, int times, Action<Machine, bool> happen, CancellationToken cancellation)
    {
        const int Before = 30;
        const int After = 30;
        Machine machine = _machineOfDays(days);
        return [.. Enumerable.Range(0, times).Select(_ =>
        {
            cancellation.ThrowIfCancellationRequested();
            MachineBoard board = Begin(machine);
            double[] noticed = Array.ConvertAll(Watchers, _ => double.PositiveInfinity);
            for (int k = 0; k < Before * SamplesOfSecond; k++)
            {
                Next(board);
            }

            bool[] before = [.. noticed.Select((_, w) => IsOn(board, w))];
            happen(machine, true);
            for (int k = 1; k <= After * SamplesOfSecond; k++)
            {
                Next(board);
                for (int w = 0; w < noticed.Length; w++)
                {
                    noticed[w] = IsOn(board, w) && !before[w] ? Math.Min(noticed[w], (double)k / SamplesOfSecond) : noticed[w];
                }
            }

            happen(machine, false);
            machine.Skip((24 * 3600.0 / times) - Before - After);
            return noticed;
        })];
    }

    /// <summary>Something begins and grows: hours until an alarm is on for more than half of a quarter of an hour.</summary>
    /// <param name="days">A seed.</param>
    /// <param name="hours">How long.</param>
    /// <param name="begin">Tells the machine.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <returns>Of each watcher; infinity for never.</returns>
    internal double[] Growing(int days, double hours, Action<Machine> begin, CancellationToken cancellation)
    {
        const int Quarter = 900;
        Machine machine = _machineOfDays(days);
        begin(machine);
        MachineBoard board = Begin(machine);
        double[] noticed = Array.ConvertAll(Watchers, _ => double.PositiveInfinity);
        for (int quarter = 0; quarter < 4 * hours && noticed.Contains(double.PositiveInfinity); quarter++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] on = new int[noticed.Length];
            for (int k = 0; k < Quarter * SamplesOfSecond; k++)
            {
                Next(board);
                for (int w = 0; w < on.Length; w++)
                {
                    on[w] += IsOn(board, w) ? 1 : 0;
                }
            }

            for (int w = 0; w < on.Length; w++)
            {
                noticed[w] = 2 * on[w] > Quarter * SamplesOfSecond ? Math.Min(noticed[w], quarter / 4.0) : noticed[w];
            }
        }

        return noticed;
    }

    private MachineBoard Begin(Machine machine)
    {
        _thresholds.Begin();
        return new MachineBoard(_model, machine);
    }

    private void Next(MachineBoard board)
    {
        board.Next();
        _thresholds.Next(board.Counts);
    }

    private bool IsOn(MachineBoard board, int watcher) => watcher == 0 ? board.IsOn : _thresholds.IsOn(watcher - 1);
}
