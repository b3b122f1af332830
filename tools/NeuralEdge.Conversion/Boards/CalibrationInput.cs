using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Conversion.Boards;

/// <summary>Reads <c>"counts":[0,4095],"values":[0,3.3]</c>, which models and board files write alike.</summary>
internal static class CalibrationInput
{
    private const double LargestCount = 1e7;
    private const double LargestValue = 1e12;

    /// <summary>The calibration of an input, null when it has none.</summary>
    public static CountCalibration? Read(JsonInput input)
    {
        JsonInput countsAt = input["counts"];
        JsonInput valuesAt = input["values"];
        if (!countsAt.Exists && !valuesAt.Exists)
        {
            return null;
        }

        if (!countsAt.Exists || !valuesAt.Exists)
        {
            throw input.Refuse("has only one of counts and values; give both, or neither");
        }

        (double count0, double count1) = Pair(countsAt, -LargestCount, LargestCount);
        (double value0, double value1) = Pair(valuesAt, -LargestValue, LargestValue);
        return new CountCalibration(count0, count1, value0, value1);
    }

    private static (double First, double Second) Pair(JsonInput at, double smallest, double largest)
    {
        at.RequireArray(2, 2, "numbers");
        double first = at[0].Number(smallest, largest);
        double second = at[1].Number(smallest, largest);
        return first != second ? (first, second) : throw at.Refuse("has two equal numbers; two different points are needed to draw a line");
    }
}
