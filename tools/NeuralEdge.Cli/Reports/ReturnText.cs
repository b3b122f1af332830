using NeuralEdge.Host;

namespace NeuralEdge.Cli.Reports;

/// <summary>Whether the board that is back is the one that was gone, as it was.</summary>
internal static class ReturnText
{
    /// <summary>"The board is back.", and what is not as before.</summary>
    /// <param name="before">What the board said that was gone.</param>
    /// <param name="after">What the one says that is there now.</param>
    internal static string Of(BoardReport before, BoardReport after)
    {
        List<string> changes = [];
        if (before.Called != after.Called)
        {
            changes.Add($"it is called {after.Called}, and was {before.Called}");
        }

        if (before.ChipName != after.ChipName)
        {
            changes.Add($"its chip is {Chip(after)}, and was {Chip(before)}");
        }

        if ((before.Digest, before.ModelLength) != (after.Digest, after.ModelLength))
        {
            changes.Add($"it runs {BoardText.Model(after)}, and ran {BoardText.Model(before)}");
        }

        return changes.Count == 0 ? "The board is back." : $"A board is back, but not as before: {string.Join("; ", changes)}.";
    }

    private static string Chip(BoardReport report) => report.ChipName.Length == 0 ? "unknown" : report.ChipName;
}
