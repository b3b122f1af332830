namespace NeuralEdge.Tests.Cli;

/// <summary>The verbs that the tool promises.</summary>
internal static class Verbs
{
    internal static readonly string[] All =
    [
        "demo", "train", "import", "inspect", "run", "verify", "export", "simulate", "ports", "doctor", "upload", "info", "confirm", "revert", "reset", "provision", "monitor", "record", "ask", "prove",
    ];
}
