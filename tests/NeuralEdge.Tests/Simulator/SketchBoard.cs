using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Tests.Simulator;

/// <summary>A simulated board that runs a test's own program instead of the firmware.</summary>
internal sealed class SketchBoard : IDisposable
{
    private readonly ManualResetEventSlim _ended = new();
    private Exception? _failure;

    public SketchBoard(Action sketch, SimulatedBoardOptions? options = null)
    {
        Board = new SimulatedBoard((options ?? new SimulatedBoardOptions()) with { Port = null, RestartsItself = false }, () =>
        {
            try
            {
                sketch();
            }
            catch (Exception e)
            {
                _failure = e;
                throw;
            }
            finally
            {
                _ended.Set();
            }
        });
    }

    public SimulatedBoard Board { get; }

    /// <summary>What the sketch ended with, null when it ended by itself.</summary>
    public Exception? Failure => _failure;

    /// <summary>Runs a sketch to its end; what it throws, a failed assertion too, is thrown here.</summary>
    public static void Run(Action sketch, Action<SimulatedBoard>? meanwhile = null, SimulatedBoardOptions? options = null, Action<PinEvent>? pinChanged = null)
    {
        using SketchBoard board = new(sketch, options);
        board.Board.PinChanged += pinChanged;
        board.Board.Start();
        meanwhile?.Invoke(board.Board);
        board.Wait();
        if (board._failure != null)
        {
            throw new InvalidOperationException($"The sketch failed: {board._failure.Message}", board._failure);
        }
    }

    public void Wait()
    {
        if (!_ended.Wait(TimeSpan.FromSeconds(20)))
        {
            throw new TimeoutException("The sketch does not end.");
        }
    }

    public void Dispose()
    {
        Board.Dispose();
        _ended.Dispose();
    }
}
