using NeuralEdge.Conversion.Features;
using NeuralEdge.Features;
using NeuralEdge.Learning.Normality;

namespace NeuralEdge.Benchmarks.Scoring;

/// <summary>
/// What one does without a model: a single feature of a single channel and a level. Each gets all that the model has but the other features: its
/// windows, the squared distance from the mean beside its median, the ceiling, the average, and a level by the same rule from the same hours, or with
/// hindsight.
/// </summary>
internal sealed class PlainThresholds
{
    private const int FullScale = 4095;

    private static readonly string[] Kinds = ["rms", "range", "maxdiff"];

    private readonly WindowStage _stage;
    private readonly int _shift;
    private readonly double[] _mean;
    private readonly double[] _usual;
    private readonly double[] _ceiling;
    private readonly double[] _level;
    private readonly double[] _average;
    private readonly double[] _highest;
    private readonly bool[] _isOn;
    private int _averaged; // windows in the averages, no further than their length

    /// <summary>Learns means, scales and levels: the first two from two thirds of a log, levels from the rest.</summary>
    /// <param name="channels">Names of the channels.</param>
    /// <param name="windows">The model's windows.</param>
    /// <param name="shift">Averages move by 2^-shift of the distance.</param>
    /// <param name="stretches">The log.</param>
    /// <param name="allowed">How often an alarm may begin in its last third.</param>
    internal PlainThresholds(IReadOnlyList<string> channels, WindowShape windows, int shift, int[][][] stretches, int allowed)
    {
        Names = [.. channels.SelectMany(channel => Kinds.Select(kind => $"{channel} {kind}"))];
        int learned = stretches.Length * 2 / 3;

        // Counts as they are: a model's channels may have them in eighths.
        ChannelShape[] counts = [.. channels.Select((_, c) => new ChannelShape(0, FullScale, (int)stretches.Take(learned).Average(stretch => stretch.Average(sample => sample[c])), 0, 0))];
        _stage = new WindowStage(new WindowShape(windows.Hop, windows.Hops, 0, 0, counts, [.. channels.SelectMany((_, c) => Kinds.Select(kind => FeatureNames.Parse(kind, c, scale: 1)))]));
        _shift = shift;
        int n = Names.Length;
        _average = new double[n];
        _highest = new double[n];
        _isOn = new bool[n];
        int[][] rows = [.. stretches.Take(learned).SelectMany(RowsOf)];
        _mean = [.. Enumerable.Range(0, n).Select(i => rows.Average(row => row[i]))];
        (double Usual, double Ceiling)[] scales = [.. Enumerable.Range(0, n).Select(i => Distance.ScaleOf([.. rows.Select(row => Math.Pow(row[i] - _mean[i], 2))]))];
        _usual = Array.ConvertAll(scales, scale => scale.Usual);
        _ceiling = Array.ConvertAll(scales, scale => scale.Ceiling);
        List<double>[] scores = Array.ConvertAll(_mean, _ => new List<double>());
        foreach (int[][] stretch in stretches.Skip(learned))
        {
            _averaged = 0;
            foreach (int[] row in RowsOf(stretch))
            {
                bool isFull = Average(row);
                for (int i = 0; isFull && i < n; i++)
                {
                    scores[i].Add(_average[i]);
                }
            }
        }

        _level = [.. scores.Select((of, i) => AlarmLevel.Of(of, allowed, _ceiling[i], shift, windows.Hops))];
        Begin();
    }

    /// <summary>Channel and feature of each.</summary>
    internal string[] Names { get; }

    /// <summary>Whether there is an alarm.</summary>
    /// <param name="index">Index of a name.</param>
    internal bool IsOn(int index) => _isOn[index];

    /// <summary>Sets each level anew with hindsight: just above the highest that there was since construction.</summary>
    internal void SetLevelsWithHindsight()
    {
        for (int i = 0; i < _level.Length; i++)
        {
            _level[i] = Math.BitIncrement(_highest[i]);
        }
    }

    /// <summary>Forgets all samples.</summary>
    internal void Begin()
    {
        _stage.Clear();
        _averaged = 0;
        Array.Clear(_isOn);
    }

    /// <summary>Takes a sample of each channel.</summary>
    /// <param name="counts">They.</param>
    internal void Next(int[] counts)
    {
        if (!IsRow(counts))
        {
            return;
        }

        bool isFull = Average(_stage.Row);
        for (int i = 0; isFull && i < _isOn.Length; i++)
        {
            _highest[i] = Math.Max(_highest[i], _average[i]);
            _isOn[i] = _average[i] >= _level[i] || (_isOn[i] && _average[i] > _level[i] * AlarmLevel.EndsAt);
        }
    }

    private IEnumerable<int[]> RowsOf(int[][] stretch)
    {
        _stage.Clear();
        foreach (int[] counts in stretch)
        {
            if (IsRow(counts))
            {
                yield return [.. _stage.Row];
            }
        }
    }

    private bool IsRow(int[] counts)
    {
        if (!_stage.Add(counts))
        {
            return false;
        }

        while (!_stage.Compute())
        {
        }

        return true;
    }

    // The mean of the first windows, then what a board averages by.
    private bool Average(int[] row)
    {
        bool isFilling = _averaged < 1 << _shift;
        _averaged += isFilling ? 1 : 0;
        for (int i = 0; i < row.Length; i++)
        {
            double distance = row[i] - _mean[i];
            double score = Math.Min(distance * distance / _usual[i], _ceiling[i]);
            _average[i] = _averaged == 1 && isFilling ? score
                : _average[i] + ((score - _average[i]) / (isFilling ? _averaged : 1 << _shift));
        }

        return _averaged == 1 << _shift;
    }
}
