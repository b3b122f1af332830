using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Learning.Import.TfLite.Operators;

namespace NeuralEdge.Learning.Import.TfLite;

/// <summary>All operators that are understood, and the names of others.</summary>
internal static class TfLiteOperators
{
    /// <summary>One of each, by the alphabet; a new operator is added here.</summary>
    internal static readonly IReadOnlyList<TfLiteOperator> All =
    [
        new Abs(),
        new Add(),
        new ArgMax(),
        new AveragePool2D(),
        new Concatenation(),
        new Conv2D(),
        new DepthwiseConv2D(),
        new Dequantize(),
        new Div(),
        new Elu(),
        new Exp(),
        new ExpandDims(),
        new FullyConnected(),
        new Gelu(),
        new HardSwish(),
        new LeakyRelu(),
        new Logistic(),
        new Maximum(),
        new Mean(),
        new Minimum(),
        new Mul(),
        new Neg(),
        new Prelu(),
        new Quantize(),
        new Relu(),
        new Relu0To1(),
        new Relu6(),
        new ReluN1To1(),
        new Reshape(),
        new Softmax(),
        new Squeeze(),
        new Sub(),
        new Tanh(),
        new Transpose(),
    ];

    private static readonly Dictionary<int, TfLiteOperator> ByCode = All.ToDictionary(o => o.Code);

    // So that the refusal of a common operator need not show a number.
    private static readonly Dictionary<int, string> Others = new()
    {
        [16] = "LSTM",
        [17] = "MAX_POOL_2D",
        [32] = "CUSTOM",
        [34] = "PAD",
        [44] = "UNIDIRECTIONAL_SEQUENCE_LSTM",
        [45] = "STRIDED_SLICE",
        [49] = "SPLIT",
        [50] = "LOG_SOFTMAX",
        [53] = "CAST",
        [76] = "RSQRT",
        [77] = "SHAPE",
        [83] = "PACK",
        [99] = "SQUARED_DIFFERENCE",
        [119] = "WHILE",
        [126] = "BATCH_MATMUL",
    };

    /// <summary>The operator of a number, null when it is not understood.</summary>
    internal static TfLiteOperator? Find(int code) => ByCode.GetValueOrDefault(code);

    /// <summary>The name of an operator.</summary>
    internal static string NameOf(int code) =>
        code < 0 ? "of no kind" : Find(code)?.Name ?? Others.GetValueOrDefault(code, $"number {code}");
}
