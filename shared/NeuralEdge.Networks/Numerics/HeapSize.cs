namespace NeuralEdge.Numerics
{
    /// <summary>
    /// Sizes on a board's heap: that of nanoFramework on a 32-bit processor, in cells of 12 bytes. A program that knows them
    /// can refuse what would not fit before it has begun.
    /// </summary>
    public static class HeapSize
    {
        private const int Cell = 12;
        private const int ArrayHeader = 20;

        /// <summary>An array of numbers.</summary>
        /// <param name="dataBytes">Bytes of its elements.</param>
        /// <returns>Bytes on the heap.</returns>
        public static int Array(int dataBytes)
        {
            return (ArrayHeader + dataBytes + Cell - 1) / Cell * Cell;
        }

        /// <summary>An array of references, each of which takes a cell.</summary>
        /// <param name="count">Number of elements.</param>
        /// <returns>Bytes on the heap.</returns>
        public static int References(int count)
        {
            return Array(Cell * count);
        }

        /// <summary>An object: a cell for itself and one for each field, whatever its type.</summary>
        /// <param name="fields">Number of fields.</param>
        /// <returns>Bytes on the heap.</returns>
        public static int Object(int fields)
        {
            return Cell * (fields + 1);
        }
    }
}
