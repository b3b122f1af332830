namespace NeuralEdge.Board.Link
{
    /// <summary>What reads the board's ADC channels and sensors for COUNTS, whatever model runs.</summary>
    public interface ICounts
    {
        /// <summary>Whether the board lets a channel be sampled.</summary>
        /// <param name="channel">ADC channel, or <see cref="LinkProtocol.FirstSensor"/> and the number of a sensor, 0..255.</param>
        bool Has(int channel);

        /// <summary>Samples a channel as a model's input is sampled, but with no range to limit it to.</summary>
        /// <param name="channel">A channel that <see cref="Has"/> allows.</param>
        /// <param name="samplesLog2">2^this conversions, 0..<see cref="LinkProtocol.MaxCountsSamplesLog2"/>.</param>
        /// <param name="count">
        /// Their mean, corrected as the board has it, with the lesser of this and <see cref="LinkProtocol.MaxCountFractionBits"/>
        /// fraction bits, rounded half up.
        /// </param>
        /// <returns>False when the ADC gives no count, or the sensor no value.</returns>
        bool TryRead(int channel, int samplesLog2, out int count);
    }
}
