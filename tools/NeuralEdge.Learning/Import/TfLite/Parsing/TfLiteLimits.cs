namespace NeuralEdge.Learning.Import.TfLite.Parsing;

/// <summary>How much of everything a TensorFlow Lite file may have.</summary>
internal static class TfLiteLimits
{
    internal const int LongestText = 512;
    internal const int MostTensors = 2000;
    internal const int MostOperators = 500;
    internal const int MostValuesOfOperator = 64;
    internal const int MostScales = 65536;
}
