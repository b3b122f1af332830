using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Host.Ports;

namespace NeuralEdge.Cli.Sessions;

/// <summary>Where a verb finds its board: the port of the command line, or of the environment, or the one board that answers.</summary>
/// <param name="given">The port of the command line; null for none.</param>
internal sealed class BoardPort(string? given)
{
    /// <summary>The environment variable that names a port.</summary>
    internal const string Variable = "NEURALEDGE_PORT";

    private static readonly AsyncLocal<Func<BoardLink>?> Other = new();
    private static readonly AsyncLocal<PortSearch?> OtherSearch = new();

    // A variable of no characters is how some shells take one away.
    private string? _port = given ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null);

    /// <summary>How ports are looked for.</summary>
    internal static PortSearch Search => OtherSearch.Value ?? new PortSearch();

    /// <summary>The port, when somebody has said one.</summary>
    internal string? Named => _port;

    /// <summary>Opens a session with a board.</summary>
    /// <param name="port">The port of the command line; null for none.</param>
    /// <param name="keys">The board's keys, null for none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The port cannot be opened, or no board answers.</exception>
    /// <exception cref="BoardChoiceException">Several boards answer.</exception>
    internal static BoardLink Connect(string? port, KeyFile? keys, CancellationToken cancellation) => new BoardPort(port).Connect(keys, cancellation);

    /// <summary>
    /// Opens a session with the board, over a running studio when one has the port; a board that was found is looked for at the same port again.
    /// </summary>
    /// <param name="keys">The board's keys, null for none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The port cannot be opened, or no board answers.</exception>
    /// <exception cref="BoardChoiceException">Several boards answer.</exception>
    internal BoardLink Connect(KeyFile? keys, CancellationToken cancellation)
    {
        if (Other.Value is Func<BoardLink> other)
        {
            return other();
        }

        _port ??= Find(cancellation);
        return BoardLink.Connect(Search.Open(_port), keys: keys, cancellation: cancellation);
    }

    /// <summary>Has the verbs that this thread of control runs from now on talk to a board of a test, whatever their port.</summary>
    /// <param name="connect">Opens the session; null for real ports again.</param>
    internal static void Use(Func<BoardLink>? connect) => Other.Value = connect;

    /// <summary>Has them look for boards elsewhere.</summary>
    /// <param name="search">Where; null for this computer again.</param>
    internal static void LookIn(PortSearch? search) => OtherSearch.Value = search;

    /// <summary>The sentence of those who found several boards, with the words to choose each.</summary>
    /// <param name="boards">The boards.</param>
    internal static string Choice(IEnumerable<AskedPort> boards) =>
        $"Several boards answer; say which by {string.Join(" or ", boards.Select(board => $"--port {board.Port.Name} ({NameOf(board.Report!)})"))}, or name one in {Variable}.";

    /// <summary>What a board is called, and its chip where it says so.</summary>
    internal static string NameOf(BoardReport report) => report.ChipName.Length == 0 ? report.Name : $"{report.Name}, {report.Chip?.Title ?? report.ChipName}";

    private static string Find(CancellationToken cancellation)
    {
        IReadOnlyList<FoundPort> ports = Search.Find();
        Tell($"Looking for a board at {NumberText.Count(ports.Count, "port")}.");
        IReadOnlyList<AskedPort> asked = Search.Ask(ports, keys: null, cancellation);
        AskedPort[] boards = [.. asked.Where(port => port.Link is not null)];
        Array.ForEach(boards, board => board.Dispose());
        if (boards.Length == 1)
        {
            Tell($"Found {NameOf(boards[0].Report!)} at {boards[0].Port.Name}.");
            return boards[0].Port.Name;
        }

        throw boards.Length > 1 ? new BoardChoiceException(Choice(boards)) : new BoardLinkException(NoBoard(asked));
    }

    private static string NoBoard(IReadOnlyList<AskedPort> asked) => asked.Count switch
    {
        0 => $"No board was found, because there is no serial port here: plug it in with a cable that carries data, see neuraledge doctor, or give --port (a simulated board's is socket://127.0.0.1:PORT).",
        1 => asked[0].Sentence,
        _ => $"No board was found at {asked.Count} ports ({string.Join("; ", asked.Select(port => port.Sentence.TrimEnd('.')))}); see neuraledge doctor, or give --port.",
    };

    // Only for a person who waits.
    private static void Tell(string sentence)
    {
        if (!Console.IsErrorRedirected && OtherSearch.Value is null)
        {
            Console.Error.WriteLine(Harmless.Line(sentence));
        }
    }
}
