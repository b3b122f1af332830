using System.Globalization;

namespace NeuralEdge.Host.Ports;

/// <summary>A serial port that the system has.</summary>
/// <param name="Name">What a user gives as a port.</param>
public sealed record FoundPort(string Name)
{
    /// <summary>The number of the maker of the USB device behind it; null when the system does not say.</summary>
    public int? Vendor { get; init; }

    /// <summary>The maker's number of the device; null when the system does not say.</summary>
    public int? Product { get; init; }

    /// <summary>What the device calls itself, as it may be shown; empty when it does not.</summary>
    public string Title { get; init; } = "";

    /// <summary>A name that stays the same at any socket, such as one in /dev/serial/by-id; null for none.</summary>
    public string? Lasting { get; init; }

    /// <summary>Whether the user may open it.</summary>
    public bool MayOpen { get; init; } = true;

    /// <summary>Whether it may be asked without being told to: it can be an ESP32's, and nothing else takes harm.</summary>
    public bool IsLikely { get; init; }

    /// <summary>What it is, in a few words: "CP210x, 10c4:ea60".</summary>
    public string Device
    {
        get
        {
            string numbers = Vendor is int vendor ? string.Create(CultureInfo.InvariantCulture, $"{vendor:x4}:{Product ?? 0:x4}") : "";
            string name = UsbBridge.Of(Vendor)?.Name ?? (Title.Length > 0 ? Title : numbers.Length > 0 ? "an unknown device" : "");
            return string.Join(", ", new[] { name, numbers }.Where(part => part.Length > 0));
        }
    }
}
