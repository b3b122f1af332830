using NeuralEdge.Simulator.Gestures;

namespace NeuralEdge.Generators.Tables;

/// <summary>Logs of gestures among the examples: some people to learn from, and others who come later.</summary>
internal static class GestureTables
{
    internal static IEnumerable<(string Path, string Text)> Files() =>
    [
        ("tools/examples/gestures.csv", GestureLog.Text(GestureLog.Generate(1, 8, 8))),
        ("tools/examples/gestures.later.csv", GestureLog.Text(GestureLog.Generate(2, 6, 6))),
    ];
}
