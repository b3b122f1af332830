namespace NeuralEdge.Benchmarks
{
    /// <summary>Times a contender: so many inferences that the clock's steps do not matter.</summary>
    public sealed class Sampling
    {
        private const long PicosecondsPerTick = 100000;

        private readonly long _leastTicks;

        /// <summary>Looks at the clock.</summary>
        /// <param name="leastTicks">How long a sample lasts at least, in ticks of 100 ns; longer where the clock is coarse.</param>
        /// <param name="steps">How many steps of the clock a sample lasts at least, 1 or more.</param>
        public Sampling(long leastTicks, int steps)
        {
            long stepTicks = steps * Clock.MeasureStep();
            _leastTicks = stepTicks > leastTicks ? stepTicks : leastTicks;
        }

        /// <summary>How long a sample lasts at least, in ticks of 100 ns.</summary>
        public long LeastTicks
        {
            get { return _leastTicks; }
        }

        /// <summary>Finds how many inferences a sample needs, and by that runs everything once before it is timed.</summary>
        /// <param name="contender">A contender that is prepared.</param>
        /// <returns>The count.</returns>
        public int Calibrate(Contender contender)
        {
            int count = 1;
            long ticks = GetTicks(contender, count);
            while (ticks < _leastTicks)
            {
                // A short run says little: no more than ten times as many at once.
                count = ticks * 10 < _leastTicks ? count * 10 : (int)(count * _leastTicks / ticks) + 1;
                ticks = GetTicks(contender, count);
            }

            return count;
        }

        /// <summary>Takes one sample.</summary>
        /// <param name="contender">A contender that is prepared.</param>
        /// <param name="count">What <see cref="Calibrate"/> found for it.</param>
        /// <returns>Picoseconds per inference, 1 or more.</returns>
        public static long Take(Contender contender, int count)
        {
            long picoseconds = GetTicks(contender, count) * PicosecondsPerTick / count;
            return picoseconds > 0 ? picoseconds : 1;
        }

        private static long GetTicks(Contender contender, int count)
        {
            long start = Clock.Now;
            contender.Run(count);
            return Clock.Now - start;
        }
    }
}
