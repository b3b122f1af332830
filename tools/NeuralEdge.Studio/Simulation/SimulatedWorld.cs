using NeuralEdge.Board.Chips;
using NeuralEdge.Simulator;

namespace NeuralEdge.Studio.Simulation;

/// <summary>The simulated board of somebody who has no other, and the world around it; one at a time.</summary>
public sealed class SimulatedWorld : IDisposable
{
    private const double Noise = 4;

    private readonly object _gate = new();
    private SimulatedBoard? _board;

    /// <summary>What its sensors see; null without a board.</summary>
    public SimulatedSensors? Sensors { get; private set; }

    /// <summary>Its port; null without a board.</summary>
    public string? Address => _board?.Address;

    /// <summary>Whether it has power.</summary>
    public bool IsPlugged { get; private set; }

    /// <summary>Starts a board in place of the one before.</summary>
    /// <param name="chip">Name of its chip.</param>
    /// <returns>Its port.</returns>
    /// <exception cref="SimulatorException">It cannot be had.</exception>
    public string Start(string chip)
    {
        lock (_gate)
        {
            Dispose();
            Sensors = new SimulatedSensors(ChipTable.Find(chip), seed: 1);
            _board = new SimulatedBoard(new SimulatedBoardOptions { Chip = chip, Sensors = Sensors, AdcNoise = Noise });
            PlugIn();
            return _board.Address;
        }
    }

    /// <summary>Gives it power.</summary>
    public void PlugIn()
    {
        lock (_gate)
        {
            _board?.Start();
            IsPlugged = _board is not null;
        }
    }

    /// <summary>Takes the power away.</summary>
    public void Unplug()
    {
        lock (_gate)
        {
            _board?.PowerCut();
            IsPlugged = false;
        }
    }

    /// <summary>Takes the board away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _board?.Dispose();
            (_board, Sensors, IsPlugged) = (null, null, false);
        }
    }
}
