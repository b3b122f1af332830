using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NeuralEdge.Cli;

/// <summary>
/// Ctrl+C, the end of the terminal, and the system's wish that the program end: asks the running verb to stop, so that files stay whole, boards are
/// told and folders are cleaned up. Who asks again after a while has waited long enough.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // One Ctrl+C may arrive several times, when a shell passes it on to a group of processes.
    private static readonly TimeSpan OneWish = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private long _first;

    internal Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
    ];

    /// <summary>Cancelled when the program is to end.</summary>
    internal CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        long first = Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);

        // Not cancelled, the signal ends the process at once.
        context.Cancel = first == 0 || Stopwatch.GetElapsedTime(first) < OneWish;
        if (first == 0)
        {
            _source.Cancel();
        }
    }
}
