namespace NeuralEdge.Host;

/// <summary>The link or the board failed. The message is one sentence for the user: what, where, what to do.</summary>
public class BoardLinkException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="sentence">What failed, where, and what to do.</param>
    /// <param name="inner">What caused it.</param>
    public BoardLinkException(string sentence, Exception? inner = null)
        : base(sentence, inner)
    {
    }
}
