namespace NeuralEdge.Host;

/// <summary>The session is over or the board is silent; saying HELLO again may help.</summary>
/// <param name="sentence">What failed, where, and what to do.</param>
/// <param name="isSessionOver">True when the board said that the session is over; false when it said nothing.</param>
internal sealed class LinkLostException(string sentence, bool isSessionOver = false) : BoardLinkException(sentence)
{
    /// <summary>True when the board said that the session is over; false when it said nothing.</summary>
    public bool IsSessionOver { get; } = isSessionOver;
}
