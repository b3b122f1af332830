using NeuralEdge.Conversion.Activations;

namespace NeuralEdge.Learning.Training;

/// <summary>A layer of a <see cref="TrainableNetwork"/>, and where its parameters are.</summary>
/// <param name="Inputs">Values that come in.</param>
/// <param name="Outputs">Its neurons.</param>
/// <param name="Activation">Their activation.</param>
/// <param name="WeightsAt">Place of the first weight; they lie neuron by neuron.</param>
/// <param name="BiasesAt">Place of the first bias.</param>
internal sealed record LayerPlace(int Inputs, int Outputs, ActivationFunction Activation, int WeightsAt, int BiasesAt);
