using System.Text;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Import;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Import;

/// <summary>Networks written as JSON.</summary>
[TestClass]
public sealed class JsonModelReaderTests
{
    private const string Full = """
        {"inputs":[{"name":"t","unit":"°C","min":-10,"max":50,"counts":[0,4095],"values":[-10,50]},{"name":"b"}],
         "layers":[{"weights":[[1,-2.5],[0.5,1e-3],[3,4]],"bias":[1,2,3],"activation":"leaky_relu","slope":0.25},
                   {"weights":[[1,2,3],[4,5,6]],"activation":"softmax"}],
         "outputs":[{"name":"dry"},{"name":"wet","unit":"%"}]}
        """;

    [TestMethod]
    public void TheWorkedExampleComputesItsNumber()
    {
        FloatModel model = JsonModelReader.Read(Repository.PathOf("tools/examples/worked-example.json"));
        Assert.AreEqual((2 * Math.Tanh(5)) - Math.Tanh(1), model.Network.Forward([2, 3])[0], 1e-15);
        Assert.AreEqual(1.2382242526, model.Network.Forward([2, 3])[0], 1e-10);
        Assert.IsTrue(model.HasRanges);
        Assert.AreEqual(new InputSpec("b", "", -4, 4), model.Inputs[1]);
    }

    [TestMethod]
    public void EverythingAFileSaysArrives()
    {
        FloatModel model = JsonModelReader.Parse(Full, "m.json");
        Assert.AreEqual(new InputSpec("t", "°C", -10, 50, new CountCalibration(0, 4095, -10, 50)), model.Inputs[0]);
        Assert.AreEqual(new InputSpec("b"), model.Inputs[1]);
        Assert.AreEqual(new OutputSpec("wet", "%"), model.Outputs[1]);
        FloatLayer first = model.Network.Layers[0];
        Assert.AreEqual(Activation.LeakyRelu, first.Activation);
        Assert.AreEqual(0.25, first.Slope);
        CollectionAssert.AreEqual(new[] { 0.5, 1e-3 }, first.Weights[1]);
        CollectionAssert.AreEqual(new[] { 1.0, 2, 3 }, first.Bias);
        CollectionAssert.AreEqual(new[] { 0.0, 0 }, model.Network.Layers[1].Bias);
        Assert.AreEqual(50, model.Inputs[0].Calibration!.Offset + (4095 * model.Inputs[0].Calibration!.Scale), 1e-12);
        Assert.IsFalse(model.HasRanges);
    }

    [TestMethod]
    public void NamesAndBiasesMayBeLeftOut()
    {
        FloatModel model = JsonModelReader.Parse("""{"layers":[{"weights":[[1,2]],"activation":"linear"},],} // done""", "m.json");
        CollectionAssert.AreEqual(new[] { "x1", "x2" }, model.Inputs.Select(i => i.Name).ToArray());
        Assert.AreEqual("y", model.Outputs[0].Name);
        Assert.AreEqual(8, model.Network.Forward([2, 3])[0]);
    }

    [TestMethod]
    [DataRow("tanh", 0.7615941559557649)]
    [DataRow("sigmoid", 0.7310585786300049)]
    [DataRow("relu", 1)]
    [DataRow("leaky_relu", 1)]
    [DataRow("linear", 1)]
    [DataRow("softmax", 1)]
    public void EveryActivationIsKnownByItsName(string name, double atOne)
    {
        FloatModel model = JsonModelReader.Parse($$"""{"layers":[{"weights":[[1]],"activation":"{{name}}"}]}""", "m.json");
        Assert.AreEqual(atOne, model.Network.Forward([1])[0], 1e-15);
        Assert.AreSame(model.Network.Layers[0].Function, ActivationFunction.Named(name));
        Refusals.Expect("Tanh|tanh, sigmoid", () => ActivationFunction.Named("Tanh"));
    }

