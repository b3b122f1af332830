using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>What to do instead, for operators that networks for a board do not have.</summary>
internal static class UnknownOperators
{
    private const string Window = "compute features over the window, such as mean, deviation and range, and train a small dense network on them with neuraledge train";
    private const string SameTable = "train a small dense network on the same table with neuraledge train";
    private const string NoAttention = "train a small dense network on features of the sequence with neuraledge train";
    private const string Training = "export a network of dense layers, tanh, sigmoid, relu, leaky relu and softmax";

    private static readonly Dictionary<string, (string What, string Advice)> Kinds = new(StringComparer.Ordinal)
    {
        ["LSTM"] = ("is recurrent, and a board keeps no state from one row to the next", Window),
        ["GRU"] = ("is recurrent, and a board keeps no state from one row to the next", Window),
        ["RNN"] = ("is recurrent, and a board keeps no state from one row to the next", Window),
        ["Scan"] = ("is a loop, and a board runs every layer once", Window),
        ["Loop"] = ("is a loop, and a board runs every layer once", Window),
        ["If"] = ("is a branch, and a board runs every layer always", "export the network for inference, without conditions"),
        ["TreeEnsembleClassifier"] = ("is a forest of decision trees, which a dense network is not", SameTable),
        ["TreeEnsembleRegressor"] = ("is a forest of decision trees, which a dense network is not", SameTable),
        ["TreeEnsemble"] = ("is a forest of decision trees, which a dense network is not", SameTable),
        ["SVMClassifier"] = ("is a support vector machine, which compares the input with stored rows", SameTable + ", or a LogisticRegression"),
        ["SVMRegressor"] = ("is a support vector machine, which compares the input with stored rows", SameTable + ", or a LinearRegression"),
        ["OneHotEncoder"] = ("encodes categories", "encode them in the table, a column of 0 and 1 for each, and export only the network"),
        ["CategoryMapper"] = ("encodes categories", "encode them in the table, a column of 0 and 1 for each, and export only the network"),
        ["Imputer"] = ("fills in missing values, which a sensor does not give", "export only the network, without the imputer"),
        ["LayerNormalization"] = ("divides by a deviation that it computes from the row itself", "train with BatchNorm1d or without normalisation; BatchNorm becomes part of the weights"),
        ["SimplifiedLayerNormalization"] = ("divides by a size that it computes from the row itself", "train with BatchNorm1d or without normalisation; BatchNorm becomes part of the weights"),
        ["RMSNormalization"] = ("divides by a size that it computes from the row itself", "train with BatchNorm1d or without normalisation; BatchNorm becomes part of the weights"),
        ["InstanceNormalization"] = ("divides by a deviation that it computes from the row itself", "train with BatchNorm1d or without normalisation; BatchNorm becomes part of the weights"),
        ["GroupNormalization"] = ("divides by a deviation that it computes from the row itself", "train with BatchNorm1d or without normalisation; BatchNorm becomes part of the weights"),
        ["LpNormalization"] = ("divides by a size that it computes from the row itself", "train without it, or with inputs that are scaled before"),
        ["MeanVarianceNormalization"] = ("divides by a deviation that it computes from the row itself", "train with a scaler of constants before the network"),
        ["Attention"] = ("is attention, which multiplies values that both depend on the inputs", NoAttention),
        ["MultiHeadAttention"] = ("is attention, which multiplies values that both depend on the inputs", NoAttention),
        ["MaxPool"] = ("takes the largest of several values", "train with average pooling or with a stride, which become part of the weights"),
        ["GlobalMaxPool"] = ("takes the largest of several values", "train with average pooling, which becomes part of the weights"),
        ["ReduceMax"] = ("takes the largest of several values", "train with averages, which become part of the weights"),
        ["ThresholdedRelu"] = ("jumps at its threshold", "train with relu"),
        ["Hardmax"] = ("picks the largest of its values", "end the network with its scores or with ArgMax; export a network of dense layers"),
        ["ConvTranspose"] = ("makes larger pictures of small ones", "train a small dense network with neuraledge train"),
        ["NonMaxSuppression"] = ("belongs to finding things in pictures", "a board of this size has no pictures, so use features"),
        ["TfIdfVectorizer"] = ("turns texts into numbers", "a board measures numbers, so train on numbers"),
    };

    /// <summary>The refusal of a node whose operator is not known.</summary>
    internal static InputRefusedException Refuse(OnnxNode node, WorkBudget budget)
    {
        string domain = node.Domain is "" or OnnxOperator.ClassicalDomain ? "" : $" of the domain {ForeignName.Quote(node.Domain)}";
        (string what, string advice) = domain.Length > 0 && node.Domain != OnnxOperator.RuntimeDomain ? ("", "") : Kinds.GetValueOrDefault(node.Operator, ("", ""));
        return new InputRefusedException(what.Length > 0
            ? $"{budget.File}: {NodeContext.Describe(node)} {what}; {advice}."
            : $"{budget.File}: {NodeContext.Describe(node)} is an operator{domain} that dense networks for a board do not have; {Training}.");
    }
}
