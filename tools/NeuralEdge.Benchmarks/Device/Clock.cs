using System;

namespace NeuralEdge.Benchmarks
{
    /// <summary>The clock that all boards have. How fine it is differs: an ESP32's counts microseconds, others milliseconds.</summary>
    public static class Clock
    {
        private const int Steps = 10;

        /// <summary>Time in ticks of 100 ns.</summary>
        public static long Now
        {
            get { return DateTime.UtcNow.Ticks; }
        }

        /// <summary>Watches the clock for a few steps.</summary>
        /// <returns>The smallest step seen, in ticks of 100 ns.</returns>
        public static long MeasureStep()
        {
            long least = long.MaxValue;
            long last = Now;
            for (int s = 0; s < Steps; s++)
            {
                long now = last;
                while (now == last)
                {
                    now = Now;
                }

                least = now - last < least ? now - last : least;
                last = now;
            }

            return least;
        }
    }
}
