#nullable enable
using NeuralEdge.Board.Chips;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Simulator;

/// <summary>What a simulated board is made of.</summary>
public sealed record SimulatedBoardOptions
{
    /// <summary>Which chip it is, by its name in board files; one of <see cref="SimulatedBoard.Chips"/>.</summary>
    public string Chip { get; init; } = ChipTable.Classic;

    /// <summary>Version of the runtime.</summary>
    public Version RuntimeVersion { get; init; } = new(1, 17, 0, 0);

    /// <summary>Bytes of the managed heap; null for what is usual on the chip.</summary>
    public int? HeapBytes { get; init; }

    /// <summary>Whether a PC is at the chip's own USB when it starts; if not, the debugger takes COM1, as it does on a chip without USB.</summary>
    public bool UsbConnected { get; init; } = true;

    /// <summary>Where the host's end of the serial line listens, socket://HOST:PORT with port 0 for any; null for nowhere.</summary>
    public string? Port { get; init; } = "socket://127.0.0.1:0";

    /// <summary>Path of a link to a pseudo-terminal as the host's end of the line, beside <see cref="Port"/>; Linux and macOS.</summary>
    public string? PtyLink { get; init; }

    /// <summary>Folder that is the board's flash; null for one in the temporary files that is deleted at the end.</summary>
    public string? StateFolder { get; init; }

    /// <summary>What is wired to the ADC, and the digital sensors.</summary>
    public ISensors Sensors { get; init; } = new FunctionSensors();

    /// <summary>Standard deviation of the ADC's noise in counts.</summary>
    public double AdcNoise { get; init; }

    /// <summary>Decides the noise.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>CSV file that gets a line for each change at a pin; null for none.</summary>
    public string? PinLog { get; init; }

    /// <summary>Milliseconds the flash needs to commit a file. Nobody has measured a board yet; 5 is an assumption.</summary>
    public int FlashCommitMilliseconds { get; init; } = 5;

    /// <summary>The longest time a commit takes, when it is not always the same: each is drawn between both. 0: always the same.</summary>
    public int SlowestFlashCommitMilliseconds { get; init; }

    /// <summary>Whether the board compiles its model, as the firmware's setting Turbo would have it.</summary>
    public bool Turbo { get; init; }

    /// <summary>Whether the board starts again when the firmware asks for it. Off, it stays down until <see cref="SimulatedBoard.Reset"/>.</summary>
    public bool RestartsItself { get; init; } = true;
}
