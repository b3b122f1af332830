using System.Globalization;
using System.IO.Ports;
using System.Runtime.Versioning;
using Microsoft.Win32;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Host.Ports;

/// <summary>The serial ports of this computer, and what the system knows of the devices behind them.</summary>
/// <param name="devices">The folder of devices; a test has its own.</param>
/// <param name="system">The folder where Linux describes devices; a test has its own.</param>
/// <param name="mayOpen">Whether the user may open a path.</param>
internal sealed class PortFinder(string devices, string system, Func<string, bool> mayOpen)
{
    // Names that macOS gives to ports of USB; others are Bluetooth, a console, a log.
    private static readonly string[] MacNames = ["cu.usbserial", "cu.usbmodem", "cu.SLAB_USBtoUART", "cu.wchusbserial"];

    /// <summary>All ports, by name.</summary>
    internal IReadOnlyList<FoundPort> Find()
    {
        try
        {
            IEnumerable<FoundPort> ports = OperatingSystem.IsWindows() ? OfWindows()
                : OperatingSystem.IsMacOS() ? OfMac()
                : OfLinux();
            return [.. ports.OrderBy(port => port.Name.Length).ThenBy(port => port.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return [];
        }
    }

    /// <summary>Ports under Linux: USB gives them the names ttyUSB and ttyACM.</summary>
    internal IEnumerable<FoundPort> OfLinux()
    {
        Dictionary<string, string> lasting = LastingNames();
        foreach (string path in Entries(devices).Where(path => Path.GetFileName(path) is string name
            && (name.StartsWith("ttyUSB", StringComparison.Ordinal) || name.StartsWith("ttyACM", StringComparison.Ordinal))))
        {
            string? usb = UsbFolderOf(Path.GetFileName(path));
            int? vendor = Hexadecimal(usb, "idVendor");
            yield return new FoundPort(path)
            {
                Vendor = vendor,
                Product = Hexadecimal(usb, "idProduct"),
                Title = Content(usb, "product"),
                Lasting = lasting.GetValueOrDefault(path),
                MayOpen = mayOpen(path),
                IsLikely = UsbBridge.Of(vendor) is not null,
            };
        }
    }

    /// <summary>Ports under macOS, which are known by their names alone.</summary>
    internal IEnumerable<FoundPort> OfMac() =>
        from path in Entries(devices)
        where Path.GetFileName(path).StartsWith("cu.", StringComparison.Ordinal)
        select new FoundPort(path)
        {
            MayOpen = mayOpen(path),
            IsLikely = Array.Exists(MacNames, name => Path.GetFileName(path).StartsWith(name, StringComparison.OrdinalIgnoreCase)),
        };

    /// <summary>The numbers of a USB device in the name of its key in the registry, such as VID_10C4&amp;PID_EA60 or VID_0403+PID_6001+A.</summary>
    /// <param name="key">The name of the key.</param>
    internal static (int Vendor, int Product)? NumbersOf(string key)
    {
        int vid = key.IndexOf("VID_", StringComparison.OrdinalIgnoreCase);
        int pid = key.IndexOf("PID_", StringComparison.OrdinalIgnoreCase);
        return vid >= 0 && pid >= 0 && Number(key, vid) is int vendor && Number(key, pid) is int product ? (vendor, product) : null;

        static int? Number(string key, int at) => at + 8 <= key.Length
            && int.TryParse(key.AsSpan(at + 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    [SupportedOSPlatform("windows")]
    private static IEnumerable<FoundPort> OfWindows()
    {
        Dictionary<string, (int Vendor, int Product)> known = UsbPorts();
        foreach (string name in SerialPort.GetPortNames().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            bool isUsb = known.TryGetValue(name.ToUpperInvariant(), out (int Vendor, int Product) numbers);

            // A port of Bluetooth looks for its device for many seconds when it is opened, so only those of USB are asked.
            yield return new FoundPort(name)
            {
                Vendor = isUsb ? numbers.Vendor : null,
                Product = isUsb ? numbers.Product : null,
                IsLikely = isUsb && UsbBridge.Of(numbers.Vendor) is not null,
            };
        }
    }

    // Windows keeps the name of a port with its device: Enum\USB\VID_10C4&PID_EA60\0001\Device Parameters, PortName = COM5.
    [SupportedOSPlatform("windows")]
    private static Dictionary<string, (int Vendor, int Product)> UsbPorts()
    {
        Dictionary<string, (int Vendor, int Product)> ports = [];
        foreach (string bus in (string[])["USB", "FTDIBUS"])
        {
            using RegistryKey? devices = Registry.LocalMachine.OpenSubKey($@"SYSTEM\CurrentControlSet\Enum\{bus}");
            foreach (string device in devices?.GetSubKeyNames() ?? [])
            {
                if (NumbersOf(device) is not (int, int) numbers)
                {
                    continue;
                }

                using RegistryKey? key = devices!.OpenSubKey(device);
                foreach (string instance in key?.GetSubKeyNames() ?? [])
                {
                    try
                    {
                        using RegistryKey? parameters = key!.OpenSubKey($@"{instance}\Device Parameters");
                        if (parameters?.GetValue("PortName") is string port)
                        {
                            ports[port.ToUpperInvariant()] = numbers;
                        }
                    }
                    catch (Exception e) when (e is System.Security.SecurityException or UnauthorizedAccessException or IOException)
                    {
                        // Then it is a port without numbers.
                    }
                }
            }
        }

        return ports;
    }

    private Dictionary<string, string> LastingNames()
    {
        Dictionary<string, string> names = [];
        foreach (string link in Entries(Path.Combine(devices, "serial", "by-id")))
        {
            if (new FileInfo(link).LinkTarget is string target)
            {
                names[Path.GetFullPath(target, Path.GetDirectoryName(link)!)] = link;
            }
        }

        return names;
    }

    /// <summary>The folder of the USB device that a port belongs to: it has the device's numbers in files.</summary>
    private string? UsbFolderOf(string name)
    {
        string path = Path.Combine(system, "class", "tty", name);
        try
        {
            path = new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        for (string? folder = path; folder is not null && folder.Length > system.Length; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "idVendor")))
            {
                return folder;
            }
        }

        return null;
    }

    private static string[] Entries(string folder) => Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [];

    private static int? Hexadecimal(string? folder, string file) =>
        int.TryParse(Content(folder, file), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string Content(string? folder, string file)
    {
        try
        {
            return folder is null ? "" : Harmless.Line(File.ReadAllText(Path.Combine(folder, file)).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
