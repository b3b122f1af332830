namespace NeuralEdge.Board.Control
{
    /// <summary>The analog-to-digital converter.</summary>
    public interface IAnalogInputs
    {
        /// <summary>
        /// Converts several times in a row, and adds the counts up: the loop is the converter's, because a call for each
        /// conversion would cost an interpreter as much as a small network.
        /// </summary>
        /// <param name="channel">ADC channel number of the platform (ADC1 0..7 on the ESP32).</param>
        /// <param name="conversions">How many, 1..256.</param>
        /// <param name="lowest">Smallest plausible count, 0 or more.</param>
        /// <param name="highest">Largest plausible count, 4095 or less.</param>
        /// <returns>The sum of the uncorrected counts, or <see cref="AnalogSampler.Implausible"/> when one of them is not plausible.</returns>
        int ReadSum(int channel, int conversions, int lowest, int highest);
    }
}
