using System.Collections.Concurrent;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Fleet;

/// <summary>The models of many boards: each is read once, from the first board that runs it.</summary>
internal sealed class ReadModels
{
    private readonly ConcurrentDictionary<(uint Digest, int Length), ModelFile> _models = [];

    /// <summary>The model that a board runs.</summary>
    /// <returns>Null for none, for one that the board does not show, and when it runs another one by now.</returns>
    internal ModelFile? Of(BoardLink link, BoardReport report, bool hasKeys, CancellationToken cancellation)
    {
        if (_models.TryGetValue((report.Digest, report.ModelLength), out ModelFile? known) && BoardSession.ShowsModel(report, hasKeys))
        {
            return known;
        }

        ModelFile? model = BoardSession.ReadModel(link, report, hasKeys, cancellation);
        if (model is not null)
        {
            _models[(report.Digest, report.ModelLength)] = model;
        }

        return model;
    }
}
