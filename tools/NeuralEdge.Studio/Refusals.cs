using NeuralEdge.Conversion;

namespace NeuralEdge.Studio;

/// <summary>What a page says of something that failed: the library's sentence, without options and commands that only a terminal has.</summary>
internal static class Refusals
{
    /// <summary>The sentence.</summary>
    /// <param name="failure">What failed.</param>
    internal static string Plain(this Exception failure) => failure is InputRefusedException refused ? refused.Plain : PlainText.WithoutOptions(failure.Message).Replace("repeat the command", "try again", StringComparison.Ordinal);
}
