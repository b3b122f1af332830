using NeuralEdge.Conversion.Boards;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>How large a network a board takes.</summary>
internal static class NetworkLimits
{
    /// <summary>Inputs, outputs, or neurons of one layer.</summary>
    internal const int WidestLayer = BoardLimits.WidestLayer;

    /// <summary>Layers of one network.</summary>
    internal const int MostLayers = BoardLimits.MostLayers;

    /// <summary>A count of values that depend on the inputs, refused where no layer can be as wide.</summary>
    internal static int RequireWidth(INodeContext node, long count) => count is > 0 and <= WidestLayer
        ? (int)count
        : throw node.Refuse($"makes {count} values, and a board's layer has 1 to {WidestLayer}", "train a narrower network");
}
