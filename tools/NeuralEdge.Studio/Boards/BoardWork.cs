using NeuralEdge.Conversion;
using NeuralEdge.Host;

namespace NeuralEdge.Studio.Boards;

/// <summary>Something that the port's thread is to do.</summary>
internal interface IBoardWork
{
    /// <summary>Whether it has the board sample something else meanwhile.</summary>
    bool TakesCounts { get; }

    /// <summary>Does it; whatever goes wrong is told to whoever waits.</summary>
    void Run(BoardLink link);

    /// <summary>Tells whoever waits that nothing will come of it.</summary>
    void Fail(string why);
}

/// <summary>Work with a result.</summary>
/// <param name="work">What is done.</param>
/// <param name="takesCounts">Whether it has the board sample something else meanwhile.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class BoardWork<T>(Func<BoardLink, CancellationToken, T> work, bool takesCounts, CancellationToken cancellation) : IBoardWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What comes of it.</summary>
    internal Task<T> Result => _done.Task;

    public bool TakesCounts => takesCounts;

    public void Run(BoardLink link)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            _done.TrySetResult(work(link, cancellation));
        }
        catch (OperationCanceledException e)
        {
            _done.TrySetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            // Whatever it is, it is the caller's; the port's thread goes on.
            _done.TrySetException(e);
        }
    }

    public void Fail(string why) => _done.TrySetException(new BoardLinkException(why));
}
