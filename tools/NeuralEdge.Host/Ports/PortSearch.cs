using NeuralEdge.Board;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Host.Ports;

/// <summary>Looks for boards at the serial ports of this computer. A test has folders, lines and times of its own.</summary>
public sealed record PortSearch
{
    /// <summary>The folder of devices under Linux and macOS.</summary>
    public string DeviceFolder { get; init; } = "/dev";

    /// <summary>The folder where Linux describes devices.</summary>
    public string SystemFolder { get; init; } = "/sys";

    /// <summary>Whether the user may open a path.</summary>
    public Func<string, bool> MayOpen { get; init; } = PortRights.MayOpen;

    /// <summary>Opens a line; over a running studio when one has the port.</summary>
    public Func<string, IHostLine> Open { get; init; } = port => SharedPort.TryOpen(port) ?? HostLine.Open(port);

    /// <summary>How long a port is asked: a board answers within milliseconds, and a line may lose a request or two.</summary>
    public LinkTimes Times { get; init; } = new() { HelloAnswer = TimeSpan.FromMilliseconds(500), HelloTries = 4 };

    /// <summary>The serial ports, by name.</summary>
    public IReadOnlyList<FoundPort> Find() => new PortFinder(DeviceFolder, SystemFolder, MayOpen).Find();

    /// <summary>Asks all ports at once that may be a board's; nothing is sent to the others, which may be anything.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="keys">The board's keys; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What came, in the order of the ports; the sessions belong to the caller.</returns>
    public IReadOnlyList<AskedPort> Ask(IReadOnlyList<FoundPort> ports, KeyFile? keys = null, CancellationToken cancellation = default)
    {
        Task<AskedPort>[] asking = [.. ports.Select(port => Task.Factory.StartNew(
            () => port.IsLikely ? Ask(port, keys, cancellation)
                : new AskedPort(port, PortAnswer.NotAsked, $"{port.Name} was not asked, because {(port.Device.Length > 0 ? $"{port.Device} is none of the USB bridges of ESP32 boards" : "it is no USB port")}: give --port {port.Name} if it is a board's."),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        try
        {
            Task.WaitAll(asking, CancellationToken.None);
        }
        catch (AggregateException e)
        {
            foreach (Task<AskedPort> done in asking.Where(task => task.IsCompletedSuccessfully))
            {
                done.Result.Dispose();
            }

            cancellation.ThrowIfCancellationRequested();
            throw e.InnerExceptions[0];
        }

        return [.. asking.Select(task => task.Result)];
    }

    /// <summary>Asks one port, whatever it is.</summary>
    /// <param name="port">The port, also socket://HOST:PORT.</param>
    /// <param name="keys">The board's keys; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What came; the session belongs to the caller.</returns>
    public AskedPort Ask(FoundPort port, KeyFile? keys = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(port);
        if (!port.MayOpen)
        {
            return new AskedPort(port, PortAnswer.NoRights, $"Cannot open port {port.Name}: {PortRights.Advice()}.");
        }

        HeardLine? heard = null;
        BoardLink? link = null;
        try
        {
            heard = new HeardLine(Open(port.Name));
            link = BoardLink.Connect(heard, Times, keys, cancellation);
            return new AskedPort(port, PortAnswer.Board, "") { Link = link, Report = link.Info(cancellation) };
        }
        catch (BoardLinkException failure)
        {
            link?.Dispose();
            return Failed(port, failure, heard?.Heard ?? []);
        }
        catch
        {
            link?.Dispose();
            throw;
        }
    }

    private static AskedPort Failed(FoundPort port, BoardLinkException failure, byte[] heard) => failure switch
    {
        PortException { Problem: PortProblem.NoRights } => new AskedPort(port, PortAnswer.NoRights, failure.Message),
        PortException { Problem: PortProblem.InUse } => new AskedPort(port, PortAnswer.InUse, failure.Message),
        BoardRefusedException => new AskedPort(port, PortAnswer.Refused, failure.Message),
        LinkLostException when HeardBytes.Describe(heard) is string what =>
            new AskedPort(port, PortAnswer.SomethingElse, $"No board answers at {port.Name}: {what}."),
        LinkLostException when PortHolder.Of(port.Name) is string holder =>
            new AskedPort(port, PortAnswer.InUse, $"No board answers at {port.Name}, perhaps because {holder} has it open too and takes the answers: end that program first."),
        LinkLostException => new AskedPort(port, PortAnswer.Silent, failure.Message),
        _ => new AskedPort(port, PortAnswer.CannotOpen, failure.Message),
    };
}
