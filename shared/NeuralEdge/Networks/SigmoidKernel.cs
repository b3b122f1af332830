namespace NeuralEdge.Networks
{
    /// <summary>Sigmoid through tanh, as <see cref="Numerics.Sigmoid"/> says.</summary>
    internal sealed class SigmoidKernel : LayerKernel
    {
        private readonly LayerKernel _tanh;
        private readonly int _neurons;

        /// <summary>Makes a sigmoid layer of a tanh layer.</summary>
        /// <param name="tanh">Computes tanh of the same integers.</param>
        /// <param name="neurons">Number of neurons.</param>
        internal SigmoidKernel(LayerKernel tanh, int neurons)
        {
            _tanh = tanh;
            _neurons = neurons;
        }

        /// <summary>The kernel that computes the tanh.</summary>
        internal LayerKernel Inner
        {
            get { return _tanh; }
        }

        internal override void Forward(int[] x, int[] y)
        {
            _tanh.Forward(x, y);
            int i = _neurons;
            while (i != 0)
            {
                i--;
                y[i] += 32768;
            }
        }
    }
}
