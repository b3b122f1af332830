using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Operators;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>What an operator does with the values of its inputs.</summary>
internal delegate Value OnnxOperator(NodeContext node);

/// <summary>All operators that are understood, by domain and name.</summary>
internal static class OnnxOperators
{
    /// <summary>The domain of classical machine learning.</summary>
    internal const string ClassicalDomain = "ai.onnx.ml";

    private static readonly Dictionary<string, OnnxOperator> Neural = new(StringComparer.Ordinal)
    {
        ["Add"] = Arithmetic.Add,
        ["Sum"] = Arithmetic.Sum,
        ["Sub"] = Arithmetic.Subtract,
        ["Mul"] = Arithmetic.Multiply,
        ["Div"] = Arithmetic.Divide,
        ["Neg"] = Arithmetic.Negate,
        ["Sqrt"] = Arithmetic.SquareRoot,
        ["Reciprocal"] = Arithmetic.Reciprocal,
        ["BatchNormalization"] = Arithmetic.BatchNormalise,
        ["MatMul"] = Matrices.MatMul,
        ["Gemm"] = Matrices.Gemm,
        ["Conv"] = Convolution.Conv,
        ["Tanh"] = Nonlinear.Tanh,
        ["Sigmoid"] = Nonlinear.Sigmoid,
        ["Relu"] = Nonlinear.Relu,
        ["LeakyRelu"] = Nonlinear.LeakyRelu,
        ["Clip"] = Nonlinear.Clip,
        ["Max"] = Nonlinear.Maximum,
        ["Softmax"] = Nonlinear.Softmax,
        ["LogSoftmax"] = Nonlinear.LogSoftmax,
        ["Identity"] = Reshaping.Same,
        ["Dropout"] = Reshaping.Dropout,
        ["Cast"] = Reshaping.Cast,
        ["Constant"] = Reshaping.Constant,
        ["Flatten"] = Reshaping.Flatten,
        ["Reshape"] = Reshaping.Reshape,
        ["Squeeze"] = Reshaping.Squeeze,
        ["Unsqueeze"] = Reshaping.Unsqueeze,
        ["Transpose"] = Reshaping.Transpose,
        ["Shape"] = Reshaping.ShapeOf,
        ["Concat"] = Selection.Concat,
        ["Gather"] = Selection.Gather,
        ["Slice"] = Selection.Slice,
        ["ArgMax"] = Classes.ArgMax,
    };

    private static readonly Dictionary<string, OnnxOperator> Classical = new(StringComparer.Ordinal)
    {
        ["Scaler"] = Arithmetic.Scale,
        ["Normalizer"] = Classes.Normalise,
        ["ZipMap"] = Classes.ZipMap,
        ["LabelEncoder"] = Classes.EncodeLabels,
        ["ArrayFeatureExtractor"] = Classes.ExtractFeature,
        ["LinearRegressor"] = Matrices.LinearRegressor,
    };

    /// <summary>The operator of a node, null when there is none.</summary>
    internal static OnnxOperator? Find(OnnxNode node) => node.Domain switch
    {
        "" => Neural.GetValueOrDefault(node.Operator),
        ClassicalDomain => Classical.GetValueOrDefault(node.Operator),
        _ => null,
    };
}
