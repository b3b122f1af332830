using System.Buffers.Binary;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <content>What the board sends by itself: live values and rows of counts.</content>
public sealed partial class BoardLink
{
    private static readonly TimeSpan LiveSilence = TimeSpan.FromSeconds(2);
    private int _liveEvery;
    private byte[]? _counts;
    private bool _mayHaveLapsed;

    /// <summary>Starts live events, or stops them.</summary>
    /// <param name="every">One event for every so many inferences, 1..65535; 0 stops.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The link or the board failed.</exception>
    public void Subscribe(int every, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(every);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, 0xFFFF);
        _liveEvery = every;
        Recovering(
            () =>
            {
                SendSubscription(cancellation);
                return true;
            },
            cancellation);
    }

    /// <summary>Waits for a live event, and keeps the subscription alive meanwhile, even over a restart of the board.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The event, or null when none came in time.</returns>
    /// <exception cref="BoardLinkException">The link failed.</exception>
    public LiveValues? ReadLive(TimeSpan timeout, CancellationToken cancellation = default) =>
        Listen(time => _line.ReadLive(time, cancellation), timeout, cancellation);

    /// <summary>Has the board sample ADC channels for a recording, whatever model it runs.</summary>
    /// <param name="periodMs">Milliseconds from one row to the next, 1 or more.</param>
    /// <param name="channels">The channels, 1 to 16 of those that the board allows.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The link or the board failed, or its firmware is too old.</exception>
    public void StartCounts(int periodMs, IReadOnlyList<CountChannel> channels, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(channels);
        _counts = CountRequest.Write(periodMs, channels);
        Recovering(() => _line.Exchange(LinkRequest.Counts, _counts, _times.Answer, cancellation), cancellation);

        // Rows that were sampled before are not of these channels.
        while (TakeCounts() is not null)
        {
        }
    }

    /// <summary>Ends what <see cref="StartCounts"/> began.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The link or the board failed.</exception>
    public void StopCounts(CancellationToken cancellation = default)
    {
        _counts = null;
        Recovering(() => _line.Exchange(LinkRequest.Counts, CountRequest.End, _times.Answer, cancellation), cancellation);
    }

    /// <summary>Waits for a row of counts, and keeps them coming meanwhile, even over a restart of the board.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The row, or null when none came in time.</returns>
    /// <exception cref="BoardLinkException">The link failed.</exception>
    public CountRow? ReadCounts(TimeSpan timeout, CancellationToken cancellation = default) =>
        TakeCounts() ?? Listen(time => _line.ReadCounts(time, cancellation), timeout, cancellation);

    /// <summary>A row of counts that has come already: after a failure of the link there may be some. Null for none.</summary>
    public CountRow? TakeCounts() => _line.TakeCounts();

    private T? Listen<T>(Func<TimeSpan, T?> next, TimeSpan timeout, CancellationToken cancellation)
        where T : class
    {
        long start = _times.Clock.GetTimestamp();
        while (true)
        {
            bool silent = _times.Clock.GetElapsedTime(_line.LastFrame) >= LiveSilence;
            if (silent || _times.Clock.GetElapsedTime(_line.LastAnswer) >= _times.LiveRenewal)
            {
                Renew(cancellation);
            }

            TimeSpan left = timeout - _times.Clock.GetElapsedTime(start);
            T? found = next(left < LiveSilence ? left : LiveSilence);
            if (found != null || left <= LiveSilence)
            {
                return found;
            }
        }
    }

    /// <summary>
    /// Any request renews the subscription, but on a board whose reading is closed a signed one; and a board that restarted is noticed by
    /// its answer.
    /// </summary>
    private void Renew(CancellationToken cancellation)
    {
        try
        {
            Recovering(
                () =>
                {
                    bool signs = _line.Signs(LinkRequest.Subscribe, cancellation);
                    if (_counts is not null)
                    {
                        // The same again goes on, and begins anew what has lapsed; its answer is short, which spares rows.
                        _line.Exchange(LinkRequest.Counts, _counts, _times.Answer, cancellation);
                    }

                    if (signs && _mayHaveLapsed && _liveEvery != 0)
                    {
                        SendSubscription(cancellation);
                    }
                    else if (_counts is null)
                    {
                        _ = signs
                            ? _line.ExchangeSigned(LinkRequest.Info, [], null, _signer!, _times.Answer, cancellation)
                            : _line.Exchange(LinkRequest.Info, [], _times.Answer, cancellation);
                    }

                    return true;
                },
                cancellation);
            _mayHaveLapsed = false;
        }
        catch (BoardRefusedException refused) when (refused.Status == RequestStatus.Locked && refused.Where >= 0)
        {
            // Wrong tags of somebody else: it lives, and the next renewal comes after the pause.
            _mayHaveLapsed = true;
        }
    }

    private void SendSubscription(CancellationToken cancellation)
    {
        byte[] request = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(request, (ushort)_liveEvery);
        _line.Exchange(LinkRequest.Subscribe, request, _times.Answer, cancellation);
    }
}
