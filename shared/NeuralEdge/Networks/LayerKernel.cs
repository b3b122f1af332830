namespace NeuralEdge.Networks
{
    /// <summary>The code that computes one layer; chosen when a network is put together, see <see cref="KernelChoice"/>.</summary>
    internal abstract class LayerKernel
    {
        /// <summary>Computes all neurons; allocates nothing.</summary>
        /// <param name="x">Inputs; as many as the layer's rows are padded to, the values behind the last input do not matter.</param>
        /// <param name="y">Where the activations go; not <paramref name="x"/>.</param>
        internal abstract void Forward(int[] x, int[] y);
    }
}
