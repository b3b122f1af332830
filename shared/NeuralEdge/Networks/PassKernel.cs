namespace NeuralEdge.Networks
{
    /// <summary>Ends a network of the profile fast whose outputs are not its accumulators.</summary>
    internal sealed class PassKernel : LaneKernel
    {
        private readonly ActivationPass _pass;
        private readonly int[] _outputs;

        /// <summary>Prepares the pass.</summary>
        /// <param name="pass">Makes outputs of accumulators.</param>
        /// <param name="outputs">Accumulators in, outputs out.</param>
        internal PassKernel(ActivationPass pass, int[] outputs)
        {
            _pass = pass;
            _outputs = outputs;
        }

        internal override void Forward(long[] x)
        {
            _pass.Apply(_outputs);
        }
    }
}
