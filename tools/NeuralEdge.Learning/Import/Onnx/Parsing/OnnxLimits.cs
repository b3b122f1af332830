namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>How much of everything an ONNX file may have; far above any dense network, far below what hurts.</summary>
internal static class OnnxLimits
{
    internal const int LongestText = 4096;
    internal const int MostNodes = 2000;
    internal const int MostTensors = 4000;
    internal const int MostAttributes = 64;
    internal const int MostValuesOfNode = 1024;
    internal const int MostTexts = 4096;
    internal const int OldestOpset = 7;
}
