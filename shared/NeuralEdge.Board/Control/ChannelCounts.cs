using NeuralEdge.Board.Link;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Reads ADC channels and sensors for the host, beside the model that runs: the integer that <see cref="AnalogSampler"/> would give a model's
    /// input of as many conversions, before that limits it to the model's range. No count is implausible: a recording is to show it.
    /// </summary>
    public sealed class ChannelCounts : ICounts
    {
        private const int FullScale = 4095;
        private const int MostChannels = 32;

        private readonly BoardParts _parts;
        private readonly AdcChannelSettings[] _channels = new AdcChannelSettings[MostChannels];

        /// <summary>Prepares the channels that a board's limits allow.</summary>
        /// <param name="parts">The board, for its ADC and its sensors.</param>
        /// <param name="settings">The board's limits and corrections.</param>
        public ChannelCounts(BoardParts parts, BoardSettings settings)
        {
            _parts = parts;
            for (int channel = 0; channel < MostChannels; channel++)
            {
                if ((settings.Limits.AdcChannels & (1 << channel)) != 0)
                {
                    _channels[channel] = AnalogSampler.Find(settings.AdcChannels, channel);
                }
            }
        }

        /// <inheritdoc/>
        public bool Has(int channel)
        {
            return channel < MostChannels ? _channels[channel] != null
                : channel >= LinkProtocol.FirstSensor && _parts.Sensors != null && channel - LinkProtocol.FirstSensor < _parts.Sensors.Count;
        }

        /// <inheritdoc/>
        public bool TryRead(int channel, int samplesLog2, out int count)
        {
            if (channel >= LinkProtocol.FirstSensor)
            {
                bool isRead = _parts.Sensors.TryRead(channel - LinkProtocol.FirstSensor, out count);
                count <<= samplesLog2 > LinkProtocol.MaxCountFractionBits ? LinkProtocol.MaxCountFractionBits : samplesLog2;
                return isRead;
            }

            AdcChannelSettings settings = _channels[channel];
            int sum = _parts.Inputs.ReadSum(channel, 1 << samplesLog2, 0, FullScale);
            int shift = AdcChannelSettings.GainFractionBits;
            if (samplesLog2 > LinkProtocol.MaxCountFractionBits)
            {
                shift += samplesLog2 - LinkProtocol.MaxCountFractionBits;
            }

            // As in AnalogSampler: the correction of the sum, and one rounding, half up. At most 2^22 in magnitude, far inside an int.
            long corrected = ((long)(sum - (settings.MeasuredCount << samplesLog2)) * settings.Gain)
                + ((long)(settings.TrueCount << samplesLog2) << AdcChannelSettings.GainFractionBits);
            count = (int)((corrected + (1L << (shift - 1))) >> shift);
            return sum >= 0;
        }
    }
}
