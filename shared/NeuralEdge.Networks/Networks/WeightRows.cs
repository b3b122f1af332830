namespace NeuralEdge.Networks
{
    /// <summary>
    /// Weights and biases of a layer in the words its kernels multiply. A row is the words of a few neurons, one for each input,
    /// and behind them the word in which its sum starts. A layer with more inputs than a kernel takes is cut into blocks: full
    /// ones, and a last one for the rest.
    /// </summary>
    internal abstract class WeightRows
    {
        /// <summary>Number of rows.</summary>
        internal abstract int Count { get; }

        /// <summary>Number of full blocks in front of the last one; 0 for most layers.</summary>
        internal abstract int FullBlocks { get; }

        /// <summary>The rows of the last block, as the layer's kernel reads them.</summary>
        internal abstract long[][] Rows { get; }

        /// <summary>Number of inputs that the last block is padded to.</summary>
        internal abstract int Size { get; }

        /// <summary>The rows of a full block, each two in an array, see <see cref="RowPairs"/>.</summary>
        /// <param name="block">0..<see cref="FullBlocks"/> - 1.</param>
        /// <returns>The rows in order.</returns>
        internal abstract long[][] GetFullBlock(int block);

        /// <summary>Sets where the sums of a block start.</summary>
        /// <param name="block">1..<see cref="FullBlocks"/>; the sums of the first one start with the biases.</param>
        /// <param name="sums">What the blocks before it gave, one word for each row.</param>
        internal abstract void SetStarts(int block, long[] sums);

        /// <summary>Sets a neuron's bias and makes room for its weights.</summary>
        /// <param name="neuron">Which neuron; each once, in ascending order.</param>
        /// <param name="bias">The bias.</param>
        internal abstract void SetBias(int neuron, int bias);

        /// <summary>Sets one weight of a neuron whose bias is set.</summary>
        /// <param name="neuron">Which neuron.</param>
        /// <param name="input">Which input; each once.</param>
        /// <param name="weight">The weight, 16 bits.</param>
        internal abstract void SetWeight(int neuron, int input, int weight);

        /// <summary>One weight.</summary>
        /// <param name="neuron">Which neuron.</param>
        /// <param name="input">Which input.</param>
        /// <returns>The weight.</returns>
        internal abstract int GetWeight(int neuron, int input);

        /// <summary>A neuron's bias.</summary>
        /// <param name="neuron">Which neuron.</param>
        /// <returns>The bias.</returns>
        internal abstract int GetBias(int neuron);
    }
}
