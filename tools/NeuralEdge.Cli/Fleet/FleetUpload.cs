using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Fleet;

/// <summary>One model for many boards.</summary>
/// <param name="model">The model.</param>
/// <param name="keys">Keys of the boards that have none of their own in the file; null for none.</param>
/// <param name="version">How new the model is, for keyed boards.</param>
/// <param name="confirm">False leaves it in test.</param>
/// <param name="anyway">True confirms at once, whatever the inputs are.</param>
internal sealed class FleetUpload(ModelFile model, KeyFile? keys, ModelVersion version, bool confirm, bool anyway)
{
    /// <summary>Brings it to one board.</summary>
    /// <returns>What to say of that board.</returns>
    internal (string Text, object? Document) To(FleetBoard board, CancellationToken cancellation)
    {
        KeyFile? own = board.KeysOr(keys);
        using BoardLink link = BoardPort.Connect(board.Port, own, cancellation);
        BoardReport report = link.Info(cancellation);
        UploadRules.Require(report, link.Port, version, both: !confirm && anyway, hasKeys: false);
        if (UploadRules.AlreadyRuns(report, model))
        {
            UploadRules.RequireNumber(report, link.Port, version);
            return ($"{report.Called}: already runs it, {BoardText.Identity(report)}; nothing was sent", BoardText.Document(report, model));
        }

        link.Upload(model.Bytes, confirm, progress: null, anyway, version, cancellation);
        BoardReport after = link.Info(cancellation);
        return after.Digest == model.Model.Digest
            ? ($"{after.Called}: {BoardText.Model(after)}", BoardText.Document(after, model))
            : throw new BoardLinkException($"took the model, but runs {BoardText.Model(after)} by now: another program has decided, or its test has ended; look with neuraledge info.");
    }
}
