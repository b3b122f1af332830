using Microsoft.AspNetCore.Components;
using NeuralEdge.Conversion;
using NeuralEdge.Host;
using NeuralEdge.Simulator;
using NeuralEdge.Studio.Boards;

namespace NeuralEdge.Studio.Shell;

/// <summary>A page that shows the board as it changes, and says in one sentence what went wrong.</summary>
public abstract class StudioPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();

    /// <summary>The board that all pages share.</summary>
    [Inject]
    protected BoardService Board { get; set; } = null!;

    /// <summary>Words of the command line.</summary>
    [Inject]
    protected StudioTexts Texts { get; set; } = null!;

    /// <summary>What went wrong last; null for nothing.</summary>
    protected string? Problem { get; set; }

    /// <summary>What the page waits for; null for nothing.</summary>
    protected string? Busy { get; private set; }

    /// <summary>Cancelled when nobody looks at the page any more.</summary>
    protected CancellationToken Left => _left.Token;

    /// <summary>What is known of the board.</summary>
    protected BoardView Now => Board.Now;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Board.Changed += Refresh;

    /// <summary>Lets go of what the page holds.</summary>
    /// <param name="disposing">True always.</param>
    protected virtual void Dispose(bool disposing)
    {
        Board.Changed -= Refresh;
        _left.Cancel();
        _left.Dispose();
    }

    /// <summary>Shows the page anew; from any thread.</summary>
    protected void Refresh() => _ = InvokeAsync(StateHasChanged);

    /// <summary>Does something that takes a while and may fail.</summary>
    /// <param name="doing">What the page says meanwhile.</param>
    /// <param name="action">What.</param>
    protected async Task Act(string doing, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (Busy is not null)
        {
            return;
        }

        (Busy, Problem) = (doing, null);
        StateHasChanged();
        try
        {
            await action();
        }
        catch (Exception e) when (e is BoardLinkException or InputRefusedException or SimulatorException)
        {
            Problem = e.Plain();
        }
        catch (OperationCanceledException)
        {
            // Whoever stopped it knows.
        }
        finally
        {
            Busy = null;
        }
    }
}
