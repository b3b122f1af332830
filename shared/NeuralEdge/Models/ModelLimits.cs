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
        private readonly int _maxHeapBytes;
        private readonly long _activeLowPins;
        private readonly bool _knowsPolarity;

        /// <summary>States limits that leave memory out: what fits is taken.</summary>
        /// <param name="maxBytes">Longest model file in bytes.</param>
        /// <param name="maxLayers">Most layers, 1..255.</param>
        /// <param name="maxWidth">Most inputs or neurons of a layer, 1..65535.</param>
        /// <param name="outputPins">Bit n set: GPIO n may be driven.</param>
        /// <param name="adcChannels">Bit n set: ADC channel n may be sampled.</param>
        public ModelLimits(int maxBytes, int maxLayers, int maxWidth, long outputPins, int adcChannels)
            : this(maxBytes, maxLayers, maxWidth, outputPins, adcChannels, int.MaxValue)
        {
        }

        /// <summary>States the limits of a board.</summary>
        /// <param name="maxBytes">Longest model file in bytes.</param>
        /// <param name="maxLayers">Most layers, 1..255.</param>
        /// <param name="maxWidth">Most inputs or neurons of a layer, 1..65535.</param>
        /// <param name="outputPins">Bit n set: GPIO n may be driven.</param>
        /// <param name="adcChannels">Bit n set: ADC channel n may be sampled.</param>
        /// <param name="maxHeapBytes">Bytes of the heap for models: the file while it is read, and what is made of it.</param>
        public ModelLimits(int maxBytes, int maxLayers, int maxWidth, long outputPins, int adcChannels, int maxHeapBytes)
            : this(maxBytes, maxLayers, maxWidth, outputPins, adcChannels, maxHeapBytes, 0)
        {
            _knowsPolarity = false;
        }

        /// <summary>States the limits of a board that knows how its loads are wired.</summary>
        /// <param name="maxBytes">Longest model file in bytes.</param>
        /// <param name="maxLayers">Most layers, 1..255.</param>
        /// <param name="maxWidth">Most inputs or neurons of a layer, 1..65535.</param>
        /// <param name="outputPins">Bit n set: GPIO n may be driven.</param>
        /// <param name="adcChannels">Bit n set: ADC channel n may be sampled.</param>
        /// <param name="maxHeapBytes">Bytes of the heap for models: the file while it is read, and what is made of it.</param>
        /// <param name="activeLowPins">Bit n set: the load at GPIO n runs at the low level. Models that say otherwise are refused.</param>
        public ModelLimits(int maxBytes, int maxLayers, int maxWidth, long outputPins, int adcChannels, int maxHeapBytes, long activeLowPins)
        {
            _maxBytes = maxBytes;
            _maxLayers = maxLayers;
            _maxWidth = maxWidth;
            _outputPins = outputPins;
            _adcChannels = adcChannels;
            _maxHeapBytes = maxHeapBytes;
            _activeLowPins = activeLowPins;
            _knowsPolarity = true;
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

        /// <summary>How many sensor values the board has beside the ADC, 0..32; none unless somebody says so.</summary>
        public int Sensors { get; set; }

        /// <summary>Bit n set: the load at GPIO n runs at the low level; see <see cref="KnowsPolarity"/>.</summary>
        public long ActiveLowPins
        {
            get { return _activeLowPins; }
        }

        /// <summary>True when <see cref="ActiveLowPins"/> says how loads are wired; else models may say anything.</summary>
        public bool KnowsPolarity
        {
            get { return _knowsPolarity; }
        }

        /// <summary>Bytes of the heap for models.</summary>
        public int MaxHeapBytes
        {
            get { return _maxHeapBytes; }
        }
    }
}
