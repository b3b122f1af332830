using System.Globalization;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Host;

/// <summary>Which other program has a serial port open: Linux tells of those of the same user.</summary>
internal static class PortHolder
{
    /// <summary>A name and a process, such as "picocom, process 1234"; null when nobody is seen.</summary>
    /// <param name="port">The path of the port, or of a link to it.</param>
    internal static string? Of(string port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        string device = TargetOf(port);
        try
        {
            foreach (string process in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                    && id != Environment.ProcessId && Holds(process, device))
                {
                    return $"{NameOf(process)}, process {id},";
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only a hint is lost.
        }

        return null;
    }

    private static bool Holds(string process, string device)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")).Any(file => new FileInfo(file).LinkTarget == device);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or over by now.
            return false;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            return Harmless.Line(File.ReadAllText(Path.Combine(process, "comm")).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another program";
        }
    }

    private static string TargetOf(string port)
    {
        try
        {
            return new FileInfo(port).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? port;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return port;
        }
    }
}
