using NeuralEdge.Numerics;

namespace NeuralEdge.Models
{
    /// <summary>
    /// How the last few decisions become one: averages of outputs, votes, and how certain a network must be. FORMAT.md, section 3.5, is
    /// the specification. It stands beside the thresholds and times of outputs.
    /// </summary>
    public sealed class RecentDecisions
    {
        /// <summary>Most decisions that vote.</summary>
        public const int MaxVotes = 15;

        /// <summary>Longest average: 2^8 decisions.</summary>
        public const int MaxAverageShift = 8;

        /// <summary>Longest quiet after an event in milliseconds: an hour.</summary>
        public const int MaxQuietMs = 3600000;

        private readonly int _votes;
        private readonly int _averageShift;
        private readonly int _confidence;
        private readonly int _quietMs;

        /// <summary>States how decisions are made.</summary>
        /// <param name="votes">More than half of so many decisions must agree, 1..15; 1: each decides.</param>
        /// <param name="averageShift">Outputs are exponential averages that move by 2^-averageShift of the distance with each decision, 0..8; 0: as they are.</param>
        /// <param name="confidence">Least probability of a class that counts, Q0.15, 0..32768; 0: any. Only where the last layer is softmax.</param>
        /// <param name="quietMs">Milliseconds after an output went off in which no output goes on, 0..3600000.</param>
        public RecentDecisions(int votes, int averageShift, int confidence, int quietMs)
        {
            _votes = votes;
            _averageShift = averageShift;
            _confidence = confidence;
            _quietMs = quietMs;
        }

        /// <summary>More than half of so many decisions must agree.</summary>
        public int Votes
        {
            get { return _votes; }
        }

        /// <summary>
        /// Outputs are exponential averages that move by 2^-AverageShift of the distance with each decision. They begin with the mean of the
        /// first 2^AverageShift decisions.
        /// </summary>
        public int AverageShift
        {
            get { return _averageShift; }
        }

        /// <summary>Least probability of a class that counts, Q0.15.</summary>
        public int Confidence
        {
            get { return _confidence; }
        }

        /// <summary>Milliseconds after an output went off in which no output goes on.</summary>
        public int QuietMs
        {
            get { return _quietMs; }
        }

        /// <summary>Bytes of a board's heap that this and the memory of decisions take.</summary>
        /// <param name="outputs">Outputs of the network.</param>
        /// <returns>The bytes.</returns>
        public int MeasureHeap(int outputs)
        {
            return HeapSize.Object(4) + HeapSize.Object(9) + HeapSize.Array(8 * outputs) + HeapSize.Array(4 * outputs * _votes) + HeapSize.Array(4 * _votes)
                + HeapSize.Array(4 * outputs);
        }
    }
}
