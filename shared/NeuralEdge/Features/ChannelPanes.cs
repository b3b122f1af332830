using NeuralEdge.Numerics;

namespace NeuralEdge.Features
{
    /// <summary>
    /// Sums over the samples of one channel, a pane for each hop: what a window is put together from without keeping samples. Only what
    /// a feature asks for is summed. Integers throughout, so that a window of four panes has exactly the sums of its samples.
    /// </summary>
    internal sealed class ChannelPanes
    {
        /// <summary>Bins of a histogram.</summary>
        internal const int Bins = 64;

        private const int Fields = 29;

        internal readonly long[] Sums;
        internal readonly long[] Squares;
        internal readonly long[] Ramps;
        internal readonly long[] Steps;
        internal readonly int[] LargestSteps;
        internal readonly int[] Least;
        internal readonly int[] Most;
        internal readonly int[] First;
        internal readonly int[] Last;
        internal readonly int[] Crossings;
        internal readonly int[] FirstSides;
        internal readonly int[] LastSides;
        internal readonly long[] Averages;
        internal readonly int[] Histogram;
        internal readonly long[] Octaves;
        internal readonly BandSums Bands;

        // What is summed.
        internal readonly bool HasSums;
        internal readonly bool HasExtremes;
        internal readonly bool HasSteps;
        internal readonly bool HasCrossings;

        private readonly ChannelShape _shape;
        private readonly int _octaves;
        private readonly int _binShift;
        private readonly int[] _halves;
        private readonly bool _hasRamps;
        private readonly bool _hasAverage;
        private int _previous;
        private long _average;
        private bool _hasStarted;

        /// <summary>Has the memory for a channel.</summary>
        /// <param name="shape">The windows.</param>
        /// <param name="channel">Index of the channel.</param>
        /// <param name="cosines">The turn of the windows, null without bands.</param>
        internal ChannelPanes(WindowShape shape, int channel, short[] cosines)
        {
            _shape = shape.Channels[channel];
            int slots = shape.Hops + 1;
            _hasRamps = shape.Has(channel, FeatureKind.Slope);
            HasSums = _hasRamps || shape.Has(channel, FeatureKind.Mean) || shape.Has(channel, FeatureKind.Deviation)
                || shape.Has(channel, FeatureKind.RootMeanSquare);
            HasExtremes = shape.Has(channel, FeatureKind.Least) || shape.Has(channel, FeatureKind.Most) || shape.Has(channel, FeatureKind.Range);
            HasSteps = shape.Has(channel, FeatureKind.MeanStep) || shape.Has(channel, FeatureKind.LargestStep);
            HasCrossings = shape.Has(channel, FeatureKind.Crossings);
            _hasAverage = shape.Has(channel, FeatureKind.Average) || shape.Has(channel, FeatureKind.Drift);
            Sums = new long[slots];
            Squares = new long[slots];
            Ramps = new long[slots];
            Steps = new long[slots];
            LargestSteps = new int[slots];
            Least = new int[slots];
            Most = new int[slots];
            First = new int[slots];
            Last = new int[slots];
            Crossings = new int[slots];
            FirstSides = new int[slots];
            LastSides = new int[slots];
            Averages = new long[slots];
            if (shape.Has(channel, FeatureKind.Quantile))
            {
                Histogram = new int[slots * Bins];
                while ((_shape.Highest - _shape.Lowest) >> _binShift >= Bins)
                {
                    _binShift++;
                }
            }

            _octaves = LowestOctave(shape, channel);
            if (_octaves > 0)
            {
                Octaves = new long[slots * _octaves];
                _halves = new int[_octaves];
            }

            if (shape.Has(channel, FeatureKind.Band))
            {
                Bands = new BandSums(shape, channel, cosines);
            }
        }

        /// <summary>How many octaves are summed.</summary>
        internal int OctaveCount
        {
            get { return _octaves; }
        }

        /// <summary>A bin of the histogram is 2^BinShift wide.</summary>
        internal int BinShift
        {
            get { return _binShift; }
        }

        /// <summary>Bytes of a board's heap that a channel takes.</summary>
        internal static int MeasureHeap(WindowShape shape, int channel)
        {
            int slots = shape.Hops + 1;
            int octaves = LowestOctave(shape, channel);
            return HeapSize.Object(Fields) + (5 * HeapSize.Array(8 * slots)) + (8 * HeapSize.Array(4 * slots))
                + (shape.Has(channel, FeatureKind.Quantile) ? HeapSize.Array(4 * slots * Bins) : 0)
                + (octaves > 0 ? HeapSize.Array(8 * slots * octaves) + HeapSize.Array(4 * octaves) : 0)
                + (shape.Has(channel, FeatureKind.Band) ? BandSums.MeasureHeap(shape, channel) : 0);
        }

        /// <summary>Forgets all samples.</summary>
        internal void Clear()
        {
            _hasStarted = false;
        }

        /// <summary>Begins a pane.</summary>
        /// <param name="slot">Where its sums are kept.</param>
        internal void Begin(int slot)
        {
            Sums[slot] = 0;
            Squares[slot] = 0;
            Ramps[slot] = 0;
            Steps[slot] = 0;
            LargestSteps[slot] = 0;
            Crossings[slot] = 0;
            FirstSides[slot] = 0;
            LastSides[slot] = 0;
            for (int i = 0; Histogram != null && i < Bins; i++)
            {
                Histogram[(slot * Bins) + i] = 0;
            }

            for (int i = 0; i < _octaves; i++)
            {
                Octaves[(slot * _octaves) + i] = 0;
            }

            if (Bands != null)
            {
                Bands.Begin(slot);
            }
        }

