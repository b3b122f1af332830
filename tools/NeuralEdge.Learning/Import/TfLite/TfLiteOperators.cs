using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Learning.Import.TfLite.Operators;

namespace NeuralEdge.Learning.Import.TfLite;

/// <summary>All operators that are understood, and the names of others.</summary>
internal static class TfLiteOperators
{
    /// <summary>One of each, by the alphabet; a new operator is added here.</summary>
    internal static readonly IReadOnlyList<TfLiteOperator> All =
    [
        new Dequantize(),
        new FullyConnected(),
        new LeakyRelu(),
        new Logistic(),
        new Quantize(),
        new Relu(),
        new Relu6(),
        new ReluN1To1(),
        new Reshape(),
        new Softmax(),
        new Squeeze(),
        new Tanh(),
    ];

    private static readonly Dictionary<int, TfLiteOperator> ByCode = All.ToDictionary(o => o.Code);

    // So that the refusal of a common operator need not show a number.
    private static readonly Dictionary<int, string> Others = new()
    {
        [0] = "ADD",
        [1] = "AVERAGE_POOL_2D",
        [2] = "CONCATENATION",
        [3] = "CONV_2D",
        [4] = "DEPTHWISE_CONV_2D",
        [16] = "LSTM",
        [17] = "MAX_POOL_2D",
        [18] = "MUL",
        [32] = "CUSTOM",
        [34] = "PAD",
        [40] = "MEAN",
        [41] = "SUB",
        [42] = "DIV",
        [44] = "UNIDIRECTIONAL_SEQUENCE_LSTM",
        [50] = "LOG_SOFTMAX",
        [56] = "ARG_MAX",
        [117] = "HARD_SWISH",
    };

    /// <summary>The operator of a number, null when it is not understood.</summary>
    internal static TfLiteOperator? Find(int code) => ByCode.GetValueOrDefault(code);

    /// <summary>The name of an operator.</summary>
    internal static string NameOf(int code) =>
        code < 0 ? "of no kind" : Find(code)?.Name ?? Others.GetValueOrDefault(code, $"number {code}");
}
