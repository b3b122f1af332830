using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>Small networks whose graphs end as classifiers do, and the names of the classes.</summary>
internal static class ClassifierModels
{
    private static readonly string[] Names = ["setosa", "versicolor", "virginica", "другой", "fifth class"];

    internal static IReadOnlyList<(string Name, byte[] File, string[] Labels)> All() =>
    [
        ("ZipMap of texts", Zipped("p", "classlabels_strings").ToArray(), Names),
        ("ZipMap of numbers", Scores().NodeOf("ai.onnx.ml", "ZipMap", "p", "map", Attribute("classlabels_int64s", [3L, 1, 4, 15, 9])).Output("map").ToArray(),
            ["3", "1", "4", "15", "9"]),
        ("Normalizer of probabilities", Zipped("n", "classlabels_strings", Scores().NodeOf("ai.onnx.ml", "Normalizer", "p", "n", Attribute("norm", "L1"))).ToArray(), Names),
        ("skl2onnx: the label by ArgMax and ArrayFeatureExtractor, the probabilities by ZipMap", Scores().Texts("classes", Names)
            .Node("ArgMax", "p", "i", Attribute("axis", 1L)).NodeOf("ai.onnx.ml", "ArrayFeatureExtractor", "classes i", "c")
            .Longs("flat", [1], -1).Node("Reshape", "c flat", "output_label")
            .NodeOf("ai.onnx.ml", "ZipMap", "p", "output_probability", Attribute("classlabels_strings", Names))
            .Output("output_label", 8, [-1]).Output("output_probability").ToArray(), Names),
        ("LabelEncoder", Scores().Node("ArgMax", "p", "i", Attribute("axis", 1L))
            .NodeOf("ai.onnx.ml", "LabelEncoder", "i", "label", Attribute("keys_int64s", [4L, 3, 2, 1, 0]), Attribute("values_strings", [.. Names.Reverse()]))
            .Output("label", 8, [-1, 1]).ToArray(), Names),
    ];

    /// <summary>The flower network with a log-softmax and an arg-max at its end; output "label".</summary>
    internal static byte[] ArgMaxOfLogSoftmax()
    {
        SpellingWriter writer = new(13);
        writer.Input("in", -1, 4);
        return writer.Scores(Spellings.Gemm, Spellings.Gemm)
            .Node("LogSoftmax", "z", "l").Node("ArgMax", "l", "label", Attribute("axis", 1L), Attribute("keepdims", 0L))
            .Output("label", 7, [-1]).ToArray();
    }

    private static OnnxWriter Scores() => OperatorModels.Start("x").Opset("ai.onnx.ml", 3).Layer(1).Node("Softmax", "h", "p");

    private static OnnxWriter Zipped(string scores, string labels, OnnxWriter? writer = null) =>
        (writer ?? Scores()).NodeOf("ai.onnx.ml", "ZipMap", scores, "map", Attribute(labels, Names)).Output("map");
}
