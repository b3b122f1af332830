using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Forms;

/// <summary>Products, constants, functions and open shapes as exporters write them.</summary>
internal static class GraphForms
{
    private const string Products = "Einsum that is a product";
    private const string Constants = "constants among the values";
    private const string Functions = "functions of the file";
    private const string Shapes = "open shapes";
    private const string Branches = "branches of one layer";

    internal static IReadOnlyList<Form> All() => [.. OfProducts(), .. OfConstants(), .. OfFunctions(), .. OfShapes(), .. OfBranches()];

    private static IEnumerable<Form> OfProducts() =>
    [
        new(Products, "ab,bc->ac", Product("ab,bc->ac", "x w", [3, 5])),
        new(Products, "...x,xy->...y", Product("...x,xy->...y", "x w", [3, 5])),
        new(Products, "bi,oi->bo", Product("bi,oi->bo", "x w", [5, 3])),
        new(Products, "the weights first", Product("ij,bj->bi", "w x", [5, 3])),
        new(Products, "without arrow", Product("ab,bc", "x w", [3, 5])),
        new(Products, "blanks, and a dimension that stays", Start().Longs("to", [3], -1, 1, 3).Node("Reshape", "x to", "r").Floats("w", [3, 5], Rows(15))
            .Node("Einsum", "r w", "e", Attribute("equation", "a b c , c d -> a b d")).Longs("back", [2], -1, 5).Node("Reshape", "e back", "h").Node("Relu", "h", "a").Last()),
        new(Products, "heads apart, as EinsumDense has them", Start().Floats("w", [3, 1, 5], Rows(15)).Node("Einsum", "x w", "e", Attribute("equation", "ab,bhc->ahc"))
            .Longs("back", [2], -1, 5).Node("Reshape", "e back", "h").Node("Relu", "h", "a").Last()),
        new(Products, "a factor for each", Hidden(1).Floats("d", [5], Rows(5)).Node("Einsum", "h d", "m", Attribute("equation", "ab,b->ab")).Node("Relu", "m", "a").Last()),
    ];

    private static IEnumerable<Form> OfConstants() =>
    [
        new(Constants, "Concat of the input and a constant", Wide(Start().Floats("k", [1, 2], [0.9, -0.4]).Node("Concat", "x k", "in", Attribute("axis", 1L)), 5)),
        new(Constants, "Concat of a constant and the input", Wide(Start().Floats("k", [1, 1], [-0.7]).Node("Concat", "k x", "in", Attribute("axis", -1L)), 4)),
        new(Constants, "Concat between layers", Hidden(2).Node("Tanh", "h", "t").Floats("k", [1, 1], [0.5]).Node("Concat", "t k", "c", Attribute("axis", 1L))
            .Floats("v", [6, 5], Rows(30)).Node("MatMul", "c v", "s").Node("Relu", "s", "a").Last()),
        new(Constants, "Concat with a Constant node", Wide(Start().Node("Constant", "", "k", Attribute("value", Tensor("", [1, 2], [1, 2]))).Node("Concat", "x k", "in", Attribute("axis", 1L)), 5)),
        new(Constants, "Pad instead of Concat", Wide(Start().Longs("pads", [4], 0, 1, 0, 1).Floats("value", [], [0.75]).Node("Pad", "x pads value", "in"), 5)),
        new(Constants, "Pow of a constant", Hidden(3).Floats("two", [1], [2]).Floats("e", [1], [-2]).Node("Pow", "two e", "q").Node("Mul", "h q", "m").Node("Tanh", "m", "a").Last()),
        new(Constants, "Max and Min of constants", Hidden(4).Floats("p", [1], [0.5]).Floats("q", [1], [-2]).Node("Max", "p q", "mx").Node("Min", "p q", "mn").Node("Add", "mx mn", "s").Node("Mul", "h s", "m").Node("Tanh", "m", "a").Last()),
        new(Constants, "Split of constant weights", Start().Floats("both", [6, 5], Rows(30)).Node("Split", "both", "w v", Attribute("axis", 0L)).Node("MatMul", "x w", "h").Node("Relu", "h", "a").Last()),
        new(Constants, "Split of a layer, both parts used", Hidden(5).Node("Tanh", "h", "t").Longs("sizes", [2], 2, 3).Node("Split", "t sizes", "p q", Attribute("axis", 1L)).Node("Concat", "q p", "a", Attribute("axis", 1L)).Last()),
        new(Constants, "Expand of a bias and ConstantOfShape", Start().Floats("w", [3, 5], Rows(15)).Node("MatMul", "x w", "s").Floats("one", [1, 1], [0.5]).Longs("to", [2], 1, 5).Node("Expand", "one to", "b")
            .Node("ConstantOfShape", "to", "z", Attribute("value", Tensor("", [1], [0.25]))).Node("Add", "b z", "c").Node("Add", "s c", "h").Node("Tanh", "h", "a").Last()),
        new(Constants, "Equal of constants chooses", Hidden(6).Floats("p", [1], [1]).Floats("q", [1], [2]).Node("Equal", "p q", "e").Node("Where", "e p q", "m").Node("Mul", "h m", "n").Node("Tanh", "n", "a").Last()),
        new(Constants, "Sqrt, Exp, Log and Abs of constants", Hidden(7).Floats("p", [1], [-2]).Node("Abs", "p", "b").Node("Sqrt", "b", "s").Node("Exp", "s", "e").Node("Log", "e", "l").Node("Mul", "h l", "m").Node("Tanh", "m", "a").Last()),
        new(Constants, "the number of inputs by Size", OperatorModels.Hidden(508, 15).Node("Size", "x", "n").Node("Cast", "n", "f", Attribute("to", 1L)).Node("CastLike", "f h", "c").Node("Div", "h c", "m").Node("Tanh", "m", "a").Last()),
    ];

