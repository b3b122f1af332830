namespace NeuralEdge.Studio.Shell;

/// <summary>The pages, in the order in which a board is taught.</summary>
internal static class StudioPages
{
    internal static IReadOnlyList<(string Address, string Name)> All { get; } =
    [
        ("", "Board"),
        ("record", "Record"),
        ("train", "Train"),
        ("wire", "Wire and upload"),
        ("watch", "Watch"),
        ("try", "Try"),
    ];
}
