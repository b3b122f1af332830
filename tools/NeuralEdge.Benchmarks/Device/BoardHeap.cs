using NativeGC = nanoFramework.Runtime.Native.GC;

namespace NeuralEdge.Benchmarks
{
    /// <summary>The managed heap, as the collector of the board or the virtual device reports it.</summary>
    public static class BoardHeap
    {
        private const int ProbeBytes = 1000;

        /// <summary>Collects garbage.</summary>
        /// <returns>Free bytes.</returns>
        public static long GetFree()
        {
            // They are counted before the heap would be compacted; moving all objects would change nothing here.
            return NativeGC.Run(false);
        }

        /// <summary>Whether the collector counts: what stands in for it on the desktop says the same whatever is allocated.</summary>
        /// <returns>True on a board and on the virtual device.</returns>
        public static bool Counts()
        {
            long before = GetFree();
            byte[] kept = new byte[ProbeBytes];
            long after = GetFree();
            return kept[0] == 0 && after < before;
        }
    }
}