    private static IEnumerable<Form> OfFunctions() =>
    [
        new(Functions, "aten_linear of Transpose, MatMul and Add", Start().Function("pkg.torch", "aten_linear", "i w b", "o", Linear()).Weights().NodeOf("pkg.torch", "aten_linear", "x w1 b1", "h").Node("Relu", "h", "a").Last()),
        new(Functions, "called for each layer", Start().Function("pkg.torch", "aten_linear", "i w b", "o", Linear()).Weights().NodeOf("pkg.torch", "aten_linear", "x w1 b1", "h").Node("Relu", "h", "a")
            .Floats("w9", [2, 5], Rows(10)).Floats("b9", [2], Rows(2)).NodeOf("pkg.torch", "aten_linear", "a w9 b9", "y").Output("y", -1, 2).ToArray()),
        new(Functions, "a function that calls a function", Start().Function("pkg.torch", "aten_linear", "i w b", "o", Linear())
            .Function("pkg.torch", "layer", "i w b", "o", new OnnxWriter().Opset("pkg.torch", 1).NodeOf("pkg.torch", "aten_linear", "i w b", "s").Node("Relu", "s", "o"))
            .Weights().NodeOf("pkg.torch", "layer", "x w1 b1", "a").Last()),
        new(Functions, "an attribute that the call gives", Hidden(9).Function("pkg.torch", "leaky", "i", "o", new OnnxWriter().Node("LeakyRelu", "i", "o", Reference("alpha", "slope", 1)), "slope")
            .NodeOf("pkg.torch", "leaky", "h", "a", Attribute("slope", 0.25f)).Last()),
        new(Functions, "names inside like those outside", Start().Function("pkg.torch", "aten_linear", "x w b", "h", new OnnxWriter().Node("Transpose", "w", "a", Attribute("perm", [1L, 0L])).Node("MatMul", "x a", "y").Node("Add", "y b", "h"))
            .Weights().NodeOf("pkg.torch", "aten_linear", "x w1 b1", "h").Node("Relu", "h", "a").Last()),
        new(Functions, "an input that is left out", Start().Function("pkg.torch", "scaled", "i w unused", "o", new OnnxWriter().Node("MatMul", "i w", "o")).Floats("w1", [3, 5], Rows(15))
            .NodeOf("pkg.torch", "scaled", "x w1", "h").Node("Relu", "h", "a").Last()),
        new(Functions, "the whole network in one", Start().Weights().Floats("w2", [5, 2], Rows(10)).Function("local", "net", "i w b v", "o",
            new OnnxWriter().Node("Gemm", "i w b", "h", Attribute("transB", 1L)).Node("Tanh", "h", "t").Node("MatMul", "t v", "o")).NodeOf("local", "net", "x w1 b1 w2", "y").Output("y", -1, 2).ToArray()),
    ];

