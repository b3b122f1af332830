using System;
using NeuralEdge.Numerics;

namespace NeuralEdge.Benchmarks
{
    /// <summary>
    /// Measures what an inference allocates, which no counter of a board tells: the heap is filled up until the collector takes
    /// away an object that nobody holds, once after some inferences and once after twice as many. What fits less, they took.
    /// </summary>
    public static class AllocationMeter
    {
        /// <summary>Into how many parts a heap is filled.</summary>
        private const int Parts = 8000;

        /// <summary>The least that can be allocated.</summary>
        private const int Cell = 12;

        /// <summary>By how many parts the fillings differ when every inference takes one cell.</summary>
        private const int PartsPerCell = 4;

        /// <summary>Measures one contender.</summary>
        /// <param name="contender">A contender that has run before.</param>
        /// <returns>Bytes per inference, on a heap with cells of 12 bytes.</returns>
        public static int Measure(Contender contender)
        {
            int part = (int)(BoardHeap.GetFree() / Parts);
            int size = HeapSize.Array(part);
            int inferences = (PartsPerCell * size / Cell) + 1;

            // After a collection the first few calls take memory for stack frames, which is then used again: they are on both sides.
            int taken = (Fill(contender, inferences, part) - Fill(contender, 2 * inferences, part)) * size;

            // One part more or less says nothing.
            return ((taken / inferences) + (Cell / 2)) / Cell * Cell;
        }

        private static int Fill(Contender contender, int inferences, int part)
        {
            BoardHeap.GetFree();
            WeakReference witness = MakeWitness();
            contender.Run(inferences);
            int parts = 0;
            byte[] last = null;
            while (witness.IsAlive)
            {
                last = new byte[part];
                parts++;
            }

            return last == null ? 0 : parts;
        }

        // In a method of its own: a variable of the caller would hold the object.
        private static WeakReference MakeWitness()
        {
            return new WeakReference(new byte[1]);
        }
    }
}
