namespace NeuralEdge.Benchmarks
{
    /// <summary>The shapes that are measured.</summary>
    public static class Shapes
    {
        /// <summary>Makes the list.</summary>
        /// <returns>For each shape the number of inputs, then of neurons of each layer.</returns>
        public static int[][] GetAll()
        {
            return new int[][]
            {
                new int[] { 2, 2, 1 },
                new int[] { 4, 10, 3 },
                new int[] { 8, 16, 4 },
                new int[] { 1, 16, 16, 1 },
                new int[] { 16, 32, 16, 4 },
                new int[] { 64, 10, 10 },
                new int[] { 64, 64, 8 },
            };
        }

        /// <summary>The shapes of networks beside which a look at their inputs is measured: those that train makes by itself.</summary>
        /// <returns>For each shape the number of inputs, then of neurons of each layer.</returns>
        public static int[][] GetDefaults()
        {
            return new int[][]
            {
                new int[] { 3, 16, 16, 2 },
                new int[] { 8, 16, 16, 2 },
                new int[] { 16, 16, 16, 2 },
            };
        }

        /// <summary>Multiplications of one inference.</summary>
        /// <param name="shape">The shape.</param>
        /// <returns>Their number.</returns>
        public static int GetMacs(int[] shape)
        {
            int macs = 0;
            for (int l = 1; l < shape.Length; l++)
            {
                macs += shape[l] * shape[l - 1];
            }

            return macs;
        }

        /// <summary>Writes a shape as people do.</summary>
        /// <param name="shape">The shape.</param>
        /// <returns>For example 2-2-1.</returns>
        public static string GetName(int[] shape)
        {
            string name = shape[0].ToString();
            for (int l = 1; l < shape.Length; l++)
            {
                name += "-" + shape[l].ToString();
            }

            return name;
        }
    }
}
