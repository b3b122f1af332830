using System.Runtime.InteropServices;

namespace NeuralEdge.Cli.Output;

/// <summary>
/// Standard output or standard error where these are file descriptors. The platform's own stream says nothing when the reader of a pipe
/// has gone, and a file stream would write at a place of its own instead of behind what other programs wrote.
/// </summary>
/// <param name="descriptor">1 or 2.</param>
internal sealed class DescriptorStream(int descriptor) : Stream
{
    /// <summary>What a write reports when nobody will ever read it: EPIPE, as an exception's result.</summary>
    internal const int ReaderHasGone = 32;

    private const int Interrupted = 4;
    private const int ReadOnly = 0;
    private const int AccessMode = 3;
    private const int GetFlags = 3;
    private const int NotOpen = 9;
    private static readonly TimeSpan FullPipe = TimeSpan.FromMilliseconds(10);
    private static readonly int TryAgain = OperatingSystem.IsLinux() ? 11 : 35;

    // A closed descriptor does not stay free: the runtime takes it for the end that reads of a pipe of its own, and one that is closed
    // besides for the other end, into which nothing of ours must go.
    private readonly bool _isOpen = IsWritable(descriptor) && (descriptor == 1 || IsWritable(1) || IsSomewhereElse());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It cannot be written; the result is the system's number of the error.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint count = -1;
            int error = NotOpen;
            if (_isOpen)
            {
                count = write(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
                error = Marshal.GetLastPInvokeError();
            }

            if (count >= 0)
            {
                buffer = buffer[(int)count..];
            }
            else if (error == TryAgain)
            {
                Thread.Sleep(FullPipe);
            }
            else if (error != Interrupted)
            {
                throw new IOException(error == NotOpen ? "it is closed" : Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static bool IsWritable(int descriptor) => fcntl(descriptor, GetFlags) is int flags && flags >= 0 && (flags & AccessMode) != ReadOnly;

    // Only Linux names the pipe behind a descriptor.
    private static bool IsSomewhereElse() =>
        !OperatingSystem.IsLinux() || new FileInfo("/proc/self/fd/1").LinkTarget is not string one || new FileInfo("/proc/self/fd/2").LinkTarget != one;

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int fd, ref byte buffer, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(int fd, int command);
}
