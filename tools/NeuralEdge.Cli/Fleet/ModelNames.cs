using System.Collections.Concurrent;
using NeuralEdge.Board.Security;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Fleet;

/// <summary>What the models of many boards are called: each is read once, from the first board that runs it.</summary>
internal sealed class ModelNames
{
    private readonly ConcurrentDictionary<(uint Digest, int Length), string?> _names = [];

    /// <summary>The name of the model that a board runs.</summary>
    /// <returns>Null for a model without one, and for one that the board does not show.</returns>
    internal string? Of(BoardLink link, BoardReport report, bool hasKeys, CancellationToken cancellation)
    {
        bool isClosed = report.SecurityMode is SecurityMode.Lost or SecurityMode.WithoutCode || (report.SecurityMode == SecurityMode.ReadingClosed && !hasKeys);
        if (report.ModelLength == 0 || isClosed)
        {
            return null;
        }

        (uint, int) key = (report.Digest, report.ModelLength);
        if (_names.TryGetValue(key, out string? name))
        {
            return name;
        }

        ModelFile model = BoardSession.ReadModel(link, cancellation);
        if (model.Model.Digest == report.Digest)
        {
            _names[key] = model.Called;
        }

        return model.Called;
    }
}
