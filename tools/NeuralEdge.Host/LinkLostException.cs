namespace NeuralEdge.Host;

/// <summary>The session is over or the board is silent; saying HELLO again may help.</summary>
internal sealed class LinkLostException(string sentence) : BoardLinkException(sentence);
