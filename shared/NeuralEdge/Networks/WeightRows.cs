namespace NeuralEdge.Networks
{
    /// <summary>Weights and biases of a layer in the words its kernel multiplies.</summary>
    internal abstract class WeightRows
    {
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
