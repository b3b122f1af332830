using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>The last request to a board: a courtesy, for which nobody waits long.</summary>
internal static class Farewell
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(700);

    /// <summary>Sends it, if the board listens.</summary>
    /// <param name="request">The request; a board that fails or does not answer in time is left alone.</param>
    internal static void Say(Action<CancellationToken> request)
    {
        using CancellationTokenSource limit = new(Longest);
        try
        {
            request(limit.Token);
        }
        catch (Exception e) when (e is BoardLinkException or OperationCanceledException)
        {
            // It is gone, or has other worries.
        }
    }
}
