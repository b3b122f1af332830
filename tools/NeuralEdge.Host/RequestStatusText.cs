using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Host;

/// <summary>What a person reads when the board refuses.</summary>
public static class RequestStatusText
{
    /// <summary>One sentence: what was refused, why, and what to do.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="status">Why not.</param>
    /// <param name="code">The code of the refusal.</param>
    /// <param name="where">The place of the refusal.</param>
    public static string Describe(LinkRequest request, RequestStatus status, int code, int where)
    {
        return status switch
        {
            RequestStatus.Version => $"The board speaks link versions {code} to {where}, this program version {LinkProtocol.Version}: use the neuraledge that belongs to the board's firmware, or flash the newest firmware.",
            RequestStatus.Session => "The board has restarted or another program has taken the link: try again.",
            RequestStatus.Busy => "The board is still working on something else: try again in a few seconds.",
            RequestStatus.UnknownRequest => $"The board's firmware does not know {Name(request)}: flash the newest firmware.",
            RequestStatus.BadRequest => $"The board did not accept the form of {Name(request)}: use the neuraledge that belongs to the board's firmware.",
            RequestStatus.NoUpload => "The board has no upload in progress: upload the model again.",
            RequestStatus.BadLength => $"The board takes model files of 20 to {where} bytes: make the model smaller.",
            RequestStatus.Incomplete => $"The board has not received the model from byte {where} on: upload it again.",
            RequestStatus.ModelRefused => $"The board refused the model: {ModelErrorText.Describe((ModelError)code, where)}.",
            RequestStatus.StorageFailed => "The board could not write its flash, its model is unchanged: restart the board and try again, and if it stays, erase its storage.",
            RequestStatus.NothingToConfirm => "There is no model in test on the board: upload one first.",
            RequestStatus.NothingToRevert => "The board runs its factory model, there is nothing to revert to.",
            RequestStatus.InputCount => $"The board's network has {where} inputs: give as many values.",
            RequestStatus.InputRange => $"Input {where} is outside the range of the board's model: give a value inside it.",
            RequestStatus.Fault => $"The board hit a fault of its own while working on {Name(request)}: restart it and try again.",
            _ => $"The board refused {Name(request)} with status {(int)status}, which this program does not know: update neuraledge.",
        };
    }

    private static string Name(LinkRequest request) => request.ToString().ToUpperInvariant();
}
