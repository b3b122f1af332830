using System.Collections.Concurrent;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Learning;

namespace NeuralEdge.Tests.Cli;

/// <summary>
/// Model files as "import" makes them, with less work for the proof. Each is made once and in this process, because for tests whose
/// claim begins behind it a process for it is most of what they take.
/// </summary>
internal static class Imported
{
    private static readonly ConcurrentDictionary<Recipe, Lazy<byte[]>> Files = [];

    /// <summary>The file of a network.</summary>
    /// <param name="json">The network.</param>
    /// <param name="range">The range of every input, from minus to plus; null where the network says it.</param>
    /// <param name="profile">What to aim at.</param>
    /// <param name="acceptError">As --accept-error; null for the usual.</param>
    /// <param name="board">A board file; null for none.</param>
    internal static byte[] Model(string json, double? range = null, Profile profile = Profile.Exact, double? acceptError = null, string? board = null) =>
        [.. Files.GetOrAdd(new Recipe(json, range, profile, acceptError, board), recipe => new Lazy<byte[]>(() => Make(recipe))).Value];

    private static byte[] Make(Recipe recipe)
    {
        using Scratch scratch = new();
        return Pipeline.Import(new ImportOptions(scratch.Write("net.json", recipe.Json))
        {
            Range = recipe.Range is double end ? (-end, end) : null,
            Profile = recipe.Profile,
            AcceptError = recipe.AcceptError,
            Board = recipe.Board is null ? null : BoardFile.Parse(recipe.Board, "board.json"),
            Work = Examples.QuickProof,
        }).Model.File.Bytes;
    }

    private sealed record Recipe(string Json, double? Range, Profile Profile, double? AcceptError, string? Board);
}
