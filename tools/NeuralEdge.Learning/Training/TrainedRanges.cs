using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Training;

/// <summary>The ranges a trained model is made for: those of its data with some room, because sensors go on living.</summary>
public static class TrainedRanges
{
    private const double Margin = 0.1;
    private const double LargestCount = 4095;

    /// <summary>
    /// The smallest and largest value of each input, a tenth of the span wider on both sides. A range that lies within a
    /// 12-bit converter's counts stays within them.
    /// </summary>
    /// <param name="data">The rows trained on.</param>
    public static (double Minimum, double Maximum)[] Widen(DataSet data)
    {
        return Array.ConvertAll(data.InputRanges(), range =>
        {
            double room = range.Maximum > range.Minimum ? (range.Maximum - range.Minimum) * Margin : 1;
            (double minimum, double maximum) = (range.Minimum - room, range.Maximum + room);
            return range.Minimum >= 0 && range.Maximum <= LargestCount
                ? (Math.Max(0, minimum), Math.Min(LargestCount, maximum))
                : (minimum, maximum);
        });
    }
}
