using System.ComponentModel;
using System.Diagnostics;

namespace NeuralEdge.Studio.Hosting;

/// <summary>The browser that the user has chosen.</summary>
public static class DefaultBrowser
{
    /// <summary>Opens an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>False when there is no browser to open it.</returns>
    public static bool Open(string address)
    {
        // The shell opens addresses on Windows; elsewhere a program does, and what it says must not get between our lines.
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new(address) { UseShellExecute = true }
            : new(OperatingSystem.IsMacOS() ? "open" : "xdg-open") { ArgumentList = { address }, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process? browser = Process.Start(start);
            return true;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
