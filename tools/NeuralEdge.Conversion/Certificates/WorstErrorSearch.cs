using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// Looks for inputs with large errors: coordinate ascent over raw inputs, and over where in its step a real input lies, from the
/// worst rows and from random ones. What it finds is no proof, but no bound can be smaller.
/// </summary>
internal sealed class WorstErrorSearch
{
    /// <summary>Points that are improved for each output and sign.</summary>
    private const int Kept = 12;

    private const int ProposalsInRound = 8;

    /// <summary>How far an input may lie from its raw one, of what it can; of half a step it is still rounded to the same integer.</summary>
    private const double NearlyAll = 0.9998;

    private const string Stage = "looking for the worst error";

    private readonly FloatNetwork _exact;
    private readonly QuantisedNetwork _integers;
    private readonly IntegerNetwork _network;
    private readonly PortableRandom _random = new(1);
    private readonly double[] _found;
    private readonly Point[][] _kept;
    private int _left;

    private WorstErrorSearch(FloatNetwork exact, QuantisedNetwork integers, int evaluations)
    {
        _exact = exact;
        _integers = integers;
        _network = new IntegerNetwork(integers);
        _found = new double[exact.OutputCount];
        _kept = [.. Enumerable.Range(0, 2 * exact.OutputCount).Select(_ => Array.Empty<Point>())];
        _left = evaluations;
    }

    /// <summary>Searches.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="rows">Rows inside the ranges to begin with.</param>
    /// <param name="effort">What it may take.</param>
    /// <returns>For each output, in its unit, the largest error found at inputs with which no value meets its ceiling.</returns>
    internal static double[] Find(FloatNetwork exact, QuantisedNetwork integers, IReadOnlyList<double[]> rows, Effort effort)
    {
        int evaluations = (int)Math.Clamp(effort.Work / (Enumeration.CostOfPoint(exact) + 200), 200, 20_000_000);
        WorstErrorSearch search = new(exact, integers, evaluations);
        search.Begin(rows, evaluations / 4, effort);
        search.Improve(evaluations, effort);
        return search._found;
    }

    private void Begin(IReadOnlyList<double[]> rows, int count, Effort effort)
    {
        int step = Math.Max(1, (rows.Count + (count / 2)) / Math.Max(1, count / 2));
        for (int r = 0; r < rows.Count; r += step)
        {
            int[] raw = _network.ToRaw(rows[r]);
            double[] place = new double[raw.Length];
            for (int i = 0; i < raw.Length; i++)
            {
                RawInput input = _integers.Inputs[i];
                place[i] = Math.Clamp(((rows[r][i] - input.Offset) / input.Scale) - raw[i], -NearlyAll * input.Error, NearlyAll * input.Error);
            }

            Keep(Evaluate(raw, place));
            effort.Cancellation.ThrowIfCancellationRequested();
        }

        for (int k = 0; k < count / 2; k++)
        {
            bool corner = k % 8 == 0;
            int[] raw = Array.ConvertAll(_integers.Inputs, input => corner
                ? (_random.Next(2) == 0 ? input.Minimum : input.Maximum)
                : (int)(input.Minimum + Math.Floor(_random.NextDouble() * ((double)input.Maximum - input.Minimum + 1))));
            Keep(Evaluate(raw, [.. raw.Select((_, i) => Place(i))]));
            effort.Cancellation.ThrowIfCancellationRequested();
        }
    }

    private void Improve(int evaluations, Effort effort)
    {
        for (int round = 0; _left > 0; round++)
        {
            // From steps of half a range down to single ones, and again from the start.
            double largest = Math.Pow(2, -(round % 14));
            for (int k = 0; k < _kept.Length; k++)
            {
                for (int p = 0; p < _kept[k].Length; p++)
                {
                    for (int proposal = 0; proposal < ProposalsInRound && _left > 0; proposal++)
                    {
                        Point next = Changed(_kept[k][p], largest);
                        if (next.Error(k) > _kept[k][p].Error(k))
                        {
                            _kept[k][p] = next;
                        }
                    }
                }

                effort.Step(Stage, evaluations - _left, evaluations);
            }

            if (round % 14 == 13)
            {
                ReplaceWorse();
            }
        }
    }

    // The worse half goes on from where the better half is.
    private void ReplaceWorse()
    {
        for (int k = 0; k < _kept.Length; k++)
        {
            Point[] sorted = [.. _kept[k].OrderByDescending(point => point.Error(k))];
            for (int p = (sorted.Length + 1) / 2; p < sorted.Length; p++)
            {
                sorted[p] = sorted[p - ((sorted.Length + 1) / 2)];
            }

            _kept[k] = sorted;
        }
    }

    private Point Changed(Point from, double largest)
    {
        int[] raw = (int[])from.Raw.Clone();
        double[] place = (double[])from.Place.Clone();
        for (int changes = 1 + _random.Next(3); changes > 0; changes--)
        {
            int i = _random.Next(raw.Length);
            RawInput input = _integers.Inputs[i];
            if (_random.Next(3) == 0)
            {
                place[i] = Place(i);
                continue;
            }

            double step = Math.Max(1, Math.Floor(_random.NextDouble() * largest * ((double)input.Maximum - input.Minimum) / 2));
            raw[i] = (int)Math.Clamp(raw[i] + (_random.Next(2) == 0 ? step : -step), input.Minimum, input.Maximum);
        }

        return Evaluate(raw, place);
    }

    private double Place(int input) => (_random.Next(3) - 1) * NearlyAll * _integers.Inputs[input].Error;

    private void Keep(Point point)
    {
        for (int k = 0; k < _kept.Length; k++)
        {
            if (_kept[k].Length < Kept)
            {
                _kept[k] = [.. _kept[k], point];
                continue;
            }

            int least = Enumerable.Range(0, Kept).MinBy(p => _kept[k][p].Error(k));
            if (point.Error(k) > _kept[k][least].Error(k))
            {
                _kept[k][least] = point;
            }
        }
    }

    private Point Evaluate(int[] raw, double[] place)
    {
        _left--;
        double[] values = new double[raw.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            values[i] = _integers.Inputs[i].Offset + (_integers.Inputs[i].Scale * (raw[i] + place[i]));
        }

        double[] error = _network.Scores(raw);
        if (_network.Saturated)
        {
            Array.Clear(error);
            return new Point(raw, place, error);
        }

        double[] expected = _exact.Scores(values);
        for (int o = 0; o < error.Length; o++)
        {
            error[o] -= expected[o];
            _found[o] = Math.Max(_found[o], Math.Abs(error[o]));
        }

        return new Point(raw, place, error);
    }

    /// <summary>Raw inputs, where in their steps the real ones lie, and the errors of the outputs.</summary>
    private sealed record Point(int[] Raw, double[] Place, double[] Errors)
    {
        /// <summary>The error of an output in one direction.</summary>
        internal double Error(int k) => k % 2 == 0 ? Errors[k / 2] : -Errors[k / 2];
    }
}
