namespace NeuralEdge.Models
{
    /// <summary>Reads the bindings section against what the board allows.</summary>
    internal static class BindingsReader
    {
        private const int HeaderLength = 8;
        private const int InputLength = 4;
        private const int OutputLength = 20;

        /// <summary>Bindings of a model without a bindings section.</summary>
        internal static Bindings Empty(int inputs, int outputs)
        {
            InputBinding[] unboundInputs = new InputBinding[inputs];
            for (int i = 0; i < inputs; i++)
            {
                unboundInputs[i] = new InputBinding(InputBinding.SourceNone, 0, 0, 0);
            }

            OutputBinding[] unboundOutputs = new OutputBinding[outputs];
            for (int i = 0; i < outputs; i++)
            {
                unboundOutputs[i] = new OutputBinding(OutputBinding.RuleNone, 0, false, 0, 0, 0, 0);
            }

            return new Bindings(0, unboundInputs, unboundOutputs, false, new Safeguards(inputs, unboundOutputs));
        }

        /// <summary>Reads the section; null with an error when it is not acceptable.</summary>
        internal static Bindings Read(
            byte[] file, int offset, int length, int majorVersion, int inputs, int outputs, ModelLimits limits, out ModelError error, out int where)
        {
            error = ModelError.Section;
            where = ModelFormat.BindingsSection;
            if (length != HeaderLength + (InputLength * inputs) + (OutputLength * outputs))
            {
                return null;
            }

            error = ModelError.BadValue;
            where = offset;
            int period = LittleEndian.ReadInt32(file, offset);
            int options = LittleEndian.ReadInt32(file, offset + 4);
            int known = majorVersion == ModelFormat.FirstMajorVersion ? 0 : ModelFormat.SaturationIsFault;
            if (period < 0 || period > ModelFormat.MaxPeriodMs || (options & ~known) != 0)
            {
                return null;
            }

            int at = offset + HeaderLength;
            InputBinding[] inputBindings = new InputBinding[inputs];
            for (int i = 0; i < inputs; i++)
            {
                where = at;
                int source = file[at];
                int channel = file[at + 1];
                int samplesLog2 = file[at + 2];
                int fractionBits = (sbyte)file[at + 3];
                int mostSamplesLog2 = source == InputBinding.SourceSensor ? 0 : ModelFormat.MaxSamplesLog2;
                if (source > InputBinding.SourceSensor || samplesLog2 > mostSamplesLog2
                    || fractionBits > samplesLog2 || fractionBits < -ModelFormat.MaxDroppedBits)
                {
                    return null;
                }

                if ((source == InputBinding.SourceAdc && (channel > 31 || (limits.AdcChannels & (1 << channel)) == 0))
                    || (source == InputBinding.SourceSensor && channel >= limits.Sensors))
                {
                    error = ModelError.Channel;
                    where = i;
                    return null;
                }

                inputBindings[i] = new InputBinding(source, channel, samplesLog2, fractionBits);
                at += InputLength;
            }

            long taken = 0;
            OutputBinding[] outputBindings = new OutputBinding[outputs];
            for (int i = 0; i < outputs; i++)
            {
                where = at;
                int rule = file[at];
                int pin = file[at + 1];
                int flags = file[at + 2];
                int minOnMs = LittleEndian.ReadInt32(file, at + 12);
                int minOffMs = LittleEndian.ReadInt32(file, at + 16);
                if (rule > OutputBinding.RuleArgMax || flags > 1 || file[at + 3] != 0 || minOnMs < 0 || minOffMs < 0)
                {
                    return null;
                }

                if (rule != OutputBinding.RuleNone)
                {
                    // Two outputs on one pin would fight over it.
                    if (pin > 62 || (limits.OutputPins & (1L << pin)) == 0 || (taken & (1L << pin)) != 0)
                    {
                        error = ModelError.Pin;
                        where = i;
                        return null;
                    }

                    // What is safe is the board's word: a model that had its own would leave a load on where the board means off.
                    if (limits.KnowsPolarity && ((limits.ActiveLowPins & (1L << pin)) != 0) != (flags == 1))
                    {
                        error = ModelError.Polarity;
                        where = i;
                        return null;
                    }

                    taken |= 1L << pin;
                }

                outputBindings[i] = new OutputBinding(
                    rule,
                    pin,
                    flags == 1,
                    LittleEndian.ReadInt32(file, at + 4),
                    LittleEndian.ReadInt32(file, at + 8),
                    minOnMs,
                    minOffMs);
                at += OutputLength;
            }

            error = ModelError.None;
            where = 0;
            return new Bindings(
                period, inputBindings, outputBindings, options == ModelFormat.SaturationIsFault, new Safeguards(inputs, outputBindings));
        }
    }
}