        /// <summary>Adds the next samples of a pane.</summary>
        /// <param name="slot">The pane.</param>
        /// <param name="samples">Array that has them, each inside the range of the channel.</param>
        /// <param name="from">Index of the first one.</param>
        /// <param name="count">Their number, at least 1.</param>
        /// <param name="at">Samples that the pane has already.</param>
        internal void Add(int slot, int[] samples, int from, int count, int at)
        {
            if (at == 0)
            {
                First[slot] = samples[from];
                Least[slot] = samples[from];
                Most[slot] = samples[from];
            }

            if (!_hasStarted)
            {
                _average = (long)samples[from] << (_shape.AverageShift + 4);
                _hasStarted = true;
            }

            int end = from + count;
            if (HasSums)
            {
                AddSums(slot, samples, from, end, at);
            }

            if (HasExtremes)
            {
                AddExtremes(slot, samples, from, end);
            }

            if (HasSteps)
            {
                AddSteps(slot, samples, from, end, at == 0 ? samples[from] : _previous);
            }

            if (HasCrossings)
            {
                AddCrossings(slot, samples, from, end);
            }

            if (_hasAverage)
            {
                AddAverage(samples, from, end);
            }

            if (Histogram != null)
            {
                Count(slot * Bins, samples, from, end);
            }

            if (_octaves > 0)
            {
                AddOctaves(slot * _octaves, samples, from, end, at);
            }

            if (Bands != null)
            {
                Bands.Add(slot, samples, from, end, at);
            }

            _previous = samples[end - 1];
            Last[slot] = _previous;
            Averages[slot] = _average;
        }

        private static int LowestOctave(WindowShape shape, int channel)
        {
            int lowest = 0;
            for (int i = 0; i < shape.Features.Length; i++)
            {
                Feature feature = shape.Features[i];
                lowest = feature.Channel == channel && feature.Kind == FeatureKind.Octave && feature.First > lowest ? feature.First : lowest;
            }

            return lowest;
        }

        private void AddSums(int slot, int[] samples, int from, int end, int at)
        {
            long sum = 0;
            long squares = 0;
            for (int i = from; i < end; i++)
            {
                long sample = samples[i];
                sum += sample;
                squares += sample * sample;
            }

            Sums[slot] += sum;
            Squares[slot] += squares;
            if (_hasRamps)
            {
                long ramp = 0;
                for (int i = from; i < end; i++)
                {
                    ramp += (long)(at + i - from) * samples[i];
                }

                Ramps[slot] += ramp;
            }
        }

        private void AddExtremes(int slot, int[] samples, int from, int end)
        {
            int least = Least[slot];
            int most = Most[slot];
            for (int i = from; i < end; i++)
            {
                int sample = samples[i];
                if (sample < least)
                {
                    least = sample;
                }
                else if (sample > most)
                {
                    most = sample;
                }
            }

            Least[slot] = least;
            Most[slot] = most;
        }

        private void AddSteps(int slot, int[] samples, int from, int end, int previous)
        {
            int sum = 0;
            int largest = LargestSteps[slot];
            for (int i = from; i < end; i++)
            {
                int sample = samples[i];
                int step = sample < previous ? previous - sample : sample - previous;
                sum += step;
                if (step > largest)
                {
                    largest = step;
                }

                previous = sample;
            }

            Steps[slot] += sum;
            LargestSteps[slot] = largest;
        }

        private void AddCrossings(int slot, int[] samples, int from, int end)
        {
            int above = _shape.Level + _shape.DeadBand;
            int below = _shape.Level - _shape.DeadBand;
            int side = LastSides[slot];
            int crossings = 0;
            for (int i = from; i < end; i++)
            {
                // On the level itself, without a dead band, is above it.
                int now = samples[i] >= above ? 1 : samples[i] <= below ? -1 : side;
                if (now != side)
                {
                    if (side == 0)
                    {
                        FirstSides[slot] = now;
                    }
                    else
                    {
                        crossings++;
                    }

                    side = now;
                }
            }

            LastSides[slot] = side;
            Crossings[slot] += crossings;
        }

        private void AddAverage(int[] samples, int from, int end)
        {
            int shift = _shape.AverageShift;
            int scale = shift + 4;
            long average = _average;
            for (int i = from; i < end; i++)
            {
                average += (((long)samples[i] << scale) - average) >> shift;
            }

            _average = average;
        }

        private void Count(int start, int[] samples, int from, int end)
        {
            int lowest = _shape.Lowest;
            for (int i = from; i < end; i++)
            {
                Histogram[start + ((samples[i] - lowest) >> _binShift)]++;
            }
        }

        // Haar's wavelet as a counter in binary: a sample completes as many halves as its index ends in ones.
        private void AddOctaves(int start, int[] samples, int from, int end, int at)
        {
            int[] halves = _halves;
            long[] energies = Octaves;
            int octaves = _octaves;
            for (int i = from; i < end; i++)
            {
                int index = at + i - from;
                if ((index & 1) == 0)
                {
                    halves[0] = samples[i];
                    continue;
                }

                int sum = samples[i];
                int octave = 0;
                for (; (index & 1) != 0 && octave < octaves; index >>= 1)
                {
                    int half = halves[octave];
                    long difference = half - sum;
                    energies[start + octave] += difference * difference;
                    sum += half;
                    octave++;
                }

                if (octave < octaves)
                {
                    halves[octave] = sum;
                }
            }
        }
    }
}
