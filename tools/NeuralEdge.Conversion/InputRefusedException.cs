namespace NeuralEdge.Conversion;

/// <summary>
/// Something a person gave us cannot be used. The message is one sentence they can act on: what is wrong,
/// where, and what to do. The command line prints it as it is and exits with 2.
/// </summary>
public sealed class InputRefusedException : Exception
{
    /// <summary>Refuses with a sentence for the person who gave the input.</summary>
    public InputRefusedException(string sentence)
        : base(sentence)
    {
    }

    /// <summary>Refuses with a sentence, keeping the cause for a debugger.</summary>
    public InputRefusedException(string sentence, Exception cause)
        : base(sentence, cause)
    {
    }

    private InputRefusedException(Saying sentence)
        : base(sentence.Terminal) => Plain = sentence.Page;

    /// <summary>The sentence for somebody at a page, who has no options.</summary>
    public string Plain { get => field ?? PlainText.WithoutOptions(Message); }

    /// <summary>Refuses with a sentence for somebody at a command line, or at a page.</summary>
    /// <param name="sentence">The sentence.</param>
    public static InputRefusedException For(Saying sentence) => new(sentence);
}
