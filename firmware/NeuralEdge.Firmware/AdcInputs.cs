using System;
using System.Device.Adc;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>The ADC: 12 bits, raw counts, each channel opened when it is first read.</summary>
    internal sealed class AdcInputs : IAnalogInputs
    {
        private readonly AdcController _controller = new AdcController();
        private readonly AdcChannel[] _channels = new AdcChannel[64];
        private readonly BoardErrors _errors;

        /// <summary>The ADC.</summary>
        /// <param name="errors">Where a channel that fails is named; null for nowhere.</param>
        internal AdcInputs(BoardErrors errors = null)
        {
            _errors = errors;
        }

        public int ReadSum(int channel, int conversions, int lowest, int highest)
        {
            try
            {
                AdcChannel input = _channels[channel];
                if (input == null)
                {
                    input = _controller.OpenChannel(channel);
                    _channels[channel] = input;
                }

                int sum = 0;
                bool plausible = true;
                do
                {
                    int count = input.ReadValue();
                    if (count < lowest || count > highest)
                    {
                        plausible = false;
                    }

                    sum += count;
                }
                while (--conversions != 0);
                return plausible ? sum : AnalogSampler.Implausible;
            }
            catch (Exception e)
            {
                if (_errors != null)
                {
                    _errors.Name("reading ADC channel " + channel.ToString(), e);
                }

                throw;
            }
        }
    }
}
