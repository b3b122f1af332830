using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Host;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What somebody asks of a verb that makes a model file, wherever the network comes from.</summary>
/// <param name="Profile">What to aim at.</param>
/// <param name="AcceptError">Share of an output's range that an error may be, null for what a good file has.</param>
/// <param name="BoardPath">The board file, null when none is given.</param>
/// <param name="Path">The model file to write.</param>
/// <param name="Page">The page to write, null for none.</param>
/// <param name="IsQuiet">True when standard output is for one JSON document.</param>
/// <param name="Effort">How many times as much as usual proofs may take.</param>
/// <param name="Port">Where the board is that the model is for, null when nobody asks it.</param>
/// <param name="Name">What the model is called, null for what it is made from.</param>
/// <param name="Version">Which version of it this is, null for none.</param>
internal sealed record ModelDestination(
    Profile Profile, double? AcceptError, string? BoardPath, string Path, string? Page, bool IsQuiet, int Effort, string? Port, string? Name, string? Version)
{
    /// <summary>Multiplications that proofs may take.</summary>
    internal double Work => Effort * ErrorBound.DefaultWork;

    /// <summary>The board file, null when none is given.</summary>
    internal BoardFile? ReadBoard() => BoardPath is null ? null : BoardFile.Read(BoardPath);

    /// <summary>What the board says about its pins, null when nobody asks it.</summary>
    /// <param name="cancellation">Ends the waiting for the board.</param>
    internal BoardWiring? AskWiring(CancellationToken cancellation)
    {
        if (Port is null)
        {
            return null;
        }

        using BoardLink link = BoardPort.Connect(Port, keys: null, cancellation);
        BoardReport report = link.Info(cancellation);
        if (report.Unsuitable is string why)
        {
            throw new InputRefusedException($"the board at {Port} takes no model: {why}; {report.Remedy}.");
        }

        ModelLimits limits = report.Limits;
        return limits.KnowsPolarity
            ? new BoardWiring($"the board at {Port}", limits.OutputPins, limits.ActiveLowPins, report.Chip, limits.AdcChannels)
            : throw new InputRefusedException($"the board at {Port} does not say how its loads are wired; flash the newest firmware, or leave --port out and say \"activeLow\" in the board file.");
    }

    /// <summary>Writes the model and the page about it, both or none.</summary>
    internal void Write(ModelFile file, Func<byte[]> page) =>
        OutputFile.Write(Page is null ? [(Path, file.Bytes)] : [(Path, file.Bytes), (Page, page())]);
}
