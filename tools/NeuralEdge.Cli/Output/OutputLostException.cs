namespace NeuralEdge.Cli.Output;

/// <summary>Nobody sees any more what a verb only shows: it may end.</summary>
internal sealed class OutputLostException() : Exception("What this command shows cannot be written.");
