namespace NeuralEdge.Tests.Cli;

/// <summary>The verbs that the tool promises.</summary>
internal static class Verbs
{
    internal static readonly string[] All =
    [
        "demo", "train", "import", "inspect", "run", "verify", "export", "simulate", "ports", "doctor", "upload", "download", "info", "status", "name", "calibrate", "confirm", "revert", "reset", "provision", "monitor", "record", "ask", "studio", "prove",
    ];

    /// <summary>Those about the tool itself, which have no --json.</summary>
    internal static readonly string[] OfTheTool = ["completion", "help", "version"];
}
