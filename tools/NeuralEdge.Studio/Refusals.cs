using NeuralEdge.Conversion;

namespace NeuralEdge.Studio;

/// <summary>What a page says of something that failed: the library's sentence, without options that only a command line has.</summary>
internal static class Refusals
{
    /// <summary>The sentence.</summary>
    /// <param name="failure">What failed.</param>
    internal static string Plain(this Exception failure) => failure is InputRefusedException refused ? refused.Plain : PlainText.WithoutOptions(failure.Message);
}
