namespace NeuralEdge.Benchmarks
{
    /// <summary>Everything that is compared.</summary>
    public static class Contenders
    {
        /// <summary>Makes the list; nothing in it is prepared.</summary>
        /// <returns>First the yardstick that all ratios are to.</returns>
        public static Contender[] Make()
        {
            return new Contender[]
            {
                new NaiveContender(),
                new JaggedContender(),
                new NetworkContender("exact", false),
                new NetworkContender("fast", true),
            };
        }
    }
}
