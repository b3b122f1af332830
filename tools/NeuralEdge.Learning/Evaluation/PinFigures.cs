using NeuralEdge.Conversion.Boards;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>
/// How often a pin would be wrong at the rows held out. Of windows by all that the model file has a board do: the last few decisions, times, groups;
/// of rows by its rule alone, each row a decision: no shortest time on, no limit of the board.
/// </summary>
/// <param name="Output">The output that switches it.</param>
/// <param name="Pin">GPIO number.</param>
/// <param name="ShouldBeOff">Rows at which it should be off.</param>
/// <param name="WronglyOn">Of these, those at which it would be on.</param>
/// <param name="ShouldBeOn">Rows at which it should be on.</param>
/// <param name="WronglyOff">Of these, those at which it would be off.</param>
public sealed record PinFigures(string Output, int Pin, int ShouldBeOff, int WronglyOn, int ShouldBeOn, int WronglyOff)
{
    internal static PinFigures Of(BoardOutput load, int output, DataSet rows, IntegerAnswers answers, bool isLog)
    {
        bool[] truth = rows.Task == TaskKind.Classify ? [.. rows.Classes.Select(c => c == output)] : States(load, output, rows.Targets, rows.Targets, isLog);
        bool[] actual = answers.Pins is bool[][] pins ? Array.ConvertAll(pins, states => states[output]) : States(load, output, answers.Scores, answers.Values, isLog);
        int shouldBeOn = truth.Count(on => on);
        return new PinFigures(
            load.Name,
            load.Pin,
            rows.Count - shouldBeOn,
            Enumerable.Range(0, rows.Count).Count(r => actual[r] && !truth[r]),
            shouldBeOn,
            Enumerable.Range(0, rows.Count).Count(r => !actual[r] && truth[r]));
    }

    // Between its thresholds a pin stays as it was, which only rows that follow each other can tell.
    private static bool[] States(BoardOutput load, int output, double[][] scores, double[][] values, bool isLog)
    {
        bool[] states = new bool[scores.Length];
        bool rising = load.On >= load.Off;
        bool state = false;
        for (int r = 0; r < states.Length; r++)
        {
            double value = values[r][output];
            bool on = rising ? value >= load.On : value <= load.On;
            bool off = !on && (rising ? value <= load.Off : value >= load.Off);
            bool nearerOn = Math.Abs(value - load.On) <= Math.Abs(value - load.Off);
            state = load.ArgMax ? Array.IndexOf(scores[r], scores[r].Max()) == output : on || (!off && (isLog ? state : nearerOn));
            states[r] = state;
        }

        return states;
    }
}
