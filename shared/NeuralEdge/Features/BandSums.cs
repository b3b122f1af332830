using NeuralEdge.Numerics;

namespace NeuralEdge.Features
{
    /// <summary>
    /// Products of the samples of one channel with cosines and sines, a pair for each bin and pane. With one, two or four panes a bin
    /// turns by whole quarters from pane to pane, so that the sums of a window are exact sums of those of its panes.
    /// </summary>
    internal sealed class BandSums
    {
        private const int Fields = 6;

        private readonly int[] _bins;
        private readonly long[] _cosines;
        private readonly long[] _sines;
        private readonly short[] _turn;
        private readonly int _hops;
        private readonly int[] _phases;

        /// <summary>Has the memory for a channel.</summary>
        /// <param name="shape">The windows.</param>
        /// <param name="channel">Index of the channel.</param>
        /// <param name="turn">The cosine over the samples of a window.</param>
        internal BandSums(WindowShape shape, int channel, short[] turn)
        {
            _turn = turn;
            _hops = shape.Hops;
            int count = CountBins(shape, channel);
            _bins = new int[count];
            _phases = new int[count];
            _cosines = new long[count * (shape.Hops + 1)];
            _sines = new long[count * (shape.Hops + 1)];
            int next = 0;
            for (int i = 0; i < shape.Features.Length; i++)
            {
                Feature feature = shape.Features[i];
                for (int bin = feature.First; IsOf(feature, channel) && bin <= feature.Last; bin++)
                {
                    _bins[next++] = bin;
                }
            }
        }

        /// <summary>Bytes of a board's heap that the bins of a channel take.</summary>
        internal static int MeasureHeap(WindowShape shape, int channel)
        {
            int count = CountBins(shape, channel);
            return HeapSize.Object(Fields) + (2 * HeapSize.Array(4 * count)) + (2 * HeapSize.Array(8 * count * (shape.Hops + 1)));
        }

        /// <summary>How many bins all bands of a channel have.</summary>
        internal static int CountBins(WindowShape shape, int channel)
        {
            int count = 0;
            for (int i = 0; i < shape.Features.Length; i++)
            {
                Feature feature = shape.Features[i];
                count += IsOf(feature, channel) ? feature.Last - feature.First + 1 : 0;
            }

            return count;
        }

        /// <summary>Begins a pane.</summary>
        /// <param name="slot">Where its sums are kept.</param>
        internal void Begin(int slot)
        {
            int count = _bins.Length;
            for (int i = 0; i < count; i++)
            {
                _cosines[(slot * count) + i] = 0;
                _sines[(slot * count) + i] = 0;
            }
        }

        /// <summary>Adds the next samples of a pane.</summary>
        internal void Add(int slot, int[] samples, int from, int end, int at)
        {
            short[] turn = _turn;
            int length = turn.Length;
            int quarter = length / 4;
            for (int b = 0; b < _bins.Length; b++)
            {
                int bin = _bins[b];
                int phase = at == 0 ? 0 : _phases[b];
                long cosines = 0;
                long sines = 0;
                for (int i = from; i < end; i++)
                {
                    long sample = samples[i];
                    cosines += sample * turn[phase];

                    // The sine is the cosine a quarter of a turn earlier.
                    sines += sample * turn[phase < quarter ? phase + length - quarter : phase - quarter];
                    phase += bin;
                    if (phase >= length)
                    {
                        phase -= length;
                    }
                }

                _phases[b] = phase;
                int index = (slot * _bins.Length) + b;
                _cosines[index] += cosines;
                _sines[index] += sines;
            }
        }

        /// <summary>The amplitude in a band, in sixteenths of a sample's unit.</summary>
        /// <param name="oldest">Slot of the window's oldest pane; the others follow, around the end.</param>
        /// <param name="firstIndex">Index among the channel's bins of the band's first one.</param>
        /// <param name="count">Bins of the band.</param>
        /// <returns>2 / n times the root of the sum of the squared amplitudes.</returns>
        internal long Amplitude(int oldest, int firstIndex, int count)
        {
            long energy = 0;
            for (int b = firstIndex; b < firstIndex + count; b++)
            {
                long cosines = 0;
                long sines = 0;
                int slot = oldest;
                for (int pane = 0; pane < _hops; pane++)
                {
                    int index = (slot * _bins.Length) + b;
                    long x = _cosines[index];
                    long y = _sines[index];
                    int quarters = _bins[b] * pane * (4 / _hops) & 3;
                    cosines += quarters == 0 ? x : quarters == 1 ? -y : quarters == 2 ? -x : y;
                    sines += quarters == 0 ? y : quarters == 1 ? x : quarters == 2 ? -y : -x;
                    slot = slot == _hops ? 0 : slot + 1;
                }

                // From Q.14 to sixteenths, half up: the squares of 1,024 samples of 16 bits stay below 2^60.
                cosines = (cosines + (1 << 9)) >> 10;
                sines = (sines + (1 << 9)) >> 10;
                energy += (cosines * cosines) + (sines * sines);
            }

            return RoundedQuotient.HalfUp(2 * IntegerRoot.Floor(energy), _turn.Length);
        }

        private static bool IsOf(Feature feature, int channel)
        {
            return feature.Channel == channel && feature.Kind == FeatureKind.Band;
        }
    }
}
