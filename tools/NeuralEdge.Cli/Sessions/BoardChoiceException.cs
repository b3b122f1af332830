namespace NeuralEdge.Cli.Sessions;

/// <summary>Several boards answer, and the command line does not say which is meant.</summary>
/// <param name="sentence">Which there are, and how to say so.</param>
internal sealed class BoardChoiceException(string sentence) : Exception(sentence);
