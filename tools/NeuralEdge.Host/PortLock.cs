using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NeuralEdge.Host;

/// <summary>Keeps two programs of ours off one serial port: on Linux a second open succeeds and both lose bytes.</summary>
internal sealed class PortLock : IDisposable
{
    private readonly FileStream _file;

    private PortLock(FileStream file) => _file = file;

    public static PortLock Take(string port)
    {
        string path = Path.Combine(Path.GetTempPath(), $"neuraledge-{Environment.UserName}-{Key(port)}.lock");
        try
        {
            // Never deleted: somebody may be waiting to lock the very file. The system drops the lock with the process.
            PortLock taken = new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            TellOwner(path);
            return taken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PortException(PortProblem.InUse, $"Port {port} is in use by another neuraledge{Owner(path)}: end that one first (lock file {path}).", e);
        }
    }

    public void Dispose() => _file.Dispose();

    // Beside the lock, because a locked file cannot be read everywhere.
    private static string OwnerOf(string path) => path + ".owner";

    private static void TellOwner(string path)
    {
        try
        {
            File.WriteAllText(OwnerOf(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only a hint to somebody who comes later is lost.
        }
    }

    private static string Owner(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(OwnerOf(path)), NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? $", process {process}" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The same for every name of a port: /dev/serial/by-id/... is a link to /dev/ttyUSB0.</summary>
    internal static string Key(string port)
    {
        string target = port;
        try
        {
            target = new FileInfo(port).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? port;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // No path, no link, or one that leads nowhere: opening the port will say so.
        }

        if (OperatingSystem.IsWindows())
        {
            target = target.ToUpperInvariant();
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(target)))[..16];
    }
}