    private static IEnumerable<Form> OfShapes()
    {
        int[] row = [1, 3];
        return
        [
            new(Shapes, "both sizes symbolic, Gemm", Gemm(new OnnxWriter().Input("x", -1, -1)), Open: row),
            new(Shapes, "no shape, Gemm", Gemm(new OnnxWriter().InputWithoutShape("x")), Open: row),
            new(Shapes, "no shape, MatMul", Wide(new OnnxWriter().InputWithoutShape("in"), 3), Open: row),
            new(Shapes, "symbolic, a scaler first", Wide(new OnnxWriter().Input("x", -1, -1).Floats("m", [3], [1, 2, 3]).Floats("s", [3], [2, 1, 4]).Node("Sub", "x m", "c").Node("Div", "c s", "in"), 3), Open: row),
            new(Shapes, "symbolic, through Cast, Identity and Clip", Wide(new OnnxWriter().Input("x", -1, -1).Node("Cast", "x", "c", Attribute("to", 1L)).Node("Identity", "c", "i").Floats("lo", [], [-9]).Node("Clip", "i lo", "in"), 3), Open: row),
            new(Shapes, "symbolic, ai.onnx.ml Scaler of one number", Wide(new OnnxWriter().Opset("ai.onnx.ml", 1).Input("x", -1, -1)
                .NodeOf("ai.onnx.ml", "Scaler", "x", "in", Attribute("offset", [0.5f]), Attribute("scale", [2f])), 3), Open: row),
            new(Shapes, "symbolic, BatchNormalization", Wide(new OnnxWriter().Input("x", -1, -1).Floats("g", [3], [1, 2, 1]).Floats("b", [3], [0, 1, 0]).Floats("m", [3], [1, 1, 2]).Floats("v", [3], [1, 2, 3]).Node("BatchNormalization", "x g b m v", "in"), 3), Open: row),
            new(Shapes, "symbolic, Einsum", new OnnxWriter().Input("x", -1, -1).Floats("w", [3, 5], Rows(15)).Node("Einsum", "x w", "h", Attribute("equation", "ab,bc->ac")).Node("Relu", "h", "a").Last(), Open: row),
            new(Shapes, "symbolic, weights by a Transpose node", new OnnxWriter().Input("x", -1, -1).Floats("w", [5, 3], Rows(15)).Node("Transpose", "w", "t").Node("MatMul", "x t", "h").Node("Relu", "h", "a").Last(), Open: row),
            new(Shapes, "symbolic, LinearRegressor", new OnnxWriter().Opset("ai.onnx.ml", 1).Input("x", -1, -1).NodeOf("ai.onnx.ml", "LinearRegressor", "x", "y",
                Attribute("coefficients", [0.5f, -1f, 2f, 0.25f, 0f, 1f]), Attribute("intercepts", [1f, -0.5f]), Attribute("targets", 2L)).Output("y", -1, 2).ToArray(), Open: row),
        ];
    }

    private static IEnumerable<Form> OfBranches() =>
    [
        new(Branches, "two tanh layers side by side", Start().Floats("w", [3, 2], Rows(6)).Floats("v", [3, 3], Rows(9)).Node("MatMul", "x w", "p").Node("MatMul", "x v", "q").Node("Tanh", "p", "tp").Node("Tanh", "q", "tq")
            .Node("Concat", "tp tq", "a", Attribute("axis", 1L)).Last()),
        new(Branches, "the sum of two ReLU layers", Start().Floats("w", [3, 5], Rows(15)).Floats("v", [3, 5], [.. Rows(15).Reverse()]).Node("MatMul", "x w", "p").Node("MatMul", "x v", "q").Node("Relu", "p", "rp").Node("Relu", "q", "rq")
            .Node("Sub", "rp rq", "a").Last()),
        new(Branches, "Gather and Slice of one layer", Hidden(11).Node("Relu", "h", "r").Longs("which", [5], 4, 3, 2, 1, 0).Node("Gather", "r which", "g", Attribute("axis", 1L)).Node("Add", "g r", "a").Last()),
        new(Branches, "averages by ReduceMean", Hidden(12).Node("Sigmoid", "h", "s").Node("ReduceMean", "s", "m", Attribute("axes", [1L])).Node("Sub", "s m", "a").Last()),
        new(Branches, "sums by ReduceSum", Hidden(13).Node("Sigmoid", "h", "s").Longs("axes", [1], 1).Node("ReduceSum", "s axes", "m").Node("Add", "s m", "a").Last()),
        new(Branches, "halves of one layer by Slice, put together the other way round", Hidden(14).Node("Tanh", "h", "t").Longs("first", [1], 0).Longs("middle", [1], 2).Longs("end", [1], 5).Longs("axis", [1], 1)
            .Node("Slice", "t first middle axis", "l").Node("Slice", "t middle end axis", "r").Node("Concat", "r l", "a", Attribute("axis", 1L)).Last()),
    ];

    private static byte[] Product(string equation, string inputs, long[] shape) =>
        Start().Floats("w", shape, Rows(15)).Node("Einsum", inputs, "h", Attribute("equation", equation)).Node("Relu", "h", "a").Last();

    private static byte[] Gemm(OnnxWriter writer) => writer.Layer(10).Node("Relu", "h", "a").Last();

    private static byte[] Wide(OnnxWriter writer, long width) =>
        writer.Floats("wide", [width, 5], Rows((int)width * 5)).Node("MatMul", "in wide", "h").Node("Relu", "h", "a").Last();

    private static OnnxWriter Weights(this OnnxWriter writer) => writer.Floats("w1", [5, 3], Rows(15)).Floats("b1", [5], Rows(5));

    private static OnnxWriter Linear() => new OnnxWriter().Node("Transpose", "w", "t", Attribute("perm", [1L, 0L])).Node("MatMul", "i t", "m").Node("Add", "m b", "o");

    private static OnnxWriter Start() => OperatorModels.Start("x");

    private static OnnxWriter Hidden(int seed) => OperatorModels.Hidden(500 + seed);

    private static double[] Rows(int count) => OperatorModels.Random(600 + count, count, 1.5);
}
