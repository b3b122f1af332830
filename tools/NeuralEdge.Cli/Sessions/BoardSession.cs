using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>A session with a board and the model that it runs, so that raw integers can be shown as values.</summary>
internal sealed class BoardSession : IDisposable
{
    /// <summary>Opens a session and reads the board's model.</summary>
    /// <exception cref="BoardLinkException">Nothing answers there, or the model cannot be understood.</exception>
    internal BoardSession(string port, CancellationToken cancellation)
    {
        Link = BoardLink.Connect(port, cancellation: cancellation);
        try
        {
            Model = ReadModel(Link, cancellation);
        }
        catch
        {
            Link.Dispose();
            throw;
        }
    }

    /// <summary>The link.</summary>
    internal BoardLink Link { get; }

    /// <summary>The model as it was read last.</summary>
    internal ModelFile Model { get; private set; }

    /// <summary>Reads the running model back from a board.</summary>
    /// <exception cref="BoardLinkException">It does not answer, or the model cannot be understood.</exception>
    internal static ModelFile ReadModel(BoardLink link, CancellationToken cancellation)
    {
        try
        {
            return ModelFile.Parse(link.ReadModel(cancellation), "the board's model");
        }
        catch (InputRefusedException e)
        {
            throw new BoardLinkException($"The model read back from the board at {link.Port} cannot be understood: {e.Message}", e);
        }
    }

    /// <summary>Reads the model anew: the board may run another one by now.</summary>
    internal void ReadModelAgain(CancellationToken cancellation) => Model = ReadModel(Link, cancellation);

    public void Dispose() => Link.Dispose();
}
