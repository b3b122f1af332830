namespace NeuralEdge.Learning.Import.TfLite;

/// <summary>Operators and fused activations by the numbers of TensorFlow Lite's schema.</summary>
internal static class TfLiteOperators
{
    internal const int Dequantize = 6;
    internal const int FullyConnected = 9;
    internal const int Logistic = 14;
    internal const int Relu = 19;
    internal const int ReluN1To1 = 20;
    internal const int Relu6 = 21;
    internal const int Reshape = 22;
    internal const int Softmax = 25;
    internal const int Tanh = 28;
    internal const int Squeeze = 43;
    internal const int LeakyRelu = 98;
    internal const int Quantize = 114;

    internal const int FusedNone = 0;
    internal const int FusedRelu = 1;
    internal const int FusedReluN1To1 = 2;
    internal const int FusedRelu6 = 3;
    internal const int FusedTanh = 4;

    // More names than are understood, so that a refusal need not show a number.
    private static readonly Dictionary<int, string> Names = new()
    {
        [0] = "ADD",
        [1] = "AVERAGE_POOL_2D",
        [2] = "CONCATENATION",
        [3] = "CONV_2D",
        [4] = "DEPTHWISE_CONV_2D",
        [Dequantize] = "DEQUANTIZE",
        [FullyConnected] = "FULLY_CONNECTED",
        [Logistic] = "LOGISTIC",
        [16] = "LSTM",
        [17] = "MAX_POOL_2D",
        [18] = "MUL",
        [Relu] = "RELU",
        [ReluN1To1] = "RELU_N1_TO_1",
        [Relu6] = "RELU6",
        [Reshape] = "RESHAPE",
        [Softmax] = "SOFTMAX",
        [Tanh] = "TANH",
        [32] = "CUSTOM",
        [34] = "PAD",
        [40] = "MEAN",
        [41] = "SUB",
        [42] = "DIV",
        [Squeeze] = "SQUEEZE",
        [44] = "UNIDIRECTIONAL_SEQUENCE_LSTM",
        [50] = "LOG_SOFTMAX",
        [56] = "ARG_MAX",
        [LeakyRelu] = "LEAKY_RELU",
        [Quantize] = "QUANTIZE",
        [117] = "HARD_SWISH",
    };

    /// <summary>The name of an operator.</summary>
    internal static string NameOf(int code) =>
        code < 0 ? "of no kind" : Names.TryGetValue(code, out string? name) ? name : $"number {code}";
}
