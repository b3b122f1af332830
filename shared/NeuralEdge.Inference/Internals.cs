using System.Runtime.CompilerServices;

// The model reader of NeuralEdge.Core fills layers neuron by neuron.
[assembly: InternalsVisibleTo("NeuralEdge.Core")]
