namespace NeuralEdge.Control
{
    /// <summary>The analog-to-digital converter, one conversion at a time.</summary>
    public interface IAnalogInputs
    {
        /// <summary>Converts once.</summary>
        /// <param name="channel">ADC channel number of the platform (ADC1 0..7 on the ESP32).</param>
        /// <returns>The uncorrected count, 0..4095.</returns>
        int ReadCount(int channel);
    }
}
