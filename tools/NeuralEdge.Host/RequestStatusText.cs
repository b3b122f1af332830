using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Host;

/// <summary>What a person reads when the board refuses.</summary>
public static class RequestStatusText
{
    /// <summary>The environment variable that names the key file.</summary>
    public const string KeyVariable = "NEURALEDGE_KEY_FILE";

    /// <summary>One sentence: what was refused, why, and what to do.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="status">Why not.</param>
    /// <param name="code">The code of the refusal.</param>
    /// <param name="where">The place of the refusal.</param>
    /// <param name="withTag">True when the request was signed.</param>
    public static string Describe(LinkRequest request, RequestStatus status, int code, int where, bool withTag = false)
    {
        return status switch
        {
            RequestStatus.Version when where < LinkProtocol.Version => $"The board's firmware is older than this program (it speaks link version {where}, this program {LinkProtocol.Version}): flash the firmware that belongs to this neuraledge, or use an older neuraledge.",
            RequestStatus.Version => $"The board's firmware is newer than this program (it speaks link version {code}, this program {LinkProtocol.Version}): use the neuraledge that belongs to the board's firmware.",
            RequestStatus.Session => "The board has restarted or another program has taken the link: try again.",
            RequestStatus.Busy => "The board is still working on something else: try again in a few seconds.",
            RequestStatus.UnknownRequest => $"The board's firmware does not know {Name(request)}: flash the newest firmware.",
            RequestStatus.BadRequest => $"The board did not accept the form of {Name(request)}: use the neuraledge that belongs to the board's firmware.",
            RequestStatus.NoUpload => "The board has no upload in progress: upload the model again.",
            RequestStatus.BadLength => $"The board takes model files of 20 to {where} bytes: make the model smaller.",
            RequestStatus.Incomplete => $"The board has not received the model from byte {where} on: upload it again.",
            RequestStatus.ModelRefused when request == LinkRequest.Revert => $"The model was taken back, but no other can run on the board ({ModelErrorText.Describe((ModelError)code, where)}), so its outputs are at their safe levels: upload a model.",
            RequestStatus.ModelRefused => $"The board refused the model: {ModelErrorText.Describe((ModelError)code, where)}.",
            RequestStatus.StorageFailed or RequestStatus.StorageUnknown when request == LinkRequest.Challenge => "The board's flash failed as it counted its start, so it takes nothing that is signed; its keys and its model are as they were: restart the board and repeat the command, and if it stays, erase its storage.",
            RequestStatus.StorageFailed or RequestStatus.StorageUnknown when request is LinkRequest.Name or LinkRequest.Correct => "The board could not write its flash, so what it keeps of itself may be the old one or the new one after the next start: repeat the command, and if it stays, erase its storage.",
            RequestStatus.StorageFailed when request == LinkRequest.Provision => "The board could not write its flash, so its keys are as they were: restart the board and repeat the command, and if it stays, erase its storage.",
            RequestStatus.StorageUnknown when request == LinkRequest.Provision => "The board's flash failed and could not be read back, so which keys its next start finds, the old ones or the new ones, is unknown: keep both key files, repeat the command, or restart the board and look with neuraledge info.",
            RequestStatus.StorageFailed => "The board could not write its flash; nothing was decided, and its next start runs the confirmed model as before: restart the board and try again, and if it stays, erase its storage.",
            RequestStatus.NothingToConfirm => "There is no model in test on the board: upload one first.",
            RequestStatus.NothingToRevert => "The board runs its factory model, there is nothing to revert to.",
            RequestStatus.InputCount => $"The board's network has {where} inputs: give as many values.",
            RequestStatus.InputRange => $"Input {where} is outside the range of the board's model: give a value inside it.",
            RequestStatus.WrongModel => $"The board runs another model than the one named, {Name((ModelState)code, where)}; nothing was changed: look with neuraledge info, then decide again.",
            RequestStatus.NotYet => $"The model in test is not confirmed: {Reason(code, where)}; wait or mend that, or give --anyway for a board on the desk.",
            RequestStatus.StorageUnknown => "The board's flash failed and could not be read back, so which model its next start runs is unknown: repeat the command, or restart the board and look with neuraledge info.",
            RequestStatus.NotAuthorised when !withTag => $"The board is keyed and does this only for whoever has its key: give its key file with --key-file, or in {KeyVariable}.",
            RequestStatus.NotAuthorised when request == LinkRequest.Commit => "The board has received another model than the one that was signed, and deleted it: upload it again, and see who else is on the line if it stays.",
            RequestStatus.NotAuthorised => $"The board did not take {Name(request)} for its owner's, because something else came between on the line: repeat the command.",
            RequestStatus.Locked when where == RequestGuard.UntilOtherFirmware => "The board is keyed, but its firmware has no HMAC-SHA256 and cannot tell its owner from others, so it takes nothing: flash firmware that has it, and the board has its keys again (firmware/README.md).",
            RequestStatus.Locked when where < 0 => "The keys of the board cannot be read any more, so nobody may change it: erase its flash over the debugger's cable and provision it again.",
            RequestStatus.Locked => $"The board takes nothing signed for another {NumberText.Time(TimeSpan.FromMilliseconds(where))}, because wrong tags came: wait and repeat the command.",
            RequestStatus.OldModel => $"The model is older than one that was confirmed on the board, whose security number is {(uint)where}: give --security-number {(uint)where} or more if it is newer, or --older if you mean to go back.",
            RequestStatus.Fault => $"The board hit a fault of its own while working on {Name(request)}: restart it and try again.",
            _ => $"The board refused {Name(request)} with status {(int)status}, which this program does not know: update neuraledge.",
        };
    }

    /// <summary>Why a model in test cannot be confirmed yet, as a part of a sentence.</summary>
    /// <param name="code">The code of <see cref="RequestStatus.NotYet"/>.</param>
    /// <param name="where">Its place: decisions, which are periods without windows, or the index of an input.</param>
    /// <param name="input">The name of that input, when it is known.</param>
    public static string Reason(int code, int where, string? input = null) => code switch
    {
        0 => $"it has made {NumberText.Count(where, "decision")} in a row on plausible inputs, too few",
        1 => $"{input ?? $"input {where}"} gives no plausible count, as an open or a shorted wire does: check its sensor, or widen \"plausible\" in the board file if the sensor may give 0 or 4095",
        2 => $"{input ?? $"input {where}"} is frozen, check its sensor",
        _ => $"the board says why with the number {code}, which this program does not know",
    };

    private static string Name(ModelState state, int sequence) => state == ModelState.Factory ? "the factory model" : $"upload {(uint)sequence}, {(state == ModelState.Test ? "in test" : "confirmed")}";

    private static string Name(LinkRequest request) => request.ToString().ToUpperInvariant();
}
