using NeuralEdge.Board.Link;
namespace NeuralEdge.Host;

/// <summary>What an upload is doing.</summary>
public enum UploadPhase
{
    /// <summary>Bytes travel.</summary>
    Sending,

    /// <summary>The board checks the model and runs its golden vectors.</summary>
    Testing,

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
public readonly record struct UploadProgress(UploadPhase Phase, int Sent, int Total, int Resumed);

/// <summary>How an upload ended.</summary>
/// <param name="State">Confirmed or in test.</param>
/// <param name="Slot">Slot of the model.</param>
/// <param name="Sequence">Upload number of the model.</param>
/// <param name="Resumed">Bytes that did not have to be sent again.</param>
/// <param name="Sessions">How often the link had to be opened again.</param>
public sealed record UploadResult(ModelState State, int Slot, uint Sequence, int Resumed, int Sessions);
