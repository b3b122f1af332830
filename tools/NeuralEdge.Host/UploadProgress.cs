using NeuralEdge.Board.Link;
namespace NeuralEdge.Host;

/// <summary>What an upload is doing.</summary>
public enum UploadPhase
{
    /// <summary>Bytes travel.</summary>
    Sending,

    /// <summary>The board checks the model and runs its golden vectors.</summary>
    Testing,

    /// <summary>The model runs in test, until it has run long enough on plausible inputs.</summary>
    Waiting,

    /// <summary>The board confirms the model.</summary>
    Confirming,

    /// <summary>The model runs.</summary>
    Done,
}

/// <summary>How far an upload is.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Sent">Bytes of the file that the board holds.</param>
/// <param name="Total">Bytes of the file.</param>
/// <param name="Resumed">How many of them it held before, from an upload that was cut off.</param>
/// <param name="Test">While <see cref="UploadPhase.Waiting"/>: how the test goes.</param>
public readonly record struct UploadProgress(UploadPhase Phase, int Sent, int Total, int Resumed, TestProgress? Test = null);

/// <summary>How a test goes.</summary>
/// <param name="Periods">Periods in a row that the model has run on plausible inputs; of a model with windows, its decisions.</param>
/// <param name="Needed">How many it needs.</param>
/// <param name="Period">Time of a period, or from one decision to the next.</param>
/// <param name="Trouble">What keeps them from growing, null for nothing.</param>
/// <param name="Window">How long a window is; zero for a model without windows.</param>
public sealed record TestProgress(int Periods, int Needed, TimeSpan Period, string? Trouble, TimeSpan Window = default)
{
    /// <summary>About how long it takes from the beginning on: a window has to be there before the first decision.</summary>
    public TimeSpan Expected => Window > TimeSpan.Zero ? Window + ((Needed - 1) * Period) : Needed * Period;

    /// <summary>What is counted: "period" or "decision".</summary>
    public string Noun => Window > TimeSpan.Zero ? "decision" : "period";
}

/// <summary>How an upload ended.</summary>
/// <param name="State">Confirmed or in test.</param>
/// <param name="Slot">Slot of the model.</param>
/// <param name="Sequence">Upload number of the model.</param>
/// <param name="Resumed">Bytes that did not have to be sent again.</param>
/// <param name="Sessions">How often the link had to be opened again.</param>
/// <param name="TestLeft">After what time the board ends the test; null for a confirmed model, and for a board that never does.</param>
public sealed record UploadResult(ModelState State, int Slot, uint Sequence, int Resumed, int Sessions, TimeSpan? TestLeft = null);
