namespace NeuralEdge.Studio.Plots;

/// <summary>Colours of series and labels, to be told apart on light and on dark; each has its name beside it as well.</summary>
public static class PlotColours
{
    /// <summary>The colours.</summary>
    public static IReadOnlyList<string> All { get; } = ["#3b82f6", "#d9730d", "#2e9e5b", "#b455c4", "#0e9aa7", "#c2410c", "#8a7a00", "#e0457b", "#6b7280"];

    /// <summary>The colour of a number.</summary>
    /// <param name="number">The number, from 0.</param>
    public static string Of(int number) => All[number % All.Count];
}
