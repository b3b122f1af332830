namespace NeuralEdge.Conversion.Boards;

/// <summary>
/// How large a network a board takes as the firmware comes (its Tuning.cs). A board says its own limits, which may be
/// other ones, and its memory decides below them.
/// </summary>
public static class BoardLimits
{
    /// <summary>Inputs, outputs, or neurons of one layer.</summary>
    public const int WidestLayer = 1024;

    /// <summary>Layers of one network.</summary>
    public const int MostLayers = 16;

    /// <summary>Longest model file in bytes.</summary>
    public const int LongestModel = 16384;
}
