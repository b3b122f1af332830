namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>
/// The same source line is not always compiled to the same member: where the device's library is smaller, its compiler
/// takes another overload. Each entry says which, for forms that were seen to compile on both sides.
/// </summary>
internal static class DesktopForms
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        // Through "using SpanByte = ..." outside of the device.
        ["System.ReadOnlySpan`1<System.Byte>"] = "System.SpanByte",
        ["System.Span`1<System.Byte>"] = "System.SpanByte",
    };

    private static readonly Dictionary<string, string> Methods = new(StringComparer.Ordinal)
    {
        // The lock statement.
        ["System.Threading.Monitor::Enter(System.Object,System.Boolean&)"] = "System.Threading.Monitor::Enter(System.Object)",

        // Overloads for few arguments that the device leaves to "params object[]".
        ["System.String::Format(System.String,System.Object)"] = "System.String::Format(System.String,System.Object[])",
        ["System.String::Format(System.String,System.Object,System.Object)"] = "System.String::Format(System.String,System.Object[])",
        ["System.String::Format(System.String,System.Object,System.Object,System.Object)"] = "System.String::Format(System.String,System.Object[])",

        // One constructor with default values on the device.
        ["System.IO.Ports.SerialPort::.ctor(System.String)"] = "System.IO.Ports.SerialPort::.ctor(System.String,System.Int32,System.IO.Ports.Parity,System.Int32,System.IO.Ports.StopBits)",
        ["System.IO.Ports.SerialPort::.ctor(System.String,System.Int32)"] = "System.IO.Ports.SerialPort::.ctor(System.String,System.Int32,System.IO.Ports.Parity,System.Int32,System.IO.Ports.StopBits)",

        // Inherited on the desktop, its own on the device.
        ["System.ComponentModel.Component::Dispose()"] = "System.IO.Ports.SerialPort::Dispose()",
    };

    public static string Type(string desktop) => Types.GetValueOrDefault(desktop, desktop);

    public static string Method(string desktop) => Methods.GetValueOrDefault(desktop, desktop);
}
