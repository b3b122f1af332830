using NeuralEdge.Conversion.Text;
using NeuralEdge.Host.Ports;

namespace NeuralEdge.Cli.Diagnosis;

/// <summary>From the cable to the board's first answer.</summary>
internal static class PortChecks
{
    /// <summary>Whether there are ports at all, and which.</summary>
    internal static Check OfAll(IReadOnlyList<FoundPort> ports) => ports.Count > 0
        ? Check.Ok("ports", string.Join("; ", ports.Select(Described)))
        : Check.Trouble(
            "ports",
            "this computer has no serial port of USB",
            $"Plug the board in with a cable that carries data (many only charge), into another socket if need be{Driver()}; a simulated board needs --port socket://127.0.0.1:PORT.");

    /// <summary>What came of asking one port.</summary>
    internal static IEnumerable<Check> Of(AskedPort asked)
    {
        string name = asked.Port.Name;
        switch (asked.Answer)
        {
            case PortAnswer.Board:
                yield return Check.Ok("answer", $"a board answers at {name}");
                break;
            case PortAnswer.NotAsked:
                yield return Check.Warning("answer", $"{name} was not asked: {Reason(asked)}", $"If it is a board's port, run neuraledge doctor --port {name}.");
                break;
            case PortAnswer.NoRights:
                yield return Check.Trouble("rights", $"you may not open {name}", asked.Sentence);
                break;
            case PortAnswer.InUse:
                yield return Check.Trouble("in use", $"another program has {name}", asked.Sentence);
                break;
            case PortAnswer.CannotOpen:
                yield return Check.Trouble("open", $"{name} cannot be opened, or vanished", asked.Sentence);
                break;
            case PortAnswer.Silent:
                yield return Check.Trouble("answer", $"nothing comes from {name}", asked.Sentence);
                break;
            case PortAnswer.SomethingElse:
                yield return Check.Trouble("answer", $"something comes from {name}, but no answer of a board", asked.Sentence);
                break;
            default:
                yield return Check.Trouble("versions", $"the board at {name} does not talk to this program", asked.Sentence);
                break;
        }
    }

    /// <summary>A port and its device in a few words.</summary>
    internal static string Described(FoundPort port) => port.Device.Length > 0 ? $"{port.Name} ({port.Device})" : port.Name;

    private static string Reason(AskedPort asked) => asked.Port.Device.Length > 0 ? $"{asked.Port.Device} is none of the USB bridges of ESP32 boards" : "it is no USB port";

    private static string Driver() => OperatingSystem.IsLinux() ? ""
        : $"; if it stays away, install its driver ({string.Join(", ", UsbBridge.All.Select(bridge => $"{bridge.Name}: {bridge.Driver}"))})";
}
