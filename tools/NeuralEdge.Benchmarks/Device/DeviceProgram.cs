using System;
using NeuralEdge.Networks;

namespace NeuralEdge.Benchmarks
{
    /// <summary>
    /// Prints what an inference costs on what runs this, beside the naive float network in the same run. Uses the device's
    /// API only: it runs on a board, on the virtual device and on the desktop.
    /// </summary>
    public static class DeviceProgram
    {
        private const long TicksPerSample = 200000;
        private const int Samples = 50;

        /// <summary>Measures every shape.</summary>
        public static void Run()
        {
            Console.WriteLine("shape; network; ns per inference; ns per MAC; heap bytes; times as fast as naive float");
            int[][] shapes = Shapes.GetAll();
            for (int s = 0; s < shapes.Length; s++)
            {
                int[] shape = shapes[s];
                NaiveNetwork naive = new NaiveNetwork(shape);
                Network exact = RandomNetworks.Read(shape);
                long naiveTime = long.MaxValue;
                long exactTime = long.MaxValue;

                // Taken in turn, so that a disturbance of the machine meets both.
                for (int k = 0; k < Samples; k++)
                {
                    naiveTime = Least(naiveTime, Measure(naive, null));
                    exactTime = Least(exactTime, Measure(null, exact));
                }

                Print(shape, "naive float", naiveTime, naive.HeapBytes, naiveTime);
                Print(shape, "exact", exactTime, exact.HeapBytes, naiveTime);
            }
        }

        private static long Measure(NaiveNetwork naive, Network network)
        {
            long count = 0;
            long start = DateTime.UtcNow.Ticks;
            long end = start;
            while (end - start < TicksPerSample)
            {
                for (int k = 0; k < 4; k++)
                {
                    if (naive != null)
                    {
                        naive.Forward();
                    }
                    else
                    {
                        network.Forward();
                    }
                }

                count += 4;
                end = DateTime.UtcNow.Ticks;
            }

            return (end - start) * 100 / count;
        }

        private static long Least(long a, long b)
        {
            return a < b ? a : b;
        }

        private static void Print(int[] shape, string network, long time, int heapBytes, long naiveTime)
        {
            long hundredths = naiveTime * 100 / time;
            Console.WriteLine(
                Shapes.GetName(shape) + "; " + network + "; " + time.ToString() + "; "
                + (time / Shapes.GetMacs(shape)).ToString() + "; " + heapBytes.ToString() + "; "
                + (hundredths / 100).ToString() + "." + (hundredths / 10 % 10).ToString() + (hundredths % 10).ToString());
        }
    }
}
