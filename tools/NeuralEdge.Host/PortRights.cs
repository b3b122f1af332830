using System.Runtime.InteropServices;

namespace NeuralEdge.Host;

/// <summary>Whether the user may open a serial port, and how to get there.</summary>
internal static class PortRights
{
    private const int ReadAndWrite = 4 | 2;

    // The groups that own serial ports: of Debian and Fedora, and of Arch.
    private static readonly string[] Groups = ["dialout", "uucp"];

    /// <summary>Whether the user may read and write a device; true where the system does not tell.</summary>
    /// <param name="path">The device.</param>
    internal static bool MayOpen(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() || access(path, ReadAndWrite) == 0 || !File.Exists(path);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return true;
        }
    }

    /// <summary>What to do about rights that are missing, as the end of a sentence.</summary>
    /// <param name="groupFile">Where the system keeps its groups.</param>
    /// <param name="user">Who is missing the rights; null for who runs this.</param>
    internal static string Advice(string groupFile = "/etc/group", string? user = null)
    {
        user ??= Environment.UserName;
        string[] lines = [];
        try
        {
            lines = File.ReadAllLines(groupFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The usual name, then.
        }

        string group = Array.Find(Groups, name => Array.Exists(lines, line => line.StartsWith(name + ":", StringComparison.Ordinal))) ?? Groups[0];
        bool isMember = Array.Exists(lines, line => line.StartsWith(group + ":", StringComparison.Ordinal) && line[(line.LastIndexOf(':') + 1)..].Split(',').Contains(user));
        return isMember
            ? $"you may not read and write it; your user is in the group {group} by now, so log out and in again (or restart the computer)"
            : $"you may not read and write it; run sudo usermod -aG {group} {user}, then log out and in again";
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
