using NeuralEdge.Numerics;
using NeuralEdge.Features;

namespace NeuralEdge.Models
{
    /// <summary>Reads the section of windows.</summary>
    internal static class WindowReader
    {
        internal const int HeaderLength = 16;
        internal const int ChannelLength = 12;
        internal const int FeatureLength = 12;

        /// <summary>Bytes of a section.</summary>
        internal static long LengthOf(int channels, int features, int tests)
        {
            return HeaderLength + (ChannelLength * channels) + (FeatureLength * features) + (4L * tests * (1 + features));
        }

        /// <summary>Bytes of a board's heap that the description of the windows takes, from what the section's head says.</summary>
        internal static int MeasureShape(byte[] file, int offset, int length, int features)
        {
            return length < HeaderLength
                ? 0
                : WindowShape.MeasureHeap(file[offset], features);
        }

        /// <summary>Reads what is computed; null with an error when it is not acceptable.</summary>
        internal static WindowShape ReadShape(byte[] file, int offset, int length, int features, out ModelError error, out int where)
        {
            error = ModelError.Section;
            where = ModelFormat.WindowSection;
            if (length < HeaderLength)
            {
                return null;
            }

            error = ModelError.BadValue;
            where = offset;
            int channelCount = file[offset];
            int hops = file[offset + 1];
            int hop = LittleEndian.ReadUInt16(file, offset + 2);
            int samples = hops * hop;
            if (channelCount == 0 || channelCount > WindowShape.MaxChannels || (hops != 1 && hops != 2 && hops != 4) || hop < channelCount
                || samples < WindowShape.MinSamples || samples > WindowShape.MaxSamples || file[offset + 4] == 0
                || file[offset + 5] != 0 || file[offset + 6] != 0 || file[offset + 7] != 0)
            {
                return null;
            }

            if (length != LengthOf(channelCount, features, file[offset + 4]))
            {
                error = ModelError.Section;
                where = ModelFormat.WindowSection;
                return null;
            }

            int at = offset + HeaderLength;
            ChannelShape[] channels = new ChannelShape[channelCount];
            for (int c = 0; c < channelCount; c++)
            {
                where = at;
                int lowest = (short)LittleEndian.ReadUInt16(file, at);
                int highest = (short)LittleEndian.ReadUInt16(file, at + 2);
                int deadBand = LittleEndian.ReadUInt16(file, at + 6);
                if (lowest > highest || deadBand > short.MaxValue || file[at + 8] > WindowShape.MaxAverageShift
                    || file[at + 9] != 0 || file[at + 10] != 0 || file[at + 11] != 0)
                {
                    return null;
                }

                channels[c] = new ChannelShape(lowest, highest, (short)LittleEndian.ReadUInt16(file, at + 4), deadBand, file[at + 8]);
                at += ChannelLength;
            }

            bool hasBands = false;
            Feature[] list = new Feature[features];
            for (int i = 0; i < features; i++)
            {
                where = at;
                FeatureKind kind = (FeatureKind)file[at];
                int origin = LittleEndian.ReadInt32(file, at + 4);
                int shift = (sbyte)file[at + 8];
                if (file[at + 1] >= channelCount || !IsSound(kind, file[at + 2], file[at + 3], hop, samples) || origin < -ModelFormat.MaxRawInput || origin > ModelFormat.MaxRawInput
                    || shift < WindowShape.MinFeatureShift || shift > WindowShape.MaxFeatureShift || file[at + 9] != 0 || file[at + 10] != 0 || file[at + 11] != 0)
                {
                    return null;
                }

                hasBands |= kind == FeatureKind.Band;
                list[i] = new Feature(kind, file[at + 1], file[at + 2], file[at + 3], origin, shift);
                at += FeatureLength;
            }

            where = offset + 8;
            int cosine = LittleEndian.ReadInt32(file, offset + 8);
            int sine = LittleEndian.ReadInt32(file, offset + 12);
            if (hasBands ? !CosineTable.IsQuarter(samples, cosine, sine) : cosine != 0 || sine != 0)
            {
                return null;
            }

            error = ModelError.None;
            where = 0;
            return new WindowShape(hop, hops, cosine, sine, channels, list);
        }

        /// <summary>Reads the test windows of a section whose shape was accepted; null with where a seed is 0.</summary>
        internal static TestWindows ReadTests(byte[] file, int offset, int channels, int features, out int where)
        {
            int count = file[offset + 4];
            TestWindows tests = new TestWindows(count, features);
            int at = offset + HeaderLength + (ChannelLength * channels) + (FeatureLength * features);
            int index = 0;
            for (int w = 0; w < count; w++)
            {
                where = at;
                uint seed = LittleEndian.ReadUInt32(file, at);
                if (seed == 0)
                {
                    return null;
                }

                tests.SetSeed(w, seed);
                at += 4;
                for (int i = 0; i < features; i++)
                {
                    tests.SetFeature(index++, LittleEndian.ReadInt32(file, at));
                    at += 4;
                }
            }

            where = 0;
            return tests;
        }

        private static bool IsSound(FeatureKind kind, int first, int last, int hop, int samples)
        {
            switch (kind)
            {
                case FeatureKind.Quantile:
                    return first >= 1 && first <= 15 && last == 0;
                case FeatureKind.Octave:
                    return first >= 1 && first <= WindowShape.MaxOctave && last == 0 && (hop & ((1 << first) - 1)) == 0;
                case FeatureKind.Band:
                    return samples <= WindowShape.MaxBandSamples && (samples & 3) == 0 && first >= 1 && first <= last
                        && last - first < WindowShape.MaxBins && 2 * last < samples;
                default:
                    return kind <= FeatureKind.Band && first == 0 && last == 0;
            }
        }
    }
}
