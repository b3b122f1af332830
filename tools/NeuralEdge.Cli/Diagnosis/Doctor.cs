using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Host.Ports;

namespace NeuralEdge.Cli.Diagnosis;

/// <summary>What is wrong between this computer and a board's pins, and what to do first.</summary>
/// <param name="Port">The port of the board that was looked at; null when none answered.</param>
/// <param name="Report">What that board says; null when none answered.</param>
/// <param name="Model">The model that it runs; null when that cannot be read.</param>
/// <param name="Checks">What was looked at, in order.</param>
internal sealed record Doctor(string? Port, BoardReport? Report, ModelFile? Model, IReadOnlyList<Check> Checks)
{
    /// <summary>The worst that was found.</summary>
    internal CheckState State => Checks.Max(check => check.State);

    /// <summary>The one thing to do first: about the first trouble, else the first warning.</summary>
    internal string Next => Checks.Where(check => check.Next is not null).MaxBy(check => check.State)?.Next ?? "Nothing is wrong.";

    /// <summary>Looks at the board at a port, or at the one that answers.</summary>
    /// <param name="named">The port; null to look at all.</param>
    /// <param name="keys">The board's keys; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BoardChoiceException">Several boards answer.</exception>
    internal static Doctor Examine(string? named, KeyFile? keys, CancellationToken cancellation)
    {
        PortSearch search = BoardPort.Search;
        List<Check> checks = [];
        IReadOnlyList<AskedPort> asked;
        if (named is not null)
        {
            FoundPort port = search.Find().FirstOrDefault(found => found.Name == named || found.Lasting == named) ?? new FoundPort(named) { MayOpen = HostLine.IsSocket(named) || search.MayOpen(named) };
            checks.Add(Check.Ok("ports", PortChecks.Described(port)));
            asked = [search.Ask(port, keys, cancellation)];
        }
        else
        {
            IReadOnlyList<FoundPort> ports = search.Find();
            checks.Add(PortChecks.OfAll(ports));
            asked = search.Ask(ports, keys, cancellation);
        }

        AskedPort[] boards = [.. asked.Where(port => port.Report is not null)];
        try
        {
            if (boards.Length > 1)
            {
                throw new BoardChoiceException(BoardPort.Choice(boards));
            }

            if (boards.Length == 0)
            {
                return new Doctor(null, null, null, [.. checks, .. asked.SelectMany(PortChecks.Of)]);
            }

            // Ports of other devices are of no interest once the board is found.
            BoardReport report = boards[0].Report!;
            ModelFile? model = boards[0].Link is BoardLink link ? ModelOf(link, report, keys is not null, cancellation) : null;
            return new Doctor(boards[0].Port.Name, report, model, [.. checks, .. PortChecks.Of(boards[0]), .. BoardChecks.Of(report, model, keys is not null)]);
        }
        finally
        {
            Array.ForEach(boards, board => board.Dispose());
        }
    }

    // A diagnosis goes on without the model: what the board says of itself matters more.
    private static ModelFile? ModelOf(BoardLink link, BoardReport report, bool hasKeys, CancellationToken cancellation)
    {
        try
        {
            return BoardSession.ReadModel(link, report, hasKeys, cancellation);
        }
        catch (BoardLinkException)
        {
            return null;
        }
    }
}
