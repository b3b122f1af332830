namespace NeuralEdge.Models
{
    /// <summary>What a board takes; everything is checked before memory is allocated.</summary>
    public sealed class ModelLimits
    {
        private readonly int _maxBytes;
        private readonly int _maxLayers;
        private readonly int _maxWidth;
        private readonly long _outputPins;
        private readonly int _adcChannels;

        /// <summary>States the limits of a board.</summary>
        /// <param name="maxBytes">Longest model file in bytes.</param>
        /// <param name="maxLayers">Most layers, 1..255.</param>
        /// <param name="maxWidth">Most inputs or neurons of a layer, 1..65535.</param>
        /// <param name="outputPins">Bit n set: GPIO n may be driven.</param>
        /// <param name="adcChannels">Bit n set: ADC channel n may be sampled.</param>
        public ModelLimits(int maxBytes, int maxLayers, int maxWidth, long outputPins, int adcChannels)
        {
            _maxBytes = maxBytes;
            _maxLayers = maxLayers;
            _maxWidth = maxWidth;
            _outputPins = outputPins;
            _adcChannels = adcChannels;
        }

        /// <summary>Longest model file in bytes.</summary>
        public int MaxBytes
        {
            get { return _maxBytes; }
        }

        /// <summary>Most layers.</summary>
        public int MaxLayers
        {
            get { return _maxLayers; }
        }

        /// <summary>Most inputs or neurons of a layer.</summary>
        public int MaxWidth
        {
            get { return _maxWidth; }
        }

        /// <summary>Bit n set: GPIO n may be driven.</summary>
        public long OutputPins
        {
            get { return _outputPins; }
        }

        /// <summary>Bit n set: ADC channel n may be sampled.</summary>
        public int AdcChannels
        {
            get { return _adcChannels; }
        }
    }
}
