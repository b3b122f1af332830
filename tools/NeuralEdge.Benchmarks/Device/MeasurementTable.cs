namespace NeuralEdge.Benchmarks
{
    /// <summary>Writes measurements as a table: columns of one word each, with spaces between them.</summary>
    public static class MeasurementTable
    {
        private const string None = "-";

        /// <summary>The line above the columns.</summary>
        public static string Header
        {
            get { return Line("shape", "kernel", "us/inference", "ns/MAC", "heap", "heap-seen", "allocated", "ratio"); }
        }

        /// <summary>One line.</summary>
        /// <param name="shape">The shape.</param>
        /// <param name="measured">What was measured.</param>
        /// <param name="yardstick">What was measured of the yardstick.</param>
        /// <returns>The line.</returns>
        public static string Row(int[] shape, Measurement measured, Measurement yardstick)
        {
            string name = Shapes.GetName(shape);
            if (!measured.Ran)
            {
                return Line(name, measured.Kernel, None, None, None, None, None, None);
            }

            long time = measured.Picoseconds;
            return Line(
                name,
                measured.Kernel,
                Decimals(time / 1000, 3),
                Decimals(time / 10 / Shapes.GetMacs(shape), 2),
                measured.HeapBytes.ToString(),
                Known(measured.HeapSeen),
                Known(measured.Allocated),
                yardstick.Ran ? Decimals(yardstick.Picoseconds * 100 / time, 2) : None);
        }

        /// <summary>Writes a number with a fixed number of decimals, which the device's own formatting rounds in its own way.</summary>
        /// <param name="value">The number, times ten to the power of <paramref name="decimals"/>; 0 or more.</param>
        /// <param name="decimals">How many, 1 or more.</param>
        /// <returns>The text.</returns>
        public static string Decimals(long value, int decimals)
        {
            string digits = value.ToString().PadLeft(decimals + 1, '0');
            int point = digits.Length - decimals;
            return digits.Substring(0, point) + "." + digits.Substring(point);
        }

        private static string Known(long value)
        {
            return value == Measurement.Unknown ? None : value.ToString();
        }

        private static string Line(string shape, string kernel, string time, string mac, string heap, string seen, string allocated, string ratio)
        {
            return shape.PadRight(11, ' ') + " " + kernel.PadRight(13, ' ') + " " + time.PadLeft(12, ' ') + " " + mac.PadLeft(9, ' ')
                + " " + heap.PadLeft(7, ' ') + " " + seen.PadLeft(10, ' ') + " " + allocated.PadLeft(10, ' ') + " " + ratio.PadLeft(6, ' ');
        }
    }
}
