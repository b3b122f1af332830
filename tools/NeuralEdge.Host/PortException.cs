using System.IO.Ports;

namespace NeuralEdge.Host;

/// <summary>A port cannot be opened.</summary>
/// <param name="problem">Why not.</param>
/// <param name="sentence">What failed, where, and what to do.</param>
/// <param name="inner">What caused it.</param>
public sealed class PortException(PortProblem problem, string sentence, Exception? inner = null) : BoardLinkException(sentence, inner)
{
    // errno of Linux and macOS: ENOENT, EACCES, EBUSY.
    private const int NoEntry = 2;
    private const int AccessDenied = 13;
    private const int Busy = 16;

    /// <summary>Why not.</summary>
    public PortProblem Problem { get; } = problem;

    /// <summary>What a user reads of a serial port that the system did not open.</summary>
    /// <param name="name">The port as the user wrote it.</param>
    /// <param name="failure">What the system said.</param>
    internal static PortException CannotOpen(string name, Exception failure)
    {
        if (name.Contains(':', StringComparison.Ordinal) && !File.Exists(name))
        {
            return new PortException(PortProblem.Missing, $"Cannot open port {name}: a board on the network, or a simulated one, is socket://{name}.", failure);
        }

        PortProblem problem = ProblemOf(name, failure);
        string sentence = problem switch
        {
            PortProblem.NoRights => $"Cannot open port {name}: {PortRights.Advice()}.",
            PortProblem.InUse => $"Cannot open port {name}: {PortHolder.Of(name) ?? "another program"} has it open; end that program first.",
            PortProblem.Missing => $"Cannot open port {name}: there is none; {PortsHere()}, so check the name and the cable.",
            _ => $"Cannot open port {name}: {PortsHere()}; check the name, the cable, and that no other program uses it.",
        };
        return new PortException(problem, sentence, failure);
    }

    private static PortProblem ProblemOf(string name, Exception failure)
    {
        if (OperatingSystem.IsWindows())
        {
            // There access is denied when another program has the port.
            return failure is UnauthorizedAccessException ? PortProblem.InUse
                : failure is FileNotFoundException ? PortProblem.Missing
                : PortProblem.Other;
        }

        return (failure.InnerException ?? failure).HResult switch
        {
            AccessDenied => PortProblem.NoRights,
            Busy => PortProblem.InUse,
            NoEntry => PortProblem.Missing,
            _ => File.Exists(name) ? PortProblem.Other : PortProblem.Missing,
        };
    }

    private static string PortsHere()
    {
        string[] ports = [];
        try
        {
            ports = SerialPort.GetPortNames();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // Only the hint is lost.
        }

        return ports.Length > 0 ? $"ports here are {string.Join(", ", ports.Order(StringComparer.Ordinal))}" : "no serial port was found here";
    }
}
