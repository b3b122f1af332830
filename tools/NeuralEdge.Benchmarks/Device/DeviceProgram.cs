using System;
using NeuralEdge.Turbo;

namespace NeuralEdge.Benchmarks
{
    /// <summary>
    /// Prints what an inference costs on what runs this, and how many times as fast as the yardstick it is in the same run. Uses
    /// the device's API only: it runs on a board, on the virtual device and on the desktop.
    /// </summary>
    public sealed class DeviceProgram
    {
        // Short samples, and many: what else the machine does then leaves some of them alone.
        private const long TicksPerSample = 100000;
        private const int StepsPerSample = 100;
        private const long TicksPerContender = 5000000;
        private const int LeastRounds = 5;

        private readonly LineWriter _write;
        private readonly ICodeLoader _loader;
        private readonly Sampling _sampling;
        private readonly int _rounds;
        private readonly bool _heapCounts;

        /// <summary>As careful as it is worth waiting for.</summary>
        /// <param name="write">Where the lines go.</param>
        /// <param name="loader">Loads code that was compiled here; null where nothing does, which leaves turbo out.</param>
        public DeviceProgram(LineWriter write, ICodeLoader loader)
            : this(write, loader, new Sampling(TicksPerSample, StepsPerSample), TicksPerContender)
        {
        }

        /// <summary>Chooses how carefully to measure.</summary>
        /// <param name="write">Where the lines go.</param>
        /// <param name="loader">Loads code that was compiled here; null where nothing does, which leaves turbo out.</param>
        /// <param name="sampling">How a sample is taken.</param>
        /// <param name="ticksPerContender">How long all samples of a contender last together at least, in ticks of 100 ns.</param>
        public DeviceProgram(LineWriter write, ICodeLoader loader, Sampling sampling, long ticksPerContender)
        {
            _write = write;
            _loader = loader;
            _sampling = sampling;
            long rounds = ticksPerContender / sampling.LeastTicks;
            _rounds = rounds > LeastRounds ? (int)rounds : LeastRounds;
            _heapCounts = BoardHeap.Counts();
        }

        /// <summary>Measures every shape.</summary>
        public void Run()
        {
            _write("The least of " + _rounds.ToString() + " or more samples of " + (_sampling.LeastTicks / 10000).ToString()
                + " ms or more. ratio: how many times as fast as the first kernel of the shape.");
            _write(MeasurementTable.Header);
            int[][] shapes = Shapes.GetAll();
            for (int s = 0; s < shapes.Length; s++)
            {
                Measure(shapes[s], Contenders.Make(_loader));
            }
        }

        /// <summary>Measures a look at the inputs beside an inference of the networks that train makes by itself.</summary>
        public void RunLooks()
        {
            _write("A look at a row of inputs, near the first prototype or (look-far) near none. A board looks at one row of sixteen.");
            _write(MeasurementTable.Header);
            int[][] shapes = Shapes.GetDefaults();
            for (int s = 0; s < shapes.Length; s++)
            {
                Measure(shapes[s], Contenders.MakeLooks());
            }
        }

        private void Measure(int[] shape, Contender[] contenders)
        {
            Contender yardstick = contenders[0];
            Measurement[] measured = new Measurement[contenders.Length];
            int yardstickCount = 0;
            for (int c = 0; c < contenders.Length; c++)
            {
                Contender contender = contenders[c];
                measured[c] = new Measurement(contender.Name);
                if (Prepare(contender, shape, measured[c]))
                {
                    int count = _sampling.Calibrate(contender);
                    if (c == 0)
                    {
                        yardstickCount = count;
                    }

                    // In turn with the yardstick, so that a disturbance of the machine meets both.
                    for (int r = 0; r < _rounds; r++)
                    {
                        if (c > 0 && yardstickCount > 0)
                        {
                            measured[0].Add(Sampling.Take(yardstick, yardstickCount));
                        }

                        measured[c].Add(Sampling.Take(contender, count));
                    }

                    measured[c].Allocated = _heapCounts ? AllocationMeter.Measure(contender) : Measurement.Unknown;
                }

                // A board has room for the yardstick and one more.
                contenders[c] = null;
            }

            for (int c = 0; c < measured.Length; c++)
            {
                _write(MeasurementTable.Row(shape, measured[c], measured[0]));
            }
        }

        private bool Prepare(Contender contender, int[] shape, Measurement measured)
        {
            long free = BoardHeap.GetFree();
            try
            {
                measured.Ran = contender.Prepare(shape);
            }
            catch (OutOfMemoryException)
            {
                measured.Ran = false;
            }

            measured.HeapBytes = contender.HeapBytes;
            measured.HeapSeen = _heapCounts ? free - BoardHeap.GetFree() : Measurement.Unknown;
            return measured.Ran;
        }
    }
}
