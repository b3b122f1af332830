using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Control
{
    /// <summary>
    /// Fills a network's raw inputs from the ADC: oversamples, corrects, scales by a shift and clamps to the model's
    /// raw range. Nothing is allocated after construction.
    /// </summary>
    /// <remarks>
    /// For an input with SamplesLog2 = k and FractionBits = f the raw value is the sum of 2^k corrected counts shifted
    /// right by k - f and rounded half up, so it is the mean count with f fraction bits, or without its last -f bits. The
    /// correction is a straight line, so it is applied to the sum, once, and rounded once, together with that shift.
    /// </remarks>
    public sealed class AnalogSampler
    {
        /// <summary>What <see cref="Sample"/> returns when every input was read and is plausible.</summary>
        public const int NoFault = -1;

        private const int FullScale = 4095;

        private readonly IAnalogInputs _inputs;
        private readonly Network _network;
        private readonly int _faultAfter;
        private readonly int _count;
        private readonly bool[] _bound;
        private readonly int[] _channel;
        private readonly int[] _samplesLog2;
        private readonly int[] _shift;
        private readonly int[] _gain;
        private readonly int[] _measured;
        private readonly int[] _true;
        private readonly int[] _lowest;
        private readonly int[] _highest;
        private readonly int[] _implausible;
        private readonly int[] _lastGood;
        private readonly bool[] _hasGood;

        /// <summary>Prepares the sampling of a model's inputs.</summary>
        /// <param name="model">The model whose network is filled.</param>
        /// <param name="inputs">The ADC.</param>
        /// <param name="channels">Corrections of the board; channels it does not name are taken as they are.</param>
        /// <param name="faultAfter">How many periods in a row a count may be implausible before it is a fault, at least 1.</param>
        public AnalogSampler(Model model, IAnalogInputs inputs, AdcChannelSettings[] channels, int faultAfter)
        {
            _inputs = inputs;
            _network = model.Network;
            _faultAfter = faultAfter;
            _count = _network.InputCount;
            _bound = new bool[_count];
            _channel = new int[_count];
            _samplesLog2 = new int[_count];
            _shift = new int[_count];
            _gain = new int[_count];
            _measured = new int[_count];
            _true = new int[_count];
            _lowest = new int[_count];
            _highest = new int[_count];
            _implausible = new int[_count];
            _lastGood = new int[_count];
            _hasGood = new bool[_count];
            for (int i = 0; i < _count; i++)
            {
                InputBinding binding = model.Bindings.Inputs[i];
                AdcChannelSettings settings = Find(channels, binding.Channel);
                _bound[i] = binding.Source == InputBinding.SourceAdc;
                _channel[i] = binding.Channel;
                _samplesLog2[i] = binding.SamplesLog2;
                _shift[i] = AdcChannelSettings.GainFractionBits + binding.SamplesLog2 - binding.FractionBits;
                _gain[i] = settings.Gain;
                _measured[i] = settings.MeasuredCount << binding.SamplesLog2;
                _true[i] = settings.TrueCount << binding.SamplesLog2;
                _lowest[i] = settings.LowestPlausible;
                _highest[i] = settings.HighestPlausible;
            }
        }

        /// <summary>Bytes of a board's heap that the sampling of a model's inputs takes.</summary>
        /// <param name="inputs">Inputs of the network.</param>
        /// <returns>The bytes.</returns>
        internal static int MeasureHeap(int inputs)
        {
            return Heap.Object(16) + (9 * Heap.Array(4 * inputs)) + (2 * Heap.Array(inputs));
        }

        /// <summary>
        /// Reads every bound input once. An implausible count is bridged by the last good value until it has lasted as
        /// many periods as allowed. Inputs without a binding are set to 0, clamped to their range.
        /// </summary>
        /// <returns><see cref="NoFault"/>, or the index of the first input that is a fault; the caller must not use the inputs then.</returns>
        public int Sample()
        {
            int fault = NoFault;
            for (int i = 0; i < _count; i++)
            {
                if (!_bound[i])
                {
                    _network.SetInput(i, 0);
                    continue;
                }

                int channel = _channel[i];
                int lowest = _lowest[i];
                int highest = _highest[i];
                int samples = 1 << _samplesLog2[i];
                int sum = 0;
                bool plausible = true;
                for (int s = 0; s < samples; s++)
                {
                    int count = _inputs.ReadCount(channel);
                    if (count < lowest || count > highest || count < 0 || count > FullScale)
                    {
                        plausible = false;
                    }

                    sum += count;
                }

                if (plausible)
                {
                    _implausible[i] = 0;
                    _lastGood[i] = Scale(sum, i);
                    _hasGood[i] = true;
                }
                else
                {
                    // With no good value before, there is nothing to bridge with.
                    _implausible[i] = _hasGood[i] ? _implausible[i] + 1 : _faultAfter;
                    if (_implausible[i] >= _faultAfter)
                    {
                        // What was good has become too old to bridge with, until the sensor is plausible again.
                        _implausible[i] = _faultAfter;
                        _hasGood[i] = false;
                        if (fault == NoFault)
                        {
                            fault = i;
                        }
                    }
                }

                _network.SetInput(i, _lastGood[i]);
            }

            return fault;
        }

        private static AdcChannelSettings Find(AdcChannelSettings[] channels, int channel)
        {
            for (int i = 0; i < channels.Length; i++)
            {
                if (channels[i].Channel == channel)
                {
                    return channels[i];
                }
            }

            return new AdcChannelSettings(channel);
        }

        private int Scale(int sum, int i)
        {
            // sum < 2^12 * 2^SamplesLog2, gain <= 2.0 in Q1.14: far inside a long. One rounding, half up.
            int shift = _shift[i];
            long corrected = ((long)(sum - _measured[i]) * _gain[i]) + ((long)_true[i] << AdcChannelSettings.GainFractionBits);
            long raw = (corrected + (1L << (shift - 1))) >> shift;
            if (raw > int.MaxValue)
            {
                return int.MaxValue;
            }

            return raw < int.MinValue ? int.MinValue : (int)raw;
        }
    }
}
