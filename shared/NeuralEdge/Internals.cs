using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("NeuralEdge.Board")]
