using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("NeuralEdge")]
[assembly: InternalsVisibleTo("NeuralEdge.Board")]
[assembly: InternalsVisibleTo("NeuralEdge.Turbo")]
