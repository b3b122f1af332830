using NeuralEdge.Turbo;

namespace NeuralEdge.Benchmarks
{
    /// <summary>Everything that is compared.</summary>
    public static class Contenders
    {
        /// <summary>Makes the list; nothing in it is prepared.</summary>
        /// <param name="loader">Loads code that was compiled here; null where nothing does.</param>
        /// <returns>First the yardstick that all ratios are to.</returns>
        public static Contender[] Make(ICodeLoader loader)
        {
            return new Contender[]
            {
                new NaiveContender(),
                new JaggedContender(),
                new NetworkContender("exact", false),
                new NetworkContender("fast", true),
                new ExportedContender(),
                new TurboContender(loader),
            };
        }

        /// <summary>Makes the list of what is compared with a look at the inputs; nothing in it is prepared.</summary>
        /// <returns>First the network that the ratios are to.</returns>
        public static Contender[] MakeLooks()
        {
            return new Contender[] { new NetworkContender("exact", false), new LookContender(true), new LookContender(false) };
        }
    }
}
