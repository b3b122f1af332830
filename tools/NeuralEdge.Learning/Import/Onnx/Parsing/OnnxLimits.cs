using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

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
    internal const int MostFunctions = 500;
    internal const int DeepestCalls = 8;

    /// <summary>Refuses a file that has more of something than is read.</summary>
    internal static void Require(WorkBudget budget, int count, int most, string things)
    {
        if (count > most)
        {
            throw new InputRefusedException($"{budget.File} has more than {most} {things}; export a plain dense network.");
        }
    }
}
