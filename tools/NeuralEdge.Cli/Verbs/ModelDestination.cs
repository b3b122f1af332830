using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What somebody asks of a verb that makes a model file, wherever the network comes from.</summary>
/// <param name="Profile">What to aim at.</param>
/// <param name="AcceptError">Share of an output's range that an error may be, null for what a good file has.</param>
/// <param name="BoardPath">The board file, null when none is given.</param>
/// <param name="Path">The model file to write.</param>
/// <param name="Page">The page to write, null for none.</param>
/// <param name="IsQuiet">True when standard output is for one JSON document.</param>
/// <param name="Effort">How many times as much as usual proofs may take.</param>
internal sealed record ModelDestination(Profile Profile, double? AcceptError, string? BoardPath, string Path, string? Page, bool IsQuiet, int Effort)
{
    /// <summary>Multiplications that proofs may take.</summary>
    internal double Work => Effort * ErrorBound.DefaultWork;

    /// <summary>The board file, null when none is given.</summary>
    internal BoardFile? ReadBoard() => BoardPath is null ? null : BoardFile.Read(BoardPath);

    /// <summary>Writes the model and the page about it, both or none.</summary>
    internal void Write(ModelFile file, Func<byte[]> page) =>
        OutputFile.Write(Page is null ? [(Path, file.Bytes)] : [(Path, file.Bytes), (Page, page())]);
}
