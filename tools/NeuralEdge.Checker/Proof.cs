namespace NeuralEdge.Checker;

/// <summary>A network of real numbers, as plain as it can be.</summary>
/// <param name="Weights">Weights[layer][neuron][input].</param>
/// <param name="Bias">Bias[layer][neuron].</param>
/// <param name="Functions">For each layer, the name of its activation where the board has a table; elsewhere the board's is taken.</param>
/// <param name="Parameters">For each layer, two parameters of its activation, 0 where it has none: of leaky ReLU the slope below zero.</param>
/// <param name="InputScale">For each input, the value of one raw step.</param>
/// <param name="InputOffset">For each input, the value at raw 0.</param>
/// <param name="InputError">For each input, most that the raw one is from the real one, in raw steps: half a step where values are rounded.</param>
/// <param name="SumScale">For each layer, the value of one step of a table's argument; others do not need it.</param>
/// <param name="OutputScale">Value of one step of each neuron's integer output, layer by layer.</param>
public sealed record RealNetwork(
    double[][][] Weights, double[][] Bias, string[] Functions, double[][] Parameters, double[] InputScale, double[] InputOffset, double[] InputError, double[] SumScale, double[][] OutputScale);

/// <summary>
/// A node of the tree that cuts the box of inputs, in the order node, lower half, upper half: a cut, or a leaf with what is claimed of
/// every neuron in its box.
/// </summary>
/// <param name="Input">The input that is cut; -1: a leaf.</param>
/// <param name="At">Where, in raw steps.</param>
/// <param name="Neurons">
/// Of a leaf, for each layer and neuron six numbers: least and most of the real pre-activation, least and most of its error, the slope
/// of the line that stands for the activation, and that which carries the error on (NaN: none, the error's range does).
/// </param>
public sealed record ProofNode(int Input, double At, double[][] Neurons);
