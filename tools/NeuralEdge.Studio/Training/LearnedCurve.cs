using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Plots;

namespace NeuralEdge.Studio.Training;

/// <summary>
/// The rows of a training as a curve by their number, so that a wrong one can be looked at among its neighbours; of windows, the samples
/// that they were cut from.
/// </summary>
public sealed class LearnedCurve
{
    private const int MostShown = 60_000;

    private readonly int[] _lines;

    /// <summary>The curve of a training.</summary>
    /// <param name="result">What came of it.</param>
    public LearnedCurve(TrainResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        DataSet data = result.Samples ?? result.Training;
        Width = result.WindowRows;
        int[] rows = [.. Enumerable.Range(0, data.Count).OrderBy(r => data.Lines[r])];
        _lines = [.. rows.Select(r => data.Lines[r])];
        Rows = new RowRing(data.InputNames, MostShown);
        List<PlotBand> bands = [];
        for (int i = 0; i < rows.Length; i++)
        {
            Rows.Add(i, data.Inputs[rows[i]]);
            if (data.Task != TaskKind.Classify)
            {
                continue;
            }

            int label = data.Classes[rows[i]];
            if (bands.Count > 0 && bands[^1].Colour == label)
            {
                bands[^1] = bands[^1] with { To = i + 1 };
            }
            else
            {
                bands.Add(new PlotBand(i, i + 1, data.ClassNames[label], label));
            }
        }

        Bands = bands;
        Lanes = [.. data.InputNames.Select((name, i) => new PlotLane(name, i, Unit: data.InputUnits[i]))];
    }

    /// <summary>The inputs; the time of a row is its place, from 0.</summary>
    public RowRing Rows { get; }

    /// <summary>The inputs as lanes.</summary>
    public IReadOnlyList<PlotLane> Lanes { get; }

    /// <summary>The classes; none for quantities.</summary>
    public IReadOnlyList<PlotBand> Bands { get; }

    /// <summary>Rows that an answer is about: those of a window, which ends with the row that has its place.</summary>
    public int Width { get; }

    /// <summary>The place of a line of the table; null when it is not among what was learned from, or too far back to be shown.</summary>
    /// <param name="line">The line, as <see cref="DataSet.Lines"/> has it.</param>
    public int? PlaceOf(int line)
    {
        int place = Array.BinarySearch(_lines, line);
        return place >= Math.Max(0, _lines.Length - MostShown) ? place : null;
    }
}
