using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Import.Keras;
using NeuralEdge.Learning.Import.Keras.Layers;
using NeuralEdge.Learning.Import.Results;
using NeuralEdge.Networks;
using static NeuralEdge.Tests.Import.Keras.KerasFiles;

namespace NeuralEdge.Tests.Import.Keras;

/// <summary>Keras models come in as what Keras computes, from every layout that their files have.</summary>
[TestClass]
public sealed class KerasTests
{
    private static readonly double[] Points = [-7.5, -2.75, -0.75, 0, 0.5, 1.25, 3, 6.5, 8];

    /// <summary>Two dense layers, whose kernels are [inputs, neurons]: the weights of a neuron stand in a column.</summary>
    private static readonly KerasSpec[] Two =
    [
        Dense(2, 3, [1, 2, 3, 4, 5, 6], [0.5, -0.5, 0.25], "tanh"),
        Dense(3, 1, [0.25, -1, 2], [1]),
    ];

    [TestMethod]
    public void KernelsAreInputsByNeuronsInEveryLayout()
    {
        foreach ((string name, bool _, byte[] file) in Every([2], Two))
        {
            FloatLayer[] layers = ModelImport.Parse(file, name).Model.Network.Layers;
            Assert.HasCount(2, layers, name);
            CollectionAssert.AreEqual(new double[] { 1, 4 }, layers[0].Weights[0], name);
            CollectionAssert.AreEqual(new double[] { 3, 6 }, layers[0].Weights[2], name);
            CollectionAssert.AreEqual(new[] { 0.5, -0.5, 0.25 }, layers[0].Bias, name);
            CollectionAssert.AreEqual(new[] { 0.25, -1, 2 }, layers[1].Weights[0], name);
            Assert.AreEqual(Activation.Tanh, layers[0].Activation);
            Assert.AreEqual(Activation.Linear, layers[1].Activation);
        }
    }

    /// <summary>The definitions of Keras's documentation, written down once more.</summary>
    [TestMethod]
    [DataRow("linear")]
    [DataRow("relu")]
    [DataRow("relu6")]
    [DataRow("tanh")]
    [DataRow("sigmoid")]
    [DataRow("elu")]
    [DataRow("selu")]
    [DataRow("gelu")]
    [DataRow("silu")]
    [DataRow("swish")]
    [DataRow("hard_sigmoid")]
    [DataRow("hard_silu")]
    [DataRow("hard_swish")]
    [DataRow("softplus")]
    [DataRow("softsign")]
    [DataRow("mish")]
    [DataRow("leaky_relu")]
    [DataRow("celu")]
    [DataRow("hard_tanh")]
    public void ActivationsComputeWhatKerasDoes(string activation)
    {
        foreach ((string name, bool keras3, byte[] file) in Every([1], Dense(1, 1, [1], [0], activation), Dense(1, 1, [2], [1])))
        {
            AssertComputes(file, name, x => (2 * Expected(activation, x, keras3)) + 1);
        }
    }

    /// <summary>0.2 x + 0.5 in Keras 2, x / 6 + 0.5 in Keras 3; where the file does not say of which it is, nothing is guessed.</summary>
    [TestMethod]
    public void HardSigmoidIsThatOfTheVersion()
    {
        KerasSpec layer = Dense(1, 1, [1], [0], "hard_sigmoid");
        string config = Sequential(true, [1], layer).ToJsonString();
        byte[] weights = OldHdfWriter.Write(Vars(named: true, layer));
        Assert.AreEqual(0.7, Compute(Archive(config, weights, "2.15.0"), 1), 1e-12);
        Assert.AreEqual(0.5 + (1 / 6.0), Compute(Archive(config, weights, "3.0.0"), 1), 1e-12);
        Refusals.Expect("a.keras|hard_sigmoid|does not say", () => KerasReader.Parse(Archive(config, weights, null), "a.keras"));
    }

