using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>Where verbs find their boards.</summary>
internal static class BoardPort
{
    private static readonly AsyncLocal<Func<BoardLink>?> Other = new();

    /// <summary>Opens a session with the board at a port.</summary>
    /// <param name="port">The port as the user wrote it.</param>
    /// <param name="keys">The board's keys, null for none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The port cannot be opened, or no board answers.</exception>
    internal static BoardLink Connect(string port, KeyFile? keys, CancellationToken cancellation) =>
        Other.Value is Func<BoardLink> other ? other() : BoardLink.Connect(port, keys: keys, cancellation: cancellation);

    /// <summary>Has the verbs that this thread of control runs from now on talk to a board of a test, whatever their port.</summary>
    /// <param name="connect">Opens the session; null for real ports again.</param>
    internal static void Use(Func<BoardLink>? connect) => Other.Value = connect;
}
