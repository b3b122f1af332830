namespace NeuralEdge.Networks
{
    /// <summary>
    /// What a layer does with its pre-activation. The numbers are those of the model file (FORMAT.md).
    /// </summary>
    public enum Activation : byte
    {
        /// <summary>The pre-activation itself, in the neuron's own output format.</summary>
        Linear = 0,

        /// <summary>Hyperbolic tangent: Q15.16 in, Q0.15 out, -32768..32768 (1.0 is 32768).</summary>
        Tanh = 1,

        /// <summary>Logistic function: Q16.15 in (which is x/2 in Q15.16), Q0.16 out, 0..65536 (1.0 is 65536).</summary>
        Sigmoid = 2,

        /// <summary>max(0, x), in the neuron's own output format.</summary>
        Relu = 3,

        /// <summary>x for x &gt;= 0, otherwise x times the layer's slope (Q0.15), rounded half up.</summary>
        LeakyRelu = 4,

        /// <summary>
        /// Last layer only. The network's outputs are the logits, as with <see cref="Linear"/>;
        /// probabilities are computed from them on request, and arg-max needs none.
        /// </summary>
        Softmax = 5,

        /// <summary>
        /// Any function of one number, which the file has as a table: see <see cref="ActivationCurve"/>. All neurons of the layer
        /// have one format for what goes in and one for what comes out.
        /// </summary>
        Tabulated = 6,
    }
}
