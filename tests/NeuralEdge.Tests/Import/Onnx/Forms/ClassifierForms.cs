using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Forms;

/// <summary>Linear models of scikit-learn; scores "y", and the class beside them.</summary>
internal static class ClassifierForms
{
    private const string Kind = "linear models";

    private static readonly float[] Two = [-0.7f, 0.5f, 0.2f, 0.7f, -0.5f, -0.2f];
    private static readonly float[] Three = [-0.7f, 0.5f, 0.2f, 0.9f, -0.5f, -0.4f, 0.1f, 0.3f, -0.2f];

    internal static IReadOnlyList<Form> All() =>
    [
        new(Kind, "two classes, LOGISTIC and a Normalizer", Start().Classifier("l p", Two, [-0.6f, 0.6f], "LOGISTIC", [0, 1])
            .NodeOf("ai.onnx.ml", "Normalizer", "p", "y", Attribute("norm", "L1")).Node("Cast", "l", "label", Attribute("to", 7L)).Output("label", 7, [-1]).Output("y", -1, 2).ToArray()),
        new(Kind, "two classes in one row, LOGISTIC", Start().Classifier("label y", Two[..3], [-0.6f], "LOGISTIC", [0, 1]).Output("label", 7, [-1]).Output("y", -1, 2).ToArray()),
        new(Kind, "two classes in one row, no transform", Start().Classifier("label y", Two[..3], [-0.6f], "NONE", [0, 1]).Output("y", -1, 2).ToArray()),
        new(Kind, "three classes, SOFTMAX", Start().Classifier("label y", Three, [0.1f, 0, -0.3f], "SOFTMAX", [3, 5, 9]).Output("label", 7, [-1]).Output("y", -1, 3).ToArray()),
        new(Kind, "three classes, SOFTMAX and a Normalizer", Start().Classifier("label p", Three, [0.1f, 0, -0.3f], "SOFTMAX", [3, 5, 9])
            .NodeOf("ai.onnx.ml", "Normalizer", "p", "y", Attribute("norm", "L1")).Output("label", 7, [-1]).Output("y", -1, 3).ToArray()),
        new(Kind, "three classes, scores as they are", Start().Classifier("label y", Three, [0.1f, 0, -0.3f], "NONE", [3, 5, 9]).Output("label", 7, [-1]).Output("y", -1, 3).ToArray()),
        new(Kind, "three classes, LOGISTIC each", Start().Classifier("label y", Three, [0.1f, 0, -0.3f], "LOGISTIC", [3, 5, 9]).Output("label", 7, [-1]).Output("y", -1, 3).ToArray()),
        new(Kind, "after a Scaler", Start("x0").NodeOf("ai.onnx.ml", "Scaler", "x0", "x", Attribute("offset", [1f, 2.5f, -0.3f]), Attribute("scale", [0.5f, 2f, 1.1f]))
            .Classifier("label y", Three, [0.1f, 0, -0.3f], "SOFTMAX", [0, 1, 2]).Output("label", 7, [-1]).Output("y", -1, 3).ToArray()),
        new(Kind, "a regressor of one target", Start().NodeOf("ai.onnx.ml", "LinearRegressor", "x", "y", Attribute("coefficients", Three[..3]), Attribute("intercepts", [0.25f])).Output("y", -1, 1).ToArray()),
        new(Kind, "a regressor of three targets", Start().NodeOf("ai.onnx.ml", "LinearRegressor", "x", "y", Attribute("coefficients", Three), Attribute("intercepts", [1f, 2f, 3f]), Attribute("targets", 3L)).Output("y", -1, 3).ToArray()),
    ];

    private static OnnxWriter Start(string input = "x") => OperatorModels.Start(input).Opset("ai.onnx.ml", 3);

    private static OnnxWriter Classifier(this OnnxWriter writer, string outputs, float[] coefficients, float[] intercepts, string after, long[] labels) =>
        writer.NodeOf("ai.onnx.ml", "LinearClassifier", "x", outputs, Attribute("coefficients", coefficients), Attribute("intercepts", intercepts),
            Attribute("post_transform", after), Attribute("classlabels_ints", labels), Attribute("multi_class", 1L));
}
