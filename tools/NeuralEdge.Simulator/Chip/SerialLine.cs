#nullable enable
using System.Collections.Concurrent;

namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// The wire between a UART and the outside, with the time bytes need on it. It belongs to the board's owner, not to
/// the chip: it stays when the chip is reset.
/// </summary>
internal sealed class SerialLine : IDisposable
{
    // Bytes arrive in small groups: fine enough for the firmware, coarse enough for this computer's clock.
    private const int Group = 16;

    private readonly BlockingCollection<(byte[] Bytes, ChipLife Chip, long Due)> _outgoing = [];
    private readonly Lock _receiving = new();
    private readonly Thread _sender;
    private readonly Action<byte[]> _toHost;
    private volatile Uart? _uart;
    private long _receiverFree;

    internal SerialLine(Action<byte[]> toHost)
    {
        _toHost = toHost;
        _sender = new Thread(Send) { IsBackground = true, Name = "simulated line" };
        _sender.Start();
    }

    /// <summary>Connects the line to the UART of a chip that starts, or to none.</summary>
    internal void Connect(Uart? uart) => _uart = uart;

    /// <summary>Bytes from the host: returns when the last of them has gone over the line.</summary>
    internal void ReceiveFromHost(ReadOnlySpan<byte> bytes)
    {
        lock (_receiving)
        {
            Receive(bytes);
        }
    }

    private void Receive(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int count = Math.Min(bytes.Length, Group);
            Uart? uart = _uart;
            if (uart is { IsOpen: true })
            {
                long now = Now();
                _receiverFree = Math.Max(_receiverFree, now) + (long)(count * uart.MicrosecondsPerByte);

                // Sleeping is coarse: sleep only when well ahead, the average rate is kept by the sum.
                long ahead = _receiverFree - now;
                if (ahead >= 1500)
                {
                    Thread.Sleep((int)(ahead / 1000));
                }

                uart.Receive(bytes[..count]);
            }

            bytes = bytes[count..];
        }
    }

    /// <summary>Bytes from the chip, to be delivered when the last of them has gone over the line.</summary>
    internal void SendToHost(byte[] bytes, ChipLife chip, long due)
    {
        if (!_outgoing.IsAddingCompleted)
        {
            _outgoing.Add((bytes, chip, due));
        }
    }

    public void Dispose()
    {
        _outgoing.CompleteAdding();
        _sender.Join(1000);
        _outgoing.Dispose();
    }

    private static long Now() => System.Diagnostics.Stopwatch.GetTimestamp() / (System.Diagnostics.Stopwatch.Frequency / 1_000_000);

    private void Send()
    {
        foreach ((byte[] bytes, ChipLife chip, long due) in _outgoing.GetConsumingEnumerable())
        {
            long wait = due - chip.Elapsed;
            if (wait >= 1000)
            {
                Thread.Sleep((int)(wait / 1000));
            }

            // What a chip had not sent when it was reset is lost.
            if (!chip.IsStopped)
            {
                _toHost(bytes);
            }
        }
    }
}
