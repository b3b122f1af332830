using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Reads what a model samples from the ADC and from sensors, inputs of its network or channels of its windows: oversamples, corrects,
    /// scales by a shift, and clamps inputs to the model's raw range. Nothing is allocated after construction.
    /// </summary>
    /// <remarks>
    /// For an input with SamplesLog2 = k and FractionBits = f the raw value is the sum of 2^k corrected counts shifted
    /// right by k - f and rounded half up, so it is the mean count with f fraction bits, or without its last -f bits. The
    /// correction is a straight line, so it is applied to the sum, once, and rounded once, together with that shift. A value of a sensor
    /// is one conversion of which <see cref="SensorZero"/> stands for 0, so that all that follows treats both alike.
    /// </remarks>
    public sealed class AnalogSampler
    {
        /// <summary>What <see cref="Sample"/> returns when every input was read and is plausible.</summary>
        public const int NoFault = -1;

        /// <summary>What <see cref="IAnalogInputs.ReadSum"/> returns for a conversion that is not plausible.</summary>
        public const int Implausible = -1;

        private const int FullScale = 4095;

        // Of an input that has not been read yet.
        private const int NothingRead = -1;

        // What stands for 0 of a sensor, since a sum is never negative; and instead of a number of conversions.
        private const int SensorZero = 32768;
        private const int OneValue = -1;

        private readonly BoardParts _parts;

        // Null with windows: what is sampled are no inputs then.
        private readonly Network _network;
        private readonly long _faultAfter;
        private readonly int[] _channel;

        // Conversions of each input; 0: the input is not bound, OneValue: it is a sensor's.
        private readonly int[] _samples;
        private readonly int[] _shift;
        private readonly int[] _gain;
        private readonly int[] _measured;
        private readonly int[] _true;
        private readonly int[] _lowest;
        private readonly int[] _highest;
        private readonly int[] _frozenMs;

        /// <summary>
        /// Raw inputs as they were last sampled, the last good ones, not limited to the ranges of the network; 0 where nothing is bound. Not to be changed.
        /// </summary>
        internal readonly int[] Raw;

        /// <summary>The same as <see cref="FirstBad"/>, without a call: each period asks for it.</summary>
        internal int Bad;

        // The sums of the last good values; when there was one last, and when another one. The first count after the start must be good.
        private readonly int[] _sums;
        private readonly long[] _goodAt;
        private readonly long[] _changedAt;
        private bool _isFrozen;

        /// <summary>Prepares the sampling of what a model samples.</summary>
        /// <param name="model">The model.</param>
        /// <param name="parts">The board, for its ADC and its sensors.</param>
        /// <param name="channels">Corrections of the board; channels it does not name are taken as they are.</param>
        /// <param name="faultAfterMs">How long a count may be implausible before it is a fault, in milliseconds, at least 0.</param>
        public AnalogSampler(Model model, BoardParts parts, AdcChannelSettings[] channels, int faultAfterMs)
        {
            _parts = parts;
            _network = model.Windows == null ? model.Network : null;
            _faultAfter = faultAfterMs * 1000L;
            int count = model.SampledCount;
            _channel = new int[count];
            _samples = new int[count];
            _shift = new int[count];
            _gain = new int[count];
            _measured = new int[count];
            _true = new int[count];
            _lowest = new int[count];
            _highest = new int[count];
            _frozenMs = new int[count];
            Raw = new int[count];
            _sums = new int[count];
            _goodAt = new long[count];
            _changedAt = new long[count];
            Safeguards safeguards = model.Bindings.Safeguards;
            bool drives = Drives(model.Bindings.Outputs);
            for (int i = 0; i < count; i++)
            {
                InputBinding binding = model.Bindings.Inputs[i];
                AdcChannelSettings settings = Find(channels, binding.Channel);
                bool modelSays = !settings.HasPlausible && safeguards.HasPlausible(i);
                int lowest = modelSays ? safeguards.GetLowest(i) : settings.HasPlausible || drives ? settings.LowestPlausible : 0;
                int highest = modelSays ? safeguards.GetHighest(i) : settings.HasPlausible || drives ? settings.HighestPlausible : FullScale;
                _channel[i] = binding.Channel;
                _samples[i] = binding.Source == InputBinding.SourceAdc ? 1 << binding.SamplesLog2 : binding.Source == InputBinding.SourceSensor ? OneValue : 0;
                _gain[i] = 1 << AdcChannelSettings.GainFractionBits;
                _measured[i] = SensorZero;
                _shift[i] = AdcChannelSettings.GainFractionBits + binding.SamplesLog2 - binding.FractionBits;
                _lowest[i] = lowest < 0 ? 0 : lowest;
                _highest[i] = highest > FullScale ? FullScale : highest;
                _frozenMs[i] = safeguards.GetFrozenMs(i);
                _sums[i] = NothingRead;
            }

            TakeCorrections(channels);
            Bad = NoFault;
        }

        /// <summary>The first input that gave no plausible count when it was last read, or <see cref="NoFault"/>; it need not be a fault yet.</summary>
        public int FirstBad
        {
            get { return Bad; }
        }

        /// <summary>Whether the input that the last call gave as a fault is one because its count does not change.</summary>
        public bool IsFrozen
        {
            get { return _isFrozen; }
        }

        /// <summary>Whether every bound input was read and plausible, and none was frozen, when they were last read.</summary>
        public bool AllPlausible
        {
            get { return Bad == NoFault; }
        }

        /// <summary>Bytes of a board's heap that the sampling of a model's inputs takes.</summary>
        /// <param name="inputs">Inputs of the network.</param>
        /// <returns>The bytes.</returns>
        internal static int MeasureHeap(int inputs)
        {
            return HeapSize.Object(18) + (11 * HeapSize.Array(4 * inputs)) + (2 * HeapSize.Array(8 * inputs));
        }

        /// <summary>Takes the corrections as they are now. Allocates nothing for channels that are named.</summary>
        /// <param name="channels">Corrections of the board.</param>
        internal void TakeCorrections(AdcChannelSettings[] channels)
        {
            for (int i = 0; i < _channel.Length; i++)
            {
                int samples = _samples[i];
                if (samples > 0)
                {
                    AdcChannelSettings settings = Find(channels, _channel[i]);
                    _gain[i] = settings.Gain;
                    _measured[i] = settings.MeasuredCount * samples;
                    _true[i] = settings.TrueCount * samples;
                }
            }
        }

        /// <summary>
        /// Reads every bound input once. An implausible count is bridged by the last good value until it has lasted as
        /// long as allowed. A network without windows takes them; inputs without a binding are set to 0, clamped to their range.
        /// </summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns><see cref="NoFault"/>, or the index of the first input that is a fault; the caller must not use the inputs then.</returns>
        public int Sample(long now)
        {
            int fault = Watch(now);
            if (_network != null)
            {
                _network.SetInputs(Raw, 0);
            }

            return fault;
        }

        /// <summary>Looks at the sensors between two inferences: what the network reads stays as it is.</summary>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>As <see cref="Sample"/>.</returns>
        public int Watch(long now)
        {
            IAnalogInputs inputs = _parts.Adc;
            int[] channel = _channel;
            int[] samples = _samples;
            int[] lowest = _lowest;
            int[] highest = _highest;
            int[] measured = _measured;
            int[] gain = _gain;
            int[] offset = _true;
            int[] shift = _shift;
            int[] raw = Raw;
            int[] sums = _sums;
            int fault = NoFault;
            int bad = NoFault;
            _isFrozen = false;
            for (int i = 0; i < raw.Length; i++)
            {
                int conversions = samples[i];
                int sum;
                if (conversions <= 0)
                {
                    if (conversions == 0)
                    {
                        continue;
                    }

                    sum = ReadSensor(channel[i]);
                }
                else
                {
                    sum = inputs.ReadSum(channel[i], conversions, lowest[i], highest[i]);
                }

                if (sum >= 0)
                {
                    _goodAt[i] = now;
                    if (sum != sums[i])
                    {
                        sums[i] = sum;
                        _changedAt[i] = now;
                    }
                    else if (_frozenMs[i] > 0 && fault == NoFault && now - _changedAt[i] > _frozenMs[i] * 1000L)
                    {
                        fault = i;
                        _isFrozen = true;
                    }

                    // sum < 2^12 * 2^SamplesLog2 or 2^16, gain <= 2.0 in Q1.14: far inside a long. One rounding, half up.
                    int s = shift[i];
                    long corrected = ((long)(sum - measured[i]) * gain[i]) + ((long)offset[i] << AdcChannelSettings.GainFractionBits);
                    corrected = (corrected + (1L << (s - 1))) >> s;
                    raw[i] = corrected > int.MaxValue ? int.MaxValue : corrected < int.MinValue ? int.MinValue : (int)corrected;
                    continue;
                }

                bad = bad == NoFault ? i : bad;

                // Bridged by the last good value until that is too old; then it is a fault until the sensor is plausible again.
                if (fault == NoFault && (sums[i] == NothingRead || now - _goodAt[i] >= _faultAfter))
                {
                    fault = i;
                }
            }

            // What keeps the outputs safe is named before what is only bridged.
            Bad = fault == NoFault ? bad : fault;
            return fault;
        }

        private int ReadSensor(int sensor)
        {
            ISensorValues sensors = _parts.Sensors;
            int value;
            return sensors != null && sensors.TryRead(sensor, out value) && value >= -SensorZero && value < SensorZero ? value + SensorZero : Implausible;
        }

        /// <summary>Whether anything is to be protected: a model that drives no pin may look at open wires.</summary>
        private static bool Drives(OutputBinding[] outputs)
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                if (outputs[i].Rule != OutputBinding.RuleNone)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Forgets what was read, as after construction: after a time without sampling it is too old to bridge anything.</summary>
        internal void Forget()
        {
            for (int i = 0; i < _sums.Length; i++)
            {
                _sums[i] = NothingRead;
            }

            Bad = NoFault;
            _isFrozen = false;
        }

        /// <summary>What the board knows about a channel; a channel that it does not name is taken as it is.</summary>
        internal static AdcChannelSettings Find(AdcChannelSettings[] channels, int channel)
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
    }
}
