#nullable enable
using System.Runtime.InteropServices;
using System.Text;

namespace NeuralEdge.Simulator.Endpoints;

/// <summary>
/// A pseudo-terminal as the host's end of the line, so that a host's real serial code can be used (Linux and macOS).
/// </summary>
/// <remarks>
/// One descriptor of the slave side is kept open: without any, reading from the master fails. Writing never waits:
/// what nobody reads is lost once the terminal's own buffer is full.
/// </remarks>
internal sealed class PtyEndpoint : IHostEndpoint
{
    private const short PollIn = 1;
    private const short PollOut = 4;
    private const int SetNow = 0;
    private const int NonBlocking = 0x800;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int PollMilliseconds = 100;

    private readonly int _master;
    private readonly int _slave;
    private readonly string _link;
    private volatile bool _stopping;
    private Thread? _reader;

    /// <exception cref="IOException">There is none to be had; the message is a sentence.</exception>
    internal PtyEndpoint(string link)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new IOException("A pseudo-terminal needs Linux or macOS; on Windows use --port socket://127.0.0.1:0.");
        }

        bool mac = OperatingSystem.IsMacOS();
        int readWrite = 2 | (mac ? 0x20000 : 0x100); // O_RDWR | O_NOCTTY

        // A program that this one starts must not hold the line open: O_CLOEXEC, which macOS does not take here.
        int alone = mac ? 0x1000000 : 0x80000;
        _master = posix_openpt(mac ? readWrite : readWrite | alone);
        if (_master < 0 || grantpt(_master) != 0 || unlockpt(_master) != 0)
        {
            throw new IOException("This system gives no pseudo-terminal; use --port socket://127.0.0.1:0 instead.");
        }

        byte[] name = new byte[256];
        if (ptsname_r(_master, name, name.Length) != 0)
        {
            throw new IOException("This system does not name its pseudo-terminal; use --port socket://127.0.0.1:0 instead.");
        }

        string slavePath = Encoding.UTF8.GetString(name, 0, Array.IndexOf(name, (byte)0));
        _slave = open(slavePath, readWrite | alone);

        // Larger than a termios of either system.
        byte[] attributes = new byte[256];
        _ = tcgetattr(_slave, attributes);
        cfmakeraw(attributes);
        _ = tcsetattr(_slave, SetNow, attributes);
        if (!mac)
        {
            // On Apple silicon a variadic function cannot be called this way. There, Send only asks first.
            _ = fcntl(_master, SetFlags, fcntl(_master, GetFlags, 0) | NonBlocking);
        }

        _link = Path.GetFullPath(link);
        MakeLink(slavePath);
    }

    public string Address => _link;

    public void Start(Action<byte[], int> received)
    {
        _reader = new Thread(() => Read(received)) { IsBackground = true, Name = "simulated line, pseudo-terminal" };
        _reader.Start();
    }

    public void Send(byte[] bytes)
    {
        PollDescriptor descriptor = new() { Fd = _master, Events = PollOut };
        if (!_stopping && poll(ref descriptor, 1, 0) > 0 && (descriptor.Returned & PollOut) != 0)
        {
            _ = write(_master, bytes, bytes.Length);
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _reader?.Join(10 * PollMilliseconds);
        _ = close(_slave);
        _ = close(_master);
        File.Delete(_link);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(int fd);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(int fd);

    [DllImport("libc", SetLastError = true)]
    private static extern int ptsname_r(int fd, byte[] name, nint length);

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int fd);

    [DllImport("libc", SetLastError = true)]
    private static extern nint read(int fd, byte[] buffer, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int fd, byte[] buffer, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern int poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(int fd, int command, int argument);

    [DllImport("libc", SetLastError = true)]
    private static extern int tcgetattr(int fd, byte[] attributes);

    [DllImport("libc", SetLastError = true)]
    private static extern int tcsetattr(int fd, int action, byte[] attributes);

    [DllImport("libc")]
    private static extern void cfmakeraw(byte[] attributes);

    private void MakeLink(string slavePath)
    {
        FileInfo link = new(_link);
        if (link.LinkTarget?.StartsWith("/dev/", StringComparison.Ordinal) != true && (link.Exists || Directory.Exists(_link)))
        {
            throw new IOException($"{_link} exists and is no link to a terminal; choose another path for the pseudo-terminal.");
        }

        try
        {
            // One may be left over from a board that was killed.
            link.Delete();
            File.CreateSymbolicLink(_link, slavePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{_link} cannot be made a link to a pseudo-terminal ({e.Message.TrimEnd('.')}); choose a path in a folder that you may write to.", e);
        }
    }

    private void Read(Action<byte[], int> received)
    {
        byte[] buffer = new byte[256];
        while (!_stopping)
        {
            PollDescriptor descriptor = new() { Fd = _master, Events = PollIn };
            if (poll(ref descriptor, 1, PollMilliseconds) > 0)
            {
                nint count = read(_master, buffer, buffer.Length);
                if (count > 0)
                {
                    received(buffer, (int)count);
                }
                else
                {
                    Thread.Sleep(10);
                }
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        internal int Fd;
        internal short Events;
        internal short Returned;
    }
}