    [TestMethod]
    public void LayersOfActivationsTakeTheirSettings()
    {
        (KerasSpec Layer, Func<double, double> Expected)[] cases =
        [
            (new("ReLU"), x => Math.Max(0, x)),
            (new("ReLU", new { max_value = 6, negative_slope = 0.0, threshold = 0 }), x => Math.Clamp(x, 0, 6)),
            (new("ReLU", new { max_value = 4, negative_slope = 0.25 }), x => Math.Min(4, x < 0 ? 0.25 * x : x)),
            (new("LeakyReLU"), x => x < 0 ? 0.3 * x : x),
            (new("LeakyReLU", new { alpha = 0.125 }), x => x < 0 ? 0.125 * x : x),
            (new("LeakyReLU", new { negative_slope = 0.0625 }), x => x < 0 ? 0.0625 * x : x),
            (new("ELU", new { alpha = 0.5 }), x => x < 0 ? 0.5 * (Math.Exp(x) - 1) : x),
            (new("PReLU", null, ("alpha", Numbers([1], 0.375))), x => x < 0 ? 0.375 * x : x),
            (new("PReLU", new { shared_axes = new[] { 1 } }, ("alpha", Numbers([1], -0.5))), x => x < 0 ? -0.5 * x : x),
            (new("Activation", new { activation = "sigmoid" }), x => 1 / (1 + Math.Exp(-x))),
            (new("Activation", new { activation = new { class_name = "function", config = "gelu", module = "builtins", registered_name = "gelu" } }), x => Expected("gelu", x, true)),
            (Dense(1, 1, [1], null, new { module = "keras.layers", class_name = "LeakyReLU", config = new { negative_slope = 0.25, name = "l" } }), x => x < 0 ? 0.25 * x : x),
        ];
        foreach ((KerasSpec layer, Func<double, double> expected) in cases)
        {
            foreach ((string name, bool _, byte[] file) in Every([1], Dense(1, 1, [1], [0]), layer, Dense(1, 1, [2], [1])))
            {
                AssertComputes(file, $"{layer.Class} {layer.Config} in {name}", x => (2 * expected(x)) + 1);
            }
        }
    }

