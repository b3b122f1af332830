using NeuralEdge.Numerics;

namespace NeuralEdge.Features
{
    /// <summary>Sums of one window of one channel, put together from its panes, and the features that follow from them.</summary>
    internal sealed class WindowSums
    {
        internal const int Fields = 14;

        private readonly WindowShape _shape;
        private readonly int _samples;
        private ChannelPanes _panes;
        private ChannelShape _channel;
        private int _oldest;
        private int _newest;
        private long _sum;
        private long _squares;
        private long _ramps;
        private long _steps;
        private int _largestStep;
        private int _least;
        private int _most;
        private int _crossings;

        /// <summary>Prepares to put windows together.</summary>
        /// <param name="shape">Their shape.</param>
        internal WindowSums(WindowShape shape)
        {
            _shape = shape;
            _samples = shape.Samples;
        }

        /// <summary>Puts a window together.</summary>
        /// <param name="panes">Panes of the channel.</param>
        /// <param name="channel">What is known about it.</param>
        /// <param name="newest">Slot of the newest pane.</param>
        internal void Merge(ChannelPanes panes, ChannelShape channel, int newest)
        {
            int hops = _shape.Hops;
            int oldest = newest - hops + 1;
            oldest = oldest < 0 ? oldest + hops + 1 : oldest;
            _panes = panes;
            _channel = channel;
            _oldest = oldest;
            _newest = newest;
            if (panes.HasSums)
            {
                MergeSums(panes, hops, oldest);
            }

            if (panes.HasExtremes)
            {
                MergeExtremes(panes, hops, oldest);
            }

            if (panes.HasSteps)
            {
                MergeSteps(panes, hops, oldest);
            }

            if (panes.HasCrossings)
            {
                MergeCrossings(panes, hops, oldest);
            }
        }

        /// <summary>Computes a feature of the window.</summary>
        /// <param name="feature">The feature.</param>
        /// <param name="firstBin">Bins of the channel that come before those of the feature.</param>
        /// <returns>In sixteenths of a sample's unit; crossings as they are.</returns>
        internal long Compute(Feature feature, int firstBin)
        {
            long samples = _samples;
            switch (feature.Kind)
            {
                case FeatureKind.Mean:
                    return RoundedQuotient.HalfUp(16 * _sum, samples);
                case FeatureKind.Deviation:
                    return RoundedQuotient.HalfUp(IntegerRoot.Floor(256 * ((samples * _squares) - (_sum * _sum))), samples);
                case FeatureKind.Least:
                    return 16L * _least;
                case FeatureKind.Most:
                    return 16L * _most;
                case FeatureKind.Range:
                    return 16L * (_most - _least);
                case FeatureKind.RootMeanSquare:
                    long level = _channel.Level;
                    return IntegerRoot.Floor(256 * (_squares - (2 * level * _sum) + (samples * level * level)) / samples);
                case FeatureKind.MeanStep:
                    return RoundedQuotient.HalfUp(16 * _steps, samples - 1);
                case FeatureKind.LargestStep:
                    return 16L * _largestStep;
                case FeatureKind.Crossings:
                    return _crossings;
                case FeatureKind.Slope:
                    return RoundedQuotient.HalfUp(16 * ((12 * _ramps) - (6 * (samples - 1) * _sum)), (samples * samples) - 1);
                case FeatureKind.First:
                    return 16L * _panes.First[_oldest];
                case FeatureKind.Last:
                    return 16L * _panes.Last[_newest];
                case FeatureKind.Quantile:
                    return Quantile(feature.First);
                case FeatureKind.Average:
                    return _panes.Averages[_newest] >> _channel.AverageShift;
                case FeatureKind.Drift:
                    return (16L * _panes.Last[_newest]) - (_panes.Averages[_newest] >> _channel.AverageShift);
                case FeatureKind.Octave:
                    return Octave(feature.First);
                default:
                    return _panes.Bands.Amplitude(_oldest, firstBin, feature.Last - feature.First + 1);
            }
        }

        private void MergeSums(ChannelPanes panes, int hops, int slot)
        {
            long sum = 0;
            long squares = 0;
            long ramps = 0;
            long before = 0;
            int hop = _shape.Hop;
            for (int pane = 0; pane < hops; pane++)
            {
                long ofPane = panes.Sums[slot];
                ramps += panes.Ramps[slot] + (before * ofPane);
                sum += ofPane;
                squares += panes.Squares[slot];
                before += hop;
                slot = slot == hops ? 0 : slot + 1;
            }

            _sum = sum;
            _squares = squares;
            _ramps = ramps;
        }

        private void MergeExtremes(ChannelPanes panes, int hops, int slot)
        {
            int least = int.MaxValue;
            int most = int.MinValue;
            for (int pane = 0; pane < hops; pane++)
            {
                least = panes.Least[slot] < least ? panes.Least[slot] : least;
                most = panes.Most[slot] > most ? panes.Most[slot] : most;
                slot = slot == hops ? 0 : slot + 1;
            }

            _least = least;
            _most = most;
        }

        private void MergeSteps(ChannelPanes panes, int hops, int slot)
        {
            long steps = 0;
            int largest = 0;
            int previous = panes.First[slot];
            for (int pane = 0; pane < hops; pane++)
            {
                // The step over the seam is in neither pane; before the first one there is none.
                int seam = panes.First[slot] - previous;
                seam = seam < 0 ? -seam : seam;
                steps += panes.Steps[slot] + seam;
                largest = panes.LargestSteps[slot] > largest ? panes.LargestSteps[slot] : largest;
                largest = seam > largest ? seam : largest;
                previous = panes.Last[slot];
                slot = slot == hops ? 0 : slot + 1;
            }

            _steps = steps;
            _largestStep = largest;
        }

        private void MergeCrossings(ChannelPanes panes, int hops, int slot)
        {
            int crossings = 0;
            int side = 0;
            for (int pane = 0; pane < hops; pane++)
            {
                crossings += panes.Crossings[slot];
                if (panes.FirstSides[slot] != 0)
                {
                    crossings += side != 0 && panes.FirstSides[slot] != side ? 1 : 0;
                    side = panes.LastSides[slot];
                }

                slot = slot == hops ? 0 : slot + 1;
            }

            _crossings = crossings;
        }

        // The middle of the bin that has the sample of this rank.
        private long Quantile(int sixteenths)
        {
            int rank = sixteenths * _shape.Samples / 16;
            int seen = 0;
            int bin = -1;
            while (seen <= rank)
            {
                bin++;
                for (int slot = 0; slot <= _shape.Hops; slot++)
                {
                    seen += IsInWindow(slot) ? _panes.Histogram[(slot * ChannelPanes.Bins) + bin] : 0;
                }
            }

            return (16L * (_channel.Lowest + (bin << _panes.BinShift))) + ((16L << _panes.BinShift) / 2) - 8;
        }

        private long Octave(int octave)
        {
            long energy = 0;
            for (int slot = 0; slot <= _shape.Hops; slot++)
            {
                energy += IsInWindow(slot) ? _panes.Octaves[(slot * _panes.OctaveCount) + octave - 1] : 0;
            }

            long differences = _shape.Samples >> octave;
            return IntegerRoot.Floor(256 * energy / (differences << (2 * (octave - 1))));
        }

        // Of the slots all but the one between the newest pane and the oldest are the window's.
        private bool IsInWindow(int slot)
        {
            int age = _newest - slot;
            return (age < 0 ? age + _shape.Hops + 1 : age) < _shape.Hops;
        }
    }
}
