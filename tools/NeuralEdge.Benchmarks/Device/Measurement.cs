namespace NeuralEdge.Benchmarks
{
    /// <summary>What was measured of one contender on one shape.</summary>
    public sealed class Measurement
    {
        /// <summary>What could not be measured.</summary>
        public const int Unknown = -1;

        /// <summary>Starts a measurement.</summary>
        /// <param name="kernel">The contender's name.</param>
        public Measurement(string kernel)
        {
            Kernel = kernel;
            Picoseconds = long.MaxValue;
            HeapSeen = Unknown;
            Allocated = Unknown;
        }

        /// <summary>The contender's name.</summary>
        public string Kernel { get; }

        /// <summary>False where the contender has no network of this shape, or the board no memory for it.</summary>
        public bool Ran { get; set; }

        /// <summary>The least time of an inference that was seen.</summary>
        public long Picoseconds { get; private set; }

        /// <summary>Bytes that the contender says it takes.</summary>
        public int HeapBytes { get; set; }

        /// <summary>Bytes by which the free memory became less.</summary>
        public long HeapSeen { get; set; }

        /// <summary>Bytes that an inference allocates.</summary>
        public int Allocated { get; set; }

        /// <summary>Adds a sample.</summary>
        /// <param name="picoseconds">Time of an inference.</param>
        public void Add(long picoseconds)
        {
            if (picoseconds < Picoseconds)
            {
                Picoseconds = picoseconds;
            }
        }
    }
}
