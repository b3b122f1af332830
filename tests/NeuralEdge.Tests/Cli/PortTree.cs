using NeuralEdge.Host;
using NeuralEdge.Host.Ports;
using NeuralEdge.Simulator;

namespace NeuralEdge.Tests.Cli;

/// <summary>Folders like /dev and /sys with serial ports in them: simulated boards at pseudo-terminals, and whatever a test puts there.</summary>
internal sealed class PortTree : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly List<SimulatedBoard> _boards = [];

    internal PortTree()
    {
        Directory.CreateDirectory(_scratch.PathOf("dev"));
        Directory.CreateDirectory(_scratch.PathOf("sys/class/tty"));
    }

    /// <summary>Looks there, and does not wait long.</summary>
    internal PortSearch Search => new()
    {
        DeviceFolder = _scratch.PathOf("dev"),
        SystemFolder = _scratch.PathOf("sys"),
        MayOpen = path => !Forbidden.Contains(Path.GetFileName(path)),
        Open = Open,
        Times = new LinkTimes { HelloAnswer = TimeSpan.FromMilliseconds(100), HelloTries = 2 },
    };

    /// <summary>Names of ports that may not be opened.</summary>
    internal HashSet<string> Forbidden { get; } = [];

    /// <summary>Opens a port.</summary>
    internal Func<string, IHostLine> Open { get; set; } = HostLine.Open;

    /// <summary>The path of a port.</summary>
    internal string PathOf(string name) => _scratch.PathOf($"dev/{name}");

    /// <summary>Plugs in a simulated board.</summary>
    /// <param name="name">The name of its port.</param>
    /// <param name="usb">Vendor and product, such as 10c4:ea60; null for a port that the system knows nothing of.</param>
    internal SimulatedBoard AddBoard(string name, string? usb = "10c4:ea60")
    {
        AddDevice(name, usb);
        SimulatedBoard board = new(new SimulatedBoardOptions { Port = null, PtyLink = PathOf(name) });
        _boards.Add(board);
        board.Start();
        return board;
    }

    /// <summary>Plugs in something that is no pseudo-terminal.</summary>
    internal void AddFile(string name, string? usb)
    {
        AddDevice(name, usb);
        File.WriteAllText(PathOf(name), "");
    }

    /// <summary>Adds a lasting name for a port.</summary>
    internal void AddLasting(string id, string name)
    {
        Directory.CreateDirectory(_scratch.PathOf("dev/serial/by-id"));
        File.CreateSymbolicLink(_scratch.PathOf($"dev/serial/by-id/{id}"), $"../../{name}");
    }

    public void Dispose()
    {
        _boards.ForEach(board => board.Dispose());
        _scratch.Dispose();
    }

    // As Linux has it: the port's entry is a link to a folder some levels below that of the USB device.
    private void AddDevice(string name, string? usb)
    {
        if (usb is null)
        {
            return;
        }

        string device = _scratch.PathOf($"sys/devices/pci0000:00/usb1/{name}-1");
        string tty = $"{device}/{name}-1:1.0/{name}/tty/{name}";
        Directory.CreateDirectory(tty);
        File.WriteAllText($"{device}/idVendor", usb[..4] + "\n");
        File.WriteAllText($"{device}/idProduct", usb[5..] + "\n");
        File.WriteAllText($"{device}/product", "Some \u001b[31mproduct\n");
        File.CreateSymbolicLink(_scratch.PathOf($"sys/class/tty/{name}"), tty);
    }
}
