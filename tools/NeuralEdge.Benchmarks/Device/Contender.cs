namespace NeuralEdge.Benchmarks
{
    /// <summary>One way to compute a network, which the others are compared with. A new one is one more line in <see cref="Contenders"/>.</summary>
    public abstract class Contender
    {
        /// <summary>What the tables call it: one word.</summary>
        public abstract string Name { get; }

        /// <summary>Bytes of a 32-bit nanoFramework heap that it says it takes; 0 before <see cref="Prepare"/>.</summary>
        public abstract int HeapBytes { get; }

        /// <summary>Makes a network of this shape, tanh in all layers but the last, and sets its inputs.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>False when it has no network of this shape.</returns>
        public abstract bool Prepare(int[] shape);

        /// <summary>
        /// Computes the network over and over. The loop is in here, and calls the network as its user would: an interpreter
        /// takes as long for a virtual call as for several neurons.
        /// </summary>
        /// <param name="count">How many times, 1 or more.</param>
        public abstract void Run(int count);
    }
}
