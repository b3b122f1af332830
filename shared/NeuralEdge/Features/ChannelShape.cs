namespace NeuralEdge.Features
{
    /// <summary>What is known about the samples of a channel before there are any.</summary>
    public sealed class ChannelShape
    {
        internal const int Fields = 5;

        private readonly int _lowest;
        private readonly int _highest;
        private readonly int _level;
        private readonly int _deadBand;
        private readonly int _averageShift;

        /// <summary>Describes a channel.</summary>
        /// <param name="lowest">Samples below are taken for this, -32768..32767.</param>
        /// <param name="highest">Samples above are taken for this, at least <paramref name="lowest"/>.</param>
        /// <param name="level">What crossings cross, and root mean squares are measured from, -32768..32767.</param>
        /// <param name="deadBand">How far a sample must be beyond the level to be on that side, 0..32767.</param>
        /// <param name="averageShift">The exponential average moves by 2^-averageShift of the distance with each sample, 0..16.</param>
        public ChannelShape(int lowest, int highest, int level, int deadBand, int averageShift)
        {
            _lowest = lowest;
            _highest = highest;
            _level = level;
            _deadBand = deadBand;
            _averageShift = averageShift;
        }

        /// <summary>Samples below are taken for this.</summary>
        public int Lowest
        {
            get { return _lowest; }
        }

        /// <summary>Samples above are taken for this.</summary>
        public int Highest
        {
            get { return _highest; }
        }

        /// <summary>What crossings cross, and root mean squares are measured from.</summary>
        public int Level
        {
            get { return _level; }
        }

        /// <summary>How far a sample must be beyond the level to be on that side.</summary>
        public int DeadBand
        {
            get { return _deadBand; }
        }

        /// <summary>The exponential average moves by 2^-AverageShift of the distance with each sample.</summary>
        public int AverageShift
        {
            get { return _averageShift; }
        }
    }
}
