using System.Runtime.CompilerServices;

// The model reader of NeuralEdge.Core fills layers neuron by neuron.
[assembly: InternalsVisibleTo("NeuralEdge.Core")]

// "neuraledge inspect" names the kernels that a network has chosen.
[assembly: InternalsVisibleTo("NeuralEdge.Modeling")]
