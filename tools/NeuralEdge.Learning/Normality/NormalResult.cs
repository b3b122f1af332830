using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;
using NeuralEdge.Models;

namespace NeuralEdge.Learning.Normality;

/// <summary>A model that says how unlike the normal ones a window is, and what is known of its alarms.</summary>
/// <param name="Model">The model.</param>
/// <param name="Level">Where an alarm begins, in usual squared distances.</param>
/// <param name="Average">Decisions that the score is averaged over.</param>
/// <param name="Learned">Hours that were learned from.</param>
/// <param name="Judged">Later hours by which the level was set.</param>
/// <param name="Alarms">How often an alarm began in them.</param>
/// <param name="FalseAlarmsPerDay">What was asked for.</param>
/// <param name="Tests">How soon other rows were noticed, by the score and by single features; empty without such rows.</param>
/// <param name="Findings">What the owner of the tables should know.</param>
public sealed record NormalResult(
    ConvertedModel Model, double Level, int Average, double Learned, double Judged, int Alarms, double FalseAlarmsPerDay, IReadOnlyList<Detection> Tests, IReadOnlyList<DataFinding> Findings)
{
    /// <summary>An alarm ends at this share of its level.</summary>
    public const double AlarmEndsAt = AlarmLevel.EndsAt;

    /// <summary>Where the score of a window ends, in usual squared distances.</summary>
    public double Ceiling { get; init; }

    /// <summary>The highest level that tells anything: an average that stops at the ceiling hardly comes nearer.</summary>
    public double HighestLevel => AlarmLevel.Highest(Ceiling);

    /// <summary>The averaged score of each normal window by which the level was set, in the order of time.</summary>
    public IReadOnlyList<double> Scores { get; init; } = [];

    /// <summary>The averaged score of each window of the other rows; empty without such rows.</summary>
    public IReadOnlyList<double> OtherScores { get; init; } = [];

    /// <summary>Recordings of the other rows.</summary>
    public int OtherRecordings { get; init; }

    /// <summary>The channels that a board samples for it, with the ranges of the table.</summary>
    public IReadOnlyList<InputSpec> Sampled => Samples is null ? [] : Trainer.Untrained(Samples).Inputs;

    /// <summary>The normal rows.</summary>
    internal DataSet? Samples { get; init; }

    /// <summary>How windows were cut from them.</summary>
    internal WindowedData? Windowed { get; init; }

    /// <summary>How the board's last few scores become one.</summary>
    internal RecentDecisions? Decisions { get; init; }

    /// <summary>
    /// Fewer alarms a day than this can be promised after so many hours with what was seen: with none in T hours, 72 / T, at 95 % (the rule of
    /// three).
    /// </summary>
    public double MostPerDay => AlarmLevel.MostExpected(Alarms) * 24 / Judged;

    /// <summary>Hours of normal rows that would have to be judged, without more alarms, to promise what was asked for.</summary>
    public double HoursNeeded => AlarmLevel.MostExpected(Alarms) * 24 / FalseAlarmsPerDay;

    /// <summary>How often an alarm would have begun in the hours judged, if it began elsewhere.</summary>
    /// <param name="level">Where, in usual squared distances.</param>
    public int AlarmsAt(double level) => AlarmLevel.Alarms(Scores, level);

    /// <summary>As <see cref="MostPerDay"/>, for another level.</summary>
    /// <param name="level">Where an alarm begins, in usual squared distances.</param>
    public double MostPerDayAt(double level) => AlarmLevel.MostExpected(AlarmsAt(level)) * 24 / Judged;
}

/// <summary>How soon rows that are not normal are noticed.</summary>
/// <param name="By">The score, or the feature whose distance from its mean is taken alone.</param>
/// <param name="Seconds">Time from the end of a recording's first window to its alarm, the median over the recordings; null: half of them have none.</param>
/// <param name="Share">Share of the windows with an alarm.</param>
public sealed record Detection(string By, double? Seconds, double Share)
{
    /// <summary>Recordings with an alarm.</summary>
    public int Noticed { get; init; }
}
