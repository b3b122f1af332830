using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Learning.Import.Onnx.Operators;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>All operators that are understood.</summary>
internal static class OnnxOperators
{
    /// <summary>One of each, by the alphabet; a new operator is added here.</summary>
    internal static readonly IReadOnlyList<OnnxOperator> All =
    [
        new Add(),
        new ArgMax(),
        new ArrayFeatureExtractor(),
        new BatchNormalization(),
        new Cast(),
        new Clip(),
        new Concat(),
        new Constant(),
        new Conv(),
        new Div(),
        new Dropout(),
        new Flatten(),
        new Gather(),
        new Gemm(),
        new Identity(),
        new LabelEncoder(),
        new LeakyRelu(),
        new LinearRegressor(),
        new LogSoftmax(),
        new MatMul(),
        new Max(),
        new Mul(),
        new Neg(),
        new Normalizer(),
        new Reciprocal(),
        new Relu(),
        new Reshape(),
        new Scaler(),
        new Shape(),
        new Sigmoid(),
        new Slice(),
        new Softmax(),
        new Sqrt(),
        new Squeeze(),
        new Sub(),
        new Sum(),
        new Tanh(),
        new Transpose(),
        new Unsqueeze(),
        new ZipMap(),
    ];

    private static readonly Dictionary<(string Domain, string Name), OnnxOperator> ByName = All.ToDictionary(o => (o.Domain, o.Name));

    /// <summary>The operator of a node, null when it is not understood.</summary>
    internal static OnnxOperator? Find(OnnxNode node) => ByName.GetValueOrDefault((node.Domain, node.Operator));
}
