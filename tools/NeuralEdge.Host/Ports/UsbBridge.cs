namespace NeuralEdge.Host.Ports;

/// <summary>What makes a serial port of USB on the boards that people have.</summary>
/// <param name="Vendor">Its maker's number on USB.</param>
/// <param name="Name">What the chip is called.</param>
/// <param name="Driver">What Windows and macOS need for it.</param>
public sealed record UsbBridge(int Vendor, string Name, string Driver)
{
    /// <summary>Those of ESP32 boards and of the usual adapters. Vendor numbers are those of Linux's drivers for them.</summary>
    public static IReadOnlyList<UsbBridge> All { get; } =
    [
        new(0x10C4, "CP210x", "the CP210x driver of Silicon Labs"),
        new(0x1A86, "CH340 or CH910x", "the CH341SER driver of WCH"),
        new(0x0403, "FTDI", "the VCP driver of FTDI"),
        new(0x067B, "PL2303", "the PL2303 driver of Prolific"),
        new(0x303A, "the chip's own USB (Espressif)", "no driver"),
    ];

    /// <summary>The one of a vendor; null for any other device.</summary>
    /// <param name="vendor">The vendor's number; null for none.</param>
    public static UsbBridge? Of(int? vendor) => All.FirstOrDefault(bridge => bridge.Vendor == vendor);
}