    [TestMethod]
    [DataRow("elu", "", 2, -0.8646647167633873)]
    [DataRow("elu", ",\"alpha\":0.5", 2, -0.43233235838169365)]
    [DataRow("swish", ",\"beta\":1", 1.7615941559557649, -0.2384058440442351)]
    [DataRow("hard_sigmoid", "", 0.8333333333333333, 0.16666666666666669)]
    [DataRow("hard_sigmoid", ",\"alpha\":0.2", 0.9, 0.09999999999999998)]
    public void ActivationsByTableAreKnownByTheirNamesAndParameters(string name, string parameters, double atTwo, double atMinusTwo)
    {
        FloatModel model = JsonModelReader.Parse($$"""{"layers":[{"weights":[[1]],"activation":"{{name}}"{{parameters}}}]}""", "m.json");
        Assert.AreEqual(Activation.Tabulated, model.Network.Layers[0].Activation);
        Assert.AreEqual(atTwo, model.Network.Forward([2])[0], 1e-15);
        Assert.AreEqual(atMinusTwo, model.Network.Forward([-2])[0], 1e-15);
    }

    [TestMethod]
    [DataRow("", "m.json is empty")]
    [DataRow("{", "not valid JSON at line 1")]
    [DataRow("{\n\"layers\":[\n}", "not valid JSON at line 3")]
    [DataRow("[]", "the file is an array|object")]
    [DataRow("{}", "layers is missing")]
    [DataRow("""{"layers":[]}""", "layers has 0 layers")]
    [DataRow("""{"layers":7}""", "layers is the number 7|array")]
    [DataRow("""{"Layers":[]}""", "unknown field \"Layers\"|did you mean \"layers\"")]
    [DataRow("""{"layers":[],"layers":[]}""", "twice")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"tanh","biass":[1]}]}""", "layers[0] has an unknown field \"biass\"|weights, bias")]
    [DataRow("""{"layers":[{"weights":[[1]]}]}""", "layers[0].activation is missing")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"gelo"}]}""", "layers[0].activation is \"gelo\"|tanh|softmax, elu, selu")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"gelu","alpha":1}]}""", "layers[0].alpha|gelu does not have; remove it")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"tanh","beta":1}]}""", "layers[0].beta|tanh does not have; remove it")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"elu","beta":1}]}""", "layers[0].beta does not go with elu, which takes alpha,")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"celu","alpha":0}]}""", "layers[0].alpha does not go with celu")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"hard_sigmoid","alpha":0}]}""", "layers[0].alpha does not go with hard_sigmoid, which takes alpha, beta")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":3}]}""", "layers[0].activation is the number 3")]
    [DataRow("""{"layers":[{"weights":[],"activation":"tanh"}]}""", "layers[0].weights has 0 neurons")]
    [DataRow("""{"layers":[{"weights":[[]],"activation":"tanh"}]}""", "layers[0].weights[0] has 0 numbers")]
    [DataRow("""{"layers":[{"weights":[1,2],"activation":"tanh"}]}""", "layers[0].weights[0] is the number 1|array")]
    [DataRow("""{"layers":[{"weights":[[1,2],[3]],"activation":"tanh"}]}""", "layers[0].weights[1] has 1 number,|have 2")]
    [DataRow("""{"layers":[{"weights":[[1],[2]],"activation":"tanh"},{"weights":[[1,2,3]],"activation":"linear"}]}""", "layers[1].weights[0] has 3 numbers, but the layer before it has 2 neurons")]
    [DataRow("""{"layers":[{"weights":[[1]],"bias":[1,2],"activation":"tanh"}]}""", "layers[0].bias has 2 numbers, but the layer has 1 neuron")]
    [DataRow("""{"layers":[{"weights":[["NaN"]],"activation":"tanh"}]}""", "layers[0].weights[0][0] is the text \"NaN\"")]
    [DataRow("""{"layers":[{"weights":[[NaN]],"activation":"tanh"}]}""", "not valid JSON")]
    [DataRow("""{"layers":[{"weights":[[null]],"activation":"tanh"}]}""", "layers[0].weights[0][0] is missing")]
    [DataRow("""{"layers":[{"weights":[[1e999]],"activation":"tanh"}]}""", "layers[0].weights[0][0] is 1e999")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"softmax"},{"weights":[[1]],"activation":"linear"}]}""", "layers[0].activation is softmax")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"tanh","slope":0.1}]}""", "layers[0].slope|leaky_relu")]
    [DataRow("""{"layers":[{"weights":[[1]],"activation":"leaky_relu","slope":1}]}""", "layers[0].slope is 1|0 to 0.99")]
    [DataRow("""{"inputs":[{"name":"a"},{"name":"b"}],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "inputs has 2 inputs, but layers[0].weights[0] has 1 number")]
    [DataRow("""{"inputs":[{"name":"a","min":1}],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "inputs[0] has only one of min and max")]
    [DataRow("""{"inputs":[{"name":"a","min":1,"max":1}],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "inputs[0] has a min")]
    [DataRow("""{"inputs":[{"name":"a","counts":[0,1]}],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "inputs[0] has only one of counts and values")]
    [DataRow("""{"inputs":[{"name":"a","counts":[5,5],"values":[0,1]}],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "inputs[0].counts has two equal")]
    [DataRow("""{"inputs":[{"name":"a","counts":[5],"values":[0,1]}],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "inputs[0].counts has 1 numbers, but must have 2")]
    [DataRow("""{"inputs":[{"name":"a"},{"name":"a"}],"layers":[{"weights":[[1,1]],"activation":"tanh"}]}""", "inputs[1] has the name \"a\"")]
    [DataRow("""{"inputs":[{"name":" "}],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "inputs[0].name is blank")]
    [DataRow("""{"inputs":[{"name":"a\u0007"}],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "inputs[0].name must be")]
    [DataRow("""{"inputs":[{"name":"\ud800"}],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "inputs[0].name is no valid text")]
    [DataRow("""{"outputs":[],"layers":[{"weights":[[1]],"activation":"tanh"}]}""", "outputs has 0 outputs")]
    [DataRow("[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]", "nested too deeply")]
    public void WhatIsNoNetworkIsRefusedByItsPath(string text, string parts)
    {
        Refusals.Expect(parts, () => JsonModelReader.Parse(text, "m.json"));
    }

    [TestMethod]
    public void NetworksBeyondTheLimitsAreRefused()
    {
        string layer = """{"weights":[[1]],"activation":"tanh"}""";
        Refusals.Expect("17 layers", () => JsonModelReader.Parse($$"""{"layers":[{{string.Join(",", Enumerable.Repeat(layer, 17))}}]}""", "m.json"));
        string wide = string.Join(",", Enumerable.Repeat("1", 1025));
        Refusals.Expect("1025 numbers", () => JsonModelReader.Parse($$"""{"layers":[{"weights":[[{{wide}}]],"activation":"tanh"}]}""", "m.json"));
    }

    [TestMethod]
    public void EveryTruncationIsRefused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Full.TrimEnd());
        for (int length = 0; length < bytes.Length; length++)
        {
            Refusals.Expect("m.json", () => JsonModelReader.Parse(TextFile.Decode(bytes[..length], "m.json"), "m.json"));
        }
    }

    [TestMethod]
    public void EverySingleByteChangedGivesAResultOrARefusal()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Full);
        for (int at = 0; at < bytes.Length; at++)
        {
            foreach (byte value in "\"[]{},:0-9eE. \\\0\u007f"u8.ToArray().Append((byte)0xFF))
            {
                byte[] changed = [.. bytes];
                changed[at] = value;
                Refusals.ResultOrRefusal(() => JsonModelReader.Parse(TextFile.Decode(changed, "m.json"), "m.json"));
            }
        }
    }

    [TestMethod]
    public void RandomMutationsGiveAResultOrARefusal()
    {
        string[] pieces = ["\"", "[", "]", "{", "}", ",", ":", "null", "true", "1e999", "-1", "[[1]]", "\"\\ud800\"", "\"\\ud800\":1,", "\ud800", "\"name\":", "/*", "//"];
        Gen.Select(Gen.Int[0, Full.Length], Gen.Int[0, 30], Gen.Int[0, pieces.Length - 1].Select(i => pieces[i])).Array[1, 4].Sample(
            edits =>
            {
                string changed = Full;
                foreach ((int at, int cut, string put) in edits)
                {
                    int start = Math.Min(at, changed.Length);
                    changed = changed[..start] + put + changed[Math.Min(start + cut, changed.Length)..];
                }

                Refusals.ResultOrRefusal(() => JsonModelReader.Parse(changed, "m.json"));
            },
            iter: 20_000);
    }
}