    [TestMethod]
    public void WhatOnlyTrainingKnowsIsNothingHere()
    {
        KerasSpec[] layers = [.. new[] { "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "ActivityRegularization", "Identity" }.Select(c => new KerasSpec(c, new { rate = 0.5 }))];
        foreach ((string name, bool _, byte[] file) in Every([1], [Dense(1, 1, [3], [1]), .. layers]))
        {
            AssertComputes(file, name, x => (3 * x) + 1);
        }
    }

    /// <summary>gamma * (x - mean) / sqrt(variance + 0.001) + beta: the moving averages, never those of a batch.</summary>
    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(false, false)]
    public void BatchNormalisationUsesItsMovingAverages(bool scale, bool center)
    {
        (string, HdfNode)[] weights =
        [
            .. scale ? new[] { ("gamma", (HdfNode)Numbers([1], 1.5)) } : [],
            .. center ? new[] { ("beta", (HdfNode)Numbers([1], -0.25)) } : [],
            ("moving_mean", Numbers([1], 0.75)),
            ("moving_variance", Numbers([1], 4)),
        ];
        foreach ((string name, bool keras3, byte[] file) in Every([1], Dense(1, 1, [1], [0], "relu"), new KerasSpec("BatchNormalization", new { axis = new[] { -1 }, scale, center }, weights)))
        {
            AssertComputes(file, name, x => ((scale ? 1.5 : 1) * (Math.Max(0, x) - 0.75) / Math.Sqrt(4.001)) + (center ? -0.25 : 0));
        }

        string config = Sequential(true, [1], new KerasSpec("BatchNormalization", new { epsilon = 0.5, scale, center })).ToJsonString();
        byte[] other = Archive(config, OldHdfWriter.Write(Vars(false, new KerasSpec("BatchNormalization", null, weights))));
        Assert.AreEqual(((scale ? 1.5 : 1) * 1.25 / Math.Sqrt(4.5)) + (center ? -0.25 : 0), Compute(other, 2), 1e-12);
    }

    [TestMethod]
    public void ShapesAreFlattenedInTheirOrder()
    {
        KerasSpec dense = Dense(6, 1, [1, 10, 100, 1000, 10000, 100000], [0]);
        foreach (KerasSpec layer in new[] { new KerasSpec("Flatten"), new KerasSpec("Reshape", new { target_shape = new[] { 6 } }), new KerasSpec("Reshape", new { target_shape = new[] { -1 } }) })
        {
            foreach ((string name, bool _, byte[] file) in Every([2, 3], layer, dense))
            {
                Assert.AreEqual(654321, ModelImport.Parse(file, name).Model.Network.Forward([1, 2, 3, 4, 5, 6])[0], 1e-6, name);
            }
        }
    }

    [TestMethod]
    [DataRow("weights")]
    [DataRow("settings")]
    [DataRow("one for all")]
    [DataRow("invert")]
    public void NormalisationAndRescalingAreTakenIntoTheWeights(string how)
    {
        KerasSpec layer = how switch
        {
            "weights" => new("Normalization", new { axis = new[] { -1 } }, ("mean", Numbers([2], 3, -1)), ("variance", Numbers([2], 4, 0.25)), ("count", Numbers([], 0))),
            "settings" => new("Normalization", new { axis = -1, mean = new[] { 3.0, -1 }, variance = new[] { 4, 0.25 } }),
            "one for all" => new("Normalization", new { axis = (int?)null, mean = 3.0, variance = 4.0 }),
            _ => new("Normalization", new { axis = -1, mean = new[] { 3.0, -1 }, variance = new[] { 4, 0.25 }, invert = true }),
        };
        double a = how == "invert" ? (5 * 2) + 3 : (5 - 3) / 2.0;
        double b = how switch { "invert" => (0.5 * 7) - 1, "one for all" => (7 - 3) / 2.0, _ => (7 + 1) / 0.5 };
        foreach ((string name, bool _, byte[] file) in Every([2], layer, new KerasSpec("Rescaling", new { scale = 0.5, offset = -0.25 }), Dense(2, 1, [1, 10], [0])))
        {
            Assert.AreEqual((0.5 * a) - 0.25 + (10 * ((0.5 * b) - 0.25)), ModelImport.Parse(file, name).Model.Network.Forward([5, 7])[0], 1e-9, name);
        }
    }

    [TestMethod]
    public void SoftmaxMakesAClassifier()
    {
        foreach (KerasSpec[] end in new KerasSpec[][] { [Dense(1, 2, [1, -1], [0, 0], "softmax")], [Dense(1, 2, [1, -1], [0, 0]), new("Softmax", new { axis = -1 })] })
        {
            foreach ((string name, bool _, byte[] file) in Every([1], end))
            {
                ImportedModel model = ModelImport.Parse(file, name);
                Assert.IsTrue(model.Classifies, name);
                Assert.AreEqual(Activation.Softmax, model.Model.Network.Layers[^1].Activation);
            }
        }
    }

    /// <summary>In an archive a layer's weights are under its class and its place among these, not under its name.</summary>
    [TestMethod]
    public void WeightsOfArchivesAreFoundByClassAndOrder()
    {
        KerasSpec first = Dense(1, 1, [2], [0], "relu") with { Name = "dense_1" };
        KerasSpec second = Dense(1, 1, [1], [5]) with { Name = "dense" };
        foreach ((string name, bool _, byte[] file) in Every([1], first, second))
        {
            AssertComputes(file, name, x => Math.Max(0, 2 * x) + 5);
        }

        string swapped = Sequential(true, [1], first with { Name = "dense" }, second with { Name = "dense_1" }).ToJsonString();
        byte[] weights = OldHdfWriter.Write(Vars(named: true, first, second));
        Refusals.Expect("s.keras|\"dense\"|\"dense_1\"", () => KerasReader.Parse(Archive(swapped, weights), "s.keras"));
    }

    [TestMethod]
    [DataRow("Dense", "dense")]
    [DataRow("ReLU", "re_lu")]
    [DataRow("LeakyReLU", "leaky_re_lu")]
    [DataRow("PReLU", "p_re_lu")]
    [DataRow("ELU", "elu")]
    [DataRow("BatchNormalization", "batch_normalization")]
    [DataRow("Conv2D", "conv2d")]
    [DataRow("LSTM", "lstm")]
    public void ClassesAreNamedAsKerasNamesThem(string className, string group) => Assert.AreEqual(group, ArchiveWeights.SnakeCase(className));

    /// <summary>Layers stand in the file in any order; what feeds each says the chain, in both spellings.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void FunctionalChainsAreFollowedFromInputToOutput(bool keras3)
    {
        KerasSpec[] layers =
        [
            Dense(1, 1, [3], [1]) with { Name = "out", Fields = Inbound(keras3, "out", "hidden") },
            Dense(1, 1, [2], [-1], "relu") with { Name = "hidden", Fields = Inbound(keras3, "hidden", "sensor") },
            new KerasSpec("InputLayer", keras3 ? new { batch_shape = new int?[] { null, 1 } } : new { batch_input_shape = new int?[] { null, 1 } }) { Name = "sensor", Fields = new { name = "sensor", inbound_nodes = Array.Empty<object>() } },
        ];
        JsonObject model = Functional(keras3, layers, "sensor", "out");
        foreach (byte[] file in new[]
        {
            OldHdfWriter.Write(Model(model.ToJsonString(), keras3 ? "3.3.3" : "2.4.0", false, layers)),
            Archive(model.ToJsonString(), OldHdfWriter.Write(Vars(keras3, layers)), keras3 ? "3.3.3" : "2.15.0"),
        })
        {
            AssertComputes(file, "f", x => (3 * Math.Max(0, (2 * x) - 1)) + 1);
        }
    }

    [TestMethod]
    [DataRow(2, false, 2e-3)]
    [DataRow(4, false, 1e-6)]
    [DataRow(8, false, 1e-15)]
    [DataRow(2, true, 2e-3)]
    [DataRow(4, true, 1e-6)]
    [DataRow(8, true, 1e-15)]
    public void FloatsOfEverySizeAreRead(int bytes, bool bigEndian, double tolerance)
    {
        HdfData kernel = Numbers([1, 2], 1 / 3.0, -0.1) with { Bytes = bytes, BigEndian = bigEndian };
        KerasSpec layer = new("Dense", new { use_bias = false }, ("kernel", kernel));
        string config = Sequential(true, [1], layer).ToJsonString();
        FloatLayer read = KerasReader.Parse(Archive(config, OldHdfWriter.Write(Vars(true, layer))), "k").Model.Network.Layers[0];
        Assert.AreEqual(1 / 3.0, read.Weights[0][0], tolerance);
        Assert.AreEqual(-0.1, read.Weights[1][0], tolerance);
        double exactly = bytes switch { 2 => (double)(Half)(1 / 3.0), 4 => (float)(1 / 3.0), _ => 1 / 3.0 };
        Assert.AreEqual(exactly, read.Weights[0][0], "what the file says, to the last bit");
    }

    /// <summary>Chunks that do not divide the shape, through each filter alone and all together, by two writers where both can.</summary>
    [TestMethod]
    [DataRow("")]
    [DataRow("1")]
    [DataRow("2")]
    [DataRow("3")]
    [DataRow("2,1")]
    [DataRow("2,1,3")]
    public void ChunksAndFiltersAreUndone(string filters)
    {
        int[] numbers = [.. filters.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        double[] kernel = [.. Enumerable.Range(0, 15).Select(i => (i * 0.5) - 3)];
        foreach ((int[] chunk, Func<HdfGroup, byte[]> write) in new (int[], Func<HdfGroup, byte[]>)[] { ([2, 2], OldHdfWriter.Write), ([5, 3], OldHdfWriter.Write), ([5, 3], PureHdfWriter.Write) })
        {
            KerasSpec layer = new("Dense", new { use_bias = false }, ("kernel", Numbers([5, 3], kernel) with { Chunk = chunk, Filters = numbers }));
            byte[] file = Archive(Sequential(true, [5], layer).ToJsonString(), write(Vars(true, layer)));
            double[][] weights = KerasReader.Parse(file, "c").Model.Network.Layers[0].Weights;
            CollectionAssert.AreEqual(kernel, Enumerable.Range(0, 15).Select(i => weights[i % 3][i / 3]).ToArray());
        }
    }

    /// <summary>HDF5 headers are short, so that Keras writes a long list of names in pieces.</summary>
    [TestMethod]
    public void NamesInPiecesArePutTogether()
    {
        KerasSpec layer = Dense(1, 1, [2], [3]) with { Name = "d" };
        HdfGroup model = Model(Sequential(false, [1], layer).ToJsonString(), "2.15.0", false, layer);
        HdfGroup group = (HdfGroup)((HdfGroup)model.Children["model_weights"]).Children["d"];
        group.Attributes.Remove("weight_names");
        group.Texts("weight_names0", "d/kernel:0").Texts("weight_names1", "d/bias:0");
        AssertComputes(OldHdfWriter.Write(model), "m.h5", x => (2 * x) + 3);
    }

    /// <summary>The manual names each layer and each activation that is read.</summary>
    [TestMethod]
    public void TheManualNamesWhatIsRead()
    {
        string manual = Documents.Document.All.Single(d => d.Path == "tools/README.md").Text;
        string section = manual[manual.IndexOf("### What of Keras is read", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("How far are the integers", StringComparison.Ordinal)];
        foreach (string layer in KerasLayers.Names.Except(["InputLayer", "AlphaDropout", "GaussianDropout", "GaussianNoise", "Identity"]))
        {
            Assert.Contains($"`{layer}`", section, StringComparison.Ordinal);
        }

        IEnumerable<string> activations = typeof(KerasTests).GetMethod(nameof(ActivationsComputeWhatKerasDoes))!.GetCustomAttributes<DataRowAttribute>().Select(row => (string)row.Data[0]!);
        foreach (string activation in activations)
        {
            Assert.Contains(activation, section, StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public void ContentDecidesBeforeTheName()
    {
        foreach ((string _, bool _, byte[] file) in Every([2], Two))
        {
            Assert.AreEqual(2, ModelImport.Parse(file, "model.bin").Model.Network.InputCount);
        }
    }

    internal static object Inbound(bool keras3, string name, string from) => keras3
        ? new { name, inbound_nodes = new object[] { new { args = new object[] { new { class_name = "__keras_tensor__", config = new { shape = new int?[] { null, 1 }, dtype = "float32", keras_history = new object[] { from, 0, 0 } } } }, kwargs = new { } } } }
        : new { name, inbound_nodes = new object[] { new object[] { new object[] { from, 0, 0, new { } } } } };

    internal static JsonObject Functional(bool keras3, KerasSpec[] layers, string input, string output) => new()
    {
        ["class_name"] = keras3 ? "Functional" : "Model",
        ["config"] = new JsonObject
        {
            ["name"] = "m",
            ["layers"] = new JsonArray([.. layers.Select((l, i) => Layer(l, i, keras3))]),
            ["input_layers"] = keras3 ? Json(new object[] { input, 0, 0 }) : Json(new object[] { new object[] { input, 0, 0 } }),
            ["output_layers"] = keras3 ? Json(new object[] { output, 0, 0 }) : Json(new object[] { new object[] { output, 0, 0 } }),
        },
    };

    private static double Compute(byte[] file, double x) => KerasReader.Parse(file, "m").Model.Network.Forward([x])[0];

    private static void AssertComputes(byte[] file, string name, Func<double, double> expected)
    {
        FloatNetwork network = ModelImport.Parse(file, name).Model.Network;
        foreach (double x in Points)
        {
            // Weights and settings were floats of 32 bits.
            Assert.AreEqual(expected(x), network.Forward([x])[0], 1e-6 * Math.Max(1, Math.Abs(expected(x))), $"{name} of {x}");
        }
    }

    private static double Expected(string activation, double x, bool keras3) => activation switch
    {
        "linear" => x,
        "relu" => Math.Max(0, x),
        "relu6" => Math.Clamp(x, 0, 6),
        "tanh" => Math.Tanh(x),
        "sigmoid" => Sigmoid(x),
        "elu" or "celu" => x < 0 ? Math.Exp(x) - 1 : x,
        "selu" => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * (Math.Exp(x) - 1) : x),
        "gelu" => x * NormalIntegral(x),
        "silu" or "swish" => x * Sigmoid(x),
        "hard_sigmoid" => keras3 ? Math.Clamp((x + 3) / 6, 0, 1) : Math.Clamp((0.2 * x) + 0.5, 0, 1),
        "hard_silu" or "hard_swish" => x * Math.Clamp((x + 3) / 6, 0, 1),
        "softplus" => Math.Log(1 + Math.Exp(x)),
        "softsign" => x / (1 + Math.Abs(x)),
        "mish" => x * Math.Tanh(Math.Log(1 + Math.Exp(x))),
        "leaky_relu" => x < 0 ? 0.2 * x : x,
        _ => Math.Clamp(x, -1, 1),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // Simpson's rule on the bell curve.
    private static double NormalIntegral(double x)
    {
        const int Steps = 2000;
        double sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double t = x * i / Steps;
            sum += (i is 0 or Steps ? 1 : i % 2 == 0 ? 2 : 4) * Math.Exp(-t * t / 2);
        }

        return 0.5 + (sum * x / Steps / 3 / Math.Sqrt(2 * Math.PI));
    }
}
