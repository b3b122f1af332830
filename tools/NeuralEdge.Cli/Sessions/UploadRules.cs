using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>What an upload may ask of a board, and when there is nothing to send.</summary>
internal static class UploadRules
{
    /// <summary>Claims that what was asked for can be had of a board.</summary>
    /// <exception cref="InputRefusedException">It contradicts itself, or the board's security.</exception>
    internal static void Require(BoardReport report, string port, ModelVersion version, bool both, bool hasKeys)
    {
        if (both)
        {
            throw new InputRefusedException("--anyway confirms at once and --no-confirm not at all; give one of them.");
        }

        if (report.SecurityMode == SecurityMode.Open && (version.Number is not null || version.Older))
        {
            throw new InputRefusedException($"The board at {port} is open, so nothing there keeps security numbers: leave --security-number and --older out, or make the board keyed with neuraledge provision first.");
        }

        if (report.SecurityMode == SecurityMode.Open && hasKeys)
        {
            Console.Error.WriteLine($"warning: the board at {port} is open, so the key file is not used, and anybody on the line may change the board; neuraledge provision makes it keyed.");
        }
    }

    /// <summary>Claims that a board which already runs the model has the security number that was asked for.</summary>
    /// <exception cref="InputRefusedException">It has a lower one, and will keep it.</exception>
    internal static void RequireNumber(BoardReport report, string port, ModelVersion version)
    {
        if (version.Number is uint asked && asked > report.SecurityNumber)
        {
            throw new InputRefusedException($"The board at {port} already runs this model, and a security number is raised by confirming a model: it stays {report.SecurityNumber}. Give --security-number {asked} with the next model, or revert first.");
        }
    }

    /// <summary>Whether a board runs the model already. Sent again it would take the slot of the model before, and revert would have nothing left to go back to.</summary>
    internal static bool AlreadyRuns(BoardReport report, ModelFile model) =>
        report.HasConfirmed(model.Model.Digest, model.Bytes.Length);
}
