using NeuralEdge.Numerics;

namespace NeuralEdge.Features
{
    /// <summary>
    /// Windows of samples that follow from one number each, with the features that they must give: the part of a board's own test that
    /// begins at the samples. Written out, one window of three channels would be longer than the network.
    /// </summary>
    public sealed class TestWindows
    {
        private readonly int[] _seeds;
        private readonly int[] _rows;

        /// <summary>Has the memory for windows that are then set.</summary>
        /// <param name="count">Their number.</param>
        /// <param name="features">Features of a window.</param>
        public TestWindows(int count, int features)
        {
            _seeds = new int[count];
            _rows = new int[count * features];
        }

        /// <summary>Number of windows.</summary>
        public int Count
        {
            get { return _seeds.Length; }
        }

        /// <summary>Bytes of a board's heap that test windows take.</summary>
        /// <param name="count">Their number.</param>
        /// <param name="features">Features of a window.</param>
        /// <returns>The bytes.</returns>
        public static int MeasureHeap(int count, int features)
        {
            return HeapSize.Object(2) + HeapSize.Array(4 * count) + HeapSize.Array(4 * count * features);
        }

        /// <summary>The next number of a series: Marsaglia's xorshift of 32 bits, 13, 17, 5.</summary>
        /// <param name="state">The number before, not 0.</param>
        /// <returns>The next one, not 0.</returns>
        public static uint Next(uint state)
        {
            state ^= state << 13;
            state ^= state >> 17;
            return state ^ (state << 5);
        }

        /// <summary>A sample of a test window: mostly near the one before, one in four anywhere.</summary>
        /// <param name="state">Number of the series that belongs to it.</param>
        /// <param name="before">The channel's sample before; of the first one its lowest.</param>
        /// <param name="channel">The channel.</param>
        /// <returns>A sample inside the channel's range.</returns>
        public static int Sample(uint state, int before, ChannelShape channel)
        {
            long span = channel.Highest - channel.Lowest + 1L;
            int high = (int)(state >> 16);
            if ((state & 3) == 0)
            {
                return channel.Lowest + (int)((high * span) >> 16);
            }

            int sample = before + (int)(((high - 32768L) * span) >> 21);
            return sample < channel.Lowest ? channel.Lowest : sample > channel.Highest ? channel.Highest : sample;
        }

        /// <summary>The number that a window begins with.</summary>
        /// <param name="window">Index of the window.</param>
        /// <returns>Not 0.</returns>
        public uint GetSeed(int window)
        {
            return (uint)_seeds[window];
        }

        /// <summary>Sets the number that a window begins with.</summary>
        /// <param name="window">Index of the window.</param>
        /// <param name="seed">Not 0.</param>
        public void SetSeed(int window, uint seed)
        {
            _seeds[window] = (int)seed;
        }

        /// <summary>A feature that a window must give.</summary>
        /// <param name="window">Index of the window.</param>
        /// <param name="feature">Index of the feature, of <paramref name="features"/>.</param>
        /// <param name="features">Features of a window.</param>
        /// <returns>The feature.</returns>
        public int GetFeature(int window, int feature, int features)
        {
            return _rows[(window * features) + feature];
        }

        /// <summary>Sets a feature that a window must give.</summary>
        /// <param name="index">Index among all features of all windows.</param>
        /// <param name="value">The feature.</param>
        public void SetFeature(int index, int value)
        {
            _rows[index] = value;
        }
    }
}
