namespace NeuralEdge.Networks
{
    /// <summary>A kernel whose values go through shifts and an activation in a pass of their own.</summary>
    internal sealed class ActivatedKernel : LayerKernel
    {
        private readonly LayerKernel _kernel;
        private readonly ActivationPass _pass;

        /// <summary>Puts a kernel and a pass together.</summary>
        /// <param name="kernel">Computes accumulators.</param>
        /// <param name="pass">Makes activations of them.</param>
        internal ActivatedKernel(LayerKernel kernel, ActivationPass pass)
        {
            _kernel = kernel;
            _pass = pass;
        }

        /// <summary>The kernel that computes the accumulators.</summary>
        internal LayerKernel Inner
        {
            get { return _kernel; }
        }

        internal override void Forward(int[] x, int[] y)
        {
            _kernel.Forward(x, y);
            _pass.Apply(y);
        }
    }
}
