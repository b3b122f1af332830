namespace NeuralEdge.Cli.Diagnosis;

/// <summary>One line of a diagnosis.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Next">What to do about it, a sentence; null when nothing is to be done.</param>
internal sealed record Check(string Name, CheckState State, string Text, string? Next = null)
{
    internal static Check Ok(string name, string text) => new(name, CheckState.Ok, text);

    internal static Check TooEarly(string name, string text, string next) => new(name, CheckState.TooEarly, text, next);

    internal static Check Warning(string name, string text, string next) => new(name, CheckState.Warning, text, next);

    internal static Check Trouble(string name, string text, string next) => new(name, CheckState.Trouble, text, next);
}
