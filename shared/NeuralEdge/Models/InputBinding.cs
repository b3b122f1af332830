namespace NeuralEdge.Models
{
    /// <summary>Where an input comes from.</summary>
    public sealed class InputBinding
    {
        /// <summary>Source: nothing, the input keeps the raw value nearest to 0.</summary>
        public const int SourceNone = 0;

        /// <summary>Source: an ADC channel.</summary>
        public const int SourceAdc = 1;

        /// <summary>Source: a value of a digital sensor, which the board numbers from 0.</summary>
        public const int SourceSensor = 2;

        /// <summary>Numbers of sensor values are below this.</summary>
        public const int MaxSensors = 32;

        private readonly int _source;
        private readonly int _channel;
        private readonly int _samplesLog2;
        private readonly int _fractionBits;

        /// <summary>Binds an input.</summary>
        /// <param name="source"><see cref="SourceNone"/>, <see cref="SourceAdc"/> or <see cref="SourceSensor"/>.</param>
        /// <param name="channel">ADC channel, or number of the sensor value.</param>
        /// <param name="samplesLog2">2^samplesLog2 conversions are added up, 0..8; 0 for a sensor.</param>
        /// <param name="fractionBits">Fraction bits of the raw value in counts, -12..samplesLog2; below 0 bits of a count are left out.</param>
        public InputBinding(int source, int channel, int samplesLog2, int fractionBits)
        {
            _source = source;
            _channel = channel;
            _samplesLog2 = samplesLog2;
            _fractionBits = fractionBits;
        }

        /// <summary><see cref="SourceNone"/>, <see cref="SourceAdc"/> or <see cref="SourceSensor"/>.</summary>
        public int Source
        {
            get { return _source; }
        }

        /// <summary>ADC channel, or number of the sensor value.</summary>
        public int Channel
        {
            get { return _channel; }
        }

        /// <summary>2^SamplesLog2 conversions are added up.</summary>
        public int SamplesLog2
        {
            get { return _samplesLog2; }
        }

        /// <summary>
        /// Fraction bits of the raw value in counts: raw = sum &gt;&gt; (SamplesLog2 - FractionBits), rounded half up.
        /// </summary>
        public int FractionBits
        {
            get { return _fractionBits; }
        }
    }
}
