using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Binding;

/// <summary>Decides how each input becomes an integer, so that the board does no scaling of its own.</summary>
internal static class RawInputs
{
    /// <summary>Largest magnitude of a raw input: as large as tanh's, to share the accumulator fairly.</summary>
    private const double Magnitude = 32768;

    // What ranges may be: beyond this, steps of a power of two are not told apart by doubles.
    private const double LargestValue = 1e15;
    private const double LeastWidth = 1e-30;
    private const double LeastShare = 1.0 / (1L << 36);

    /// <summary>Fraction bits of oversampled counts: 4095 * 2^3 is the most that stays below 2^15.</summary>
    private const int MaxCountFractionBits = 3;

    /// <summary>The raw form of one input.</summary>
    /// <param name="input">Declared name, range and calibration.</param>
    /// <param name="sensor">The sensor that feeds it, null when none is wired.</param>
    /// <param name="fast">True for the arithmetic of the profile fast.</param>
    /// <exception cref="InputRefusedException">The range is missing, empty or not finite.</exception>
    internal static (RawInput Raw, InputBinding Binding) Choose(InputSpec input, BoardInput? sensor, bool fast)
    {
        if (input.Minimum is not double minimum || input.Maximum is not double maximum)
        {
            throw new InputRefusedException(
                $"input {input.Name} has no range; give --calibrate DATA.csv or --range MIN,MAX, or \"min\" and \"max\" in the model.");
        }

        if (!double.IsFinite(minimum) || !double.IsFinite(maximum) || minimum >= maximum)
        {
            throw new InputRefusedException(
                $"input {input.Name} has the range {minimum}..{maximum}; give a smallest value that is below the largest.");
        }

        double largest = Math.Max(Math.Abs(minimum), Math.Abs(maximum));
        if (largest > LargestValue || maximum - minimum < Math.Max(LeastWidth, largest * LeastShare))
        {
            throw new InputRefusedException(
                $"input {input.Name} has the range {minimum}..{maximum}, whose ends lie beyond {LargestValue:0E+0} or too close together to tell values apart; correct it, or give the input another unit.");
        }

        return sensor is null
            ? (fast ? FastInputs.OfValues(minimum, maximum) : OfValues(minimum, maximum), new InputBinding(InputBinding.SourceNone, 0, 0, 0))
            : OfCounts(input, sensor, minimum, maximum, fast);
    }

    // Values are measured from the middle of their range in steps of a power of two, so that a narrow range far from
    // zero (1000..1010 hPa) keeps all its bits; the middle is a multiple of the step, so that nice values stay exact.
    private static RawInput OfValues(double minimum, double maximum)
    {
        double half = (maximum - minimum) / 2;
        int fractionBits = Math.ILogB(Magnitude / half);
        while (true)
        {
            double step = Math.ScaleB(1, -fractionBits);
            double offset = Math.Round((minimum + half) / step) * step;
            double low = Math.Floor(((minimum - offset) / step) + 0.5);
            double high = Math.Floor(((maximum - offset) / step) + 0.5);
            if (Math.Max(-low, high) <= Magnitude)
            {
                return new RawInput((int)low, (int)high, step, offset);
            }

            fractionBits--;
        }
    }

    private static (RawInput Raw, InputBinding Binding) OfCounts(InputSpec input, BoardInput sensor, double minimum, double maximum, bool fast)
    {
        int samplesLog2 = int.Log2(sensor.Oversample);
        int fractionBits = Math.Min(samplesLog2, MaxCountFractionBits);
        CountCalibration? calibration = sensor.Calibration ?? input.Calibration;
        if (fast)
        {
            double counts = (maximum - minimum) / Math.Abs(calibration?.Scale ?? 1);
            fractionBits = FastInputs.FractionBits(counts, fractionBits, -ModelFormat.MaxDroppedBits);
        }

        double scale = Math.ScaleB(calibration?.Scale ?? 1, -fractionBits);
        double offset = calibration?.Offset ?? 0;
        double a = Math.Floor(((minimum - offset) / scale) + 0.5);
        double b = Math.Floor(((maximum - offset) / scale) + 0.5);
        double low = Math.Min(a, b);
        double high = Math.Max(a, b);
        if (Math.Max(Math.Abs(low), Math.Abs(high)) > ModelFormat.MaxRawInput)
        {
            throw new InputRefusedException(
                $"input {input.Name}: its range {minimum}..{maximum} lies far outside what {(sensor.Sensor is null ? "the ADC's counts 0..4095" : "a sensor's integers -32768..32767")} can say; correct \"min\" and \"max\", or \"counts\" and \"values\".");
        }

        return (
            new RawInput((int)low, (int)high, scale, offset),
            sensor.Sensor is int number
                ? new InputBinding(InputBinding.SourceSensor, number, samplesLog2, fractionBits)
                : new InputBinding(InputBinding.SourceAdc, sensor.Adc, samplesLog2, fractionBits));
    }
}
