using NeuralEdge.Host;

namespace NeuralEdge.Cli.Demo;

/// <summary>Something in the demo was not as it must be: the program is wrong, and the demo must not end well.</summary>
internal sealed class DemoFailedException(string sentence)
    : BoardLinkException($"The demo failed: {sentence}");
