using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Import.Keras;
using static NeuralEdge.Tests.Import.Keras.KerasFiles;

namespace NeuralEdge.Tests.Import.Keras;

/// <summary>What a board cannot run, and what a broken or hostile Keras file holds, is refused in one sentence that names it.</summary>
[TestClass]
public sealed class KerasRefusalTests
{
    private static readonly KerasSpec One = Dense(1, 1, [2], [3]);

    [TestMethod]
    [DataRow("LSTM", "recurrent|neuraledge train")]
    [DataRow("Conv2D", "convolution|model.export")]
    [DataRow("Lambda", "Python code")]
    [DataRow("Sequential", "model inside the model")]
    [DataRow("LayerNormalization", "nothing that dense networks")]
    [DataRow("Masking", "nothing that dense networks")]
    [DataRow("SeeMyOwnLayer", "nothing that dense networks")]
    [DataRow("InputLayer", "second input")]
    public void LayersThatNoBoardHasAreRefusedByName(string className, string parts)
    {
        foreach ((string name, bool _, byte[] file) in Every([1], One, new KerasSpec(className)))
        {
            Refusals.Expect($"{name}: layer |({className} \"{className.ToLowerInvariant()}_1\")|{parts}", () => ModelImport.Parse(file, name));
        }
    }

    [TestMethod]
    public void SettingsThatNoBoardHasAreRefused()
    {
        (KerasSpec Layer, string Parts)[] cases =
        [
            (new("ReLU", new { threshold = 1.0 }), "threshold"),
            (new("ReLU", new { max_value = 0.0 }), "max_value"),
            (new("Activation", new { activation = "softshrink_of_mine" }), "softshrink_of_mine"),
            (new("Activation", new { activation = new { class_name = "__lambda__", config = new { code = "x" } } }), "__lambda__"),
            (new("Activation", new { activation = "log_softmax" }), "log_softmax"),
            (new("BatchNormalization", new { renorm = true }), "renorm"),
            (new("BatchNormalization", new { axis = 5 }), "axis"),
            (new("BatchNormalization", null, ("gamma", Numbers([1], 1)), ("beta", Numbers([1], 0)), ("moving_mean", Numbers([1], 0)), ("moving_variance", Numbers([1], -1))), "variance below 0"),
            (new("Rescaling", new { offset = 1.0 }), "scale"),
            (new("Rescaling", new { scale = new[] { 1.0, 2 } }), "[2]"),
            (new("Reshape", new { target_shape = new[] { 2, 3 } }), "reshapes 1 numbers to (2, 3)"),
            (new("Reshape", new { target_shape = new[] { 0 } }), "reshapes"),
            (new("Reshape", new { target_shape = new[] { -1, -1 } }), "reshapes"),
            (new("Softmax", new { axis = 7 }), "axis 7"),
            (new("Dense", new { units = 1 }, ("kernel", Numbers([1, 1], 1)), ("bias", Numbers([1], 0)), ("lora_kernel_a", Numbers([1, 1], 0))), "3 weights"),
            (new("Dense", new { units = 2 }, ("kernel", Numbers([1, 1], 1)), ("bias", Numbers([1], 0))), "units"),
            (Dense(2, 1, [1, 1], [0]), "[2,1]|[1]"),
            (new("Dense", new { units = 1 }, ("kernel", Numbers([1, 1], 1)), ("bias", Numbers([2], 0, 1))), "bias|[2]"),
            (Dense(1, 1, [double.NaN], [0]), "NaN"),
            (Dense(1, 1, [1], [double.PositiveInfinity]), "infinite"),
            (Dense(1, 1, [1], [0]) with { Fields = new { module = "my.layers", registered_name = "Mine" } }, "somebody's own"),
        ];
        foreach ((KerasSpec layer, string parts) in cases)
        {
            foreach ((string name, bool _, byte[] file) in Every([1], One, layer))
            {
                Refusals.Expect($"{name}|{parts}", () => ModelImport.Parse(file, name));
            }
        }
    }

    [TestMethod]
    public void ModelsThatAreNoChainAreRefused()
    {
        foreach (bool keras3 in new[] { true, false })
        {
            KerasSpec input = new("InputLayer", new { batch_shape = new int?[] { null, 1 }, batch_input_shape = new int?[] { null, 1 } }) { Name = "in", Fields = new { name = "in", inbound_nodes = Array.Empty<object>() } };
            KerasSpec Linked(string name, string from) => Dense(1, 1, [1], [0]) with { Name = name, Fields = KerasTests.Inbound(keras3, name, from) };
            Expect(keras3, "not on the one way", [input, Linked("a", "in"), Linked("b", "in")], "in", "a");
            Expect(keras3, "feeds itself", [input, Linked("a", "b"), Linked("b", "a")], "in", "a");
            Expect(keras3, "\"nowhere\"", [input, Linked("a", "nowhere")], "in", "a");
            Expect(keras3, "is called 0 times", [input, Dense(1, 1, [1], [0]) with { Name = "a", Fields = new { name = "a" } }], "in", "a");
            Expect(keras3, "name of another", [input, Linked("a", "in"), Linked("a", "in")], "in", "a");
        }

        static void Expect(bool keras3, string parts, KerasSpec[] layers, string from, string to) =>
            Refusals.Expect($"m.h5|{parts}", () => KerasReader.Parse(OldHdfWriter.Write(Model(KerasTests.Functional(keras3, layers, from, to).ToJsonString(), "3.0.0", false, layers)), "m.h5"));
    }

    [TestMethod]
    [DataRow("""{"class_name":"MyModel","module":"mine","registered_name":"MyModel","config":{}}""", "MyModel|chain")]
    [DataRow("""{"class_name":"Sequential","config":{"layers":[]}}""", "Sequential")]
    [DataRow("""{"class_name":"Sequential","config":{"layers":[{"config":{}}]}}""", "class_name")]
    [DataRow("""{"class_name":"Sequential","config":{"layers":[{"class_name":"Dense","config":{}}]}}""", "sizes are not all known")]
    [DataRow("""{"class_name":"Sequential","config":{"layers":[{"class_name":"InputLayer","config":{"batch_shape":[null,null]}}]}}""", "sizes are not all known")]
    [DataRow("""{"class_name":"Sequential","config":{"layers":[{"class_name":"InputLayer","config":{"batch_shape":[null,2000000000,2000000000]}}]}}""", "1 to")]
    [DataRow("""{"class_name":"Sequential","class_name":"Sequential"}""", "valid JSON")]
    [DataRow("""{"class_name":"\uD800"}""", "valid text")]
    [DataRow("[]", "class")]
    [DataRow("", "valid JSON")]
    public void DescriptionsThatTellNoNetworkAreRefused(string json, string parts)
    {
        byte[] weights = OldHdfWriter.Write(Vars(true, One));
        Refusals.Expect($"m.keras|{parts}", () => ModelImport.Parse(Archive(json, weights), "m.keras"));
        Refusals.Expect("m.h5|" + parts, () => ModelImport.Parse(OldHdfWriter.Write(Model(json, "3.0.0", false, One)), "m.h5"));
    }

    [TestMethod]
    public void DeepJsonEndsInASentence() => Refusals.Expect("m.keras|nested", () => ModelImport.Parse(
        Archive(string.Concat(Enumerable.Repeat("""{"config":""", 200_000)), OldHdfWriter.Write(Vars(true, One))), "m.keras"));

    [TestMethod]
    public void WhatIsMissingIsNamed()
    {
        string config = Sequential(true, [1], One).ToJsonString();
        byte[] weights = OldHdfWriter.Write(Vars(true, One));
        Refusals.Expect("m.keras|without config.json", () => ModelImport.Parse(Zip([("model.weights.h5", weights)]), "m.keras"));
        Refusals.Expect("m.keras|without model.weights.h5", () => ModelImport.Parse(Zip([("config.json", Encoding.UTF8.GetBytes(config))]), "m.keras"));
        Refusals.Expect("m.h5|model_config", () => ModelImport.Parse(weights, "m.h5"));
        Refusals.Expect("m.h5|no HDF5 file", () => ModelImport.Parse("hello"u8.ToArray(), "m.h5"));
        Refusals.Expect("m.keras|layers/dense/vars", () => ModelImport.Parse(Archive(config, OldHdfWriter.Write(new HdfGroup())), "m.keras"));

        HdfGroup Without(string what)
        {
            HdfGroup model = Model(Sequential(true, [1], One).ToJsonString(), "3.0.0", false, One);
            HdfGroup layers = (HdfGroup)model.Children["model_weights"];
            HdfGroup layer = (HdfGroup)layers.Children["dense_0"];
            _ = what switch
            {
                "model_weights" => model.Children.Remove(what),
                "group" => layers.Children.Remove("dense_0"),
                "weight_names" => layer.Attributes.Remove(what),
                _ => ((HdfGroup)layer.Children["dense_0"]).Children.Remove(what),
            };
            return model;
        }

        foreach ((string what, string parts) in new[] { ("model_weights", "model_weights"), ("group", "no group"), ("weight_names", "weight_names"), ("kernel", "lacks its weight|kernel") })
        {
            Refusals.Expect($"m.h5|{parts}", () => ModelImport.Parse(OldHdfWriter.Write(Without(what)), "m.h5"));
        }
    }

    /// <summary>A file that leads elsewhere is not followed: neither to another file nor in a circle.</summary>
    [TestMethod]
    public void NoOtherPlaceIsEverRead()
    {
        string config = Sequential(true, [1], One).ToJsonString();
        HdfGroup soft = Vars(true, One);
        soft.Put("layers", new HdfLink("/layers"));
        Refusals.Expect("m.keras|link \"layers\"", () => ModelImport.Parse(Archive(config, OldHdfWriter.Write(soft)), "m.keras"));
        KerasSpec outside = new("Dense", new { use_bias = false }, ("kernel", Numbers([1, 1], 1) with { IsOutside = true }));
        Refusals.Expect("m.keras|another file", () => ModelImport.Parse(Archive(Sequential(true, [1], outside).ToJsonString(), OldHdfWriter.Write(Vars(true, outside))), "m.keras"));
        KerasSpec packed = new("Dense", new { use_bias = false }, ("kernel", Numbers([1, 1], 1) with { Chunk = [1, 1], Filters = [32000] }));
        Refusals.Expect("m.keras|filter 32000", () => ModelImport.Parse(Archive(Sequential(true, [1], packed).ToJsonString(), OldHdfWriter.Write(Vars(true, packed))), "m.keras"));
    }

    /// <summary>Small files that ask for much: sizes in headers, chunks and archives that unpack to gigabytes, trees in circles.</summary>
    [TestMethod]
    public void WhatAFileAsksForIsHeldAgainstWhatItIs()
    {
        KerasSpec wide = new("Dense", new { use_bias = false }, ("kernel", new HdfData([1 << 30, 1 << 30], [1])));
        KerasSpec chunked = new("Dense", new { use_bias = false }, ("kernel", new HdfData([1000, 1000], new double[1_000_000]) { Chunk = [1000, 1000], Filters = [1] }));
        byte[] bomb = OldHdfWriter.Write(Vars(true, chunked));

        // One number in one chunk of one, which unpacks to a million.
        Replace(bomb, [.. BitConverter.GetBytes(1000L), .. BitConverter.GetBytes(1000L)], [.. BitConverter.GetBytes(1L), .. BitConverter.GetBytes(1L)]);
        Replace(bomb, [.. BitConverter.GetBytes(1000), .. BitConverter.GetBytes(1000)], [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(1)]);
        byte[] circle = OldHdfWriter.Write(Vars(true, One));
        int tree = circle.AsSpan().LastIndexOf("TREE"u8);
        circle[tree + 5] = 1;
        BitConverter.TryWriteBytes(circle.AsSpan(tree + 32), (long)tree);
        string config = Sequential(true, [1], One).ToJsonString();
        byte[] zeros = new byte[60 << 20];
        (string Parts, byte[] File)[] cases =
        [
            ("more than the largest layer", Archive(Sequential(true, [1], wide).ToJsonString(), OldHdfWriter.Write(Vars(true, wide)))),
            ("unpacks to more than its shape", Archive(Sequential(true, [1], chunked).ToJsonString(), bomb)),
            ("its model.weights.h5 is a damaged HDF5 file|no end|save or download it again", Archive(config, circle)),
            ("its model.weights.h5 is no HDF5 file|save the model again", Zip([("config.json", Encoding.UTF8.GetBytes(config)), ("model.weights.h5", zeros)], CompressionLevel.Optimal)),
            ("more than 16 MB", Zip([("config.json", zeros), ("model.weights.h5", [1])], CompressionLevel.Optimal)),
            ("more than 10000 files", Zip([.. Enumerable.Range(0, 10_001).Select(i => ($"{i}", Array.Empty<byte>()))])),
            ("70 MB", Zip([("config.json", new byte[70 << 20]), ("model.weights.h5", [1])], CompressionLevel.Optimal)),
        ];
        foreach ((string parts, byte[] file) in cases)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Refusals.Expect($"m.keras|{parts}", () => ModelImport.Parse(file, "m.keras"));
            Assert.IsLessThan(256L << 20, GC.GetAllocatedBytesForCurrentThread() - before, parts);
        }
    }

    private static void Replace(byte[] file, byte[] from, byte[] to) => to.CopyTo(file.AsSpan(file.AsSpan().IndexOf(from)));

    /// <summary>Weights that changed on the way are found out by the archive's own checksum.</summary>
    [TestMethod]
    public void AChangedWeightOfAnArchiveIsFoundOut()
    {
        KerasSpec layer = Dense(1, 1, [1234.5], [3]);
        byte[] file = Archive(Sequential(true, [1], layer).ToJsonString(), OldHdfWriter.Write(Vars(true, layer)));
        file[file.AsSpan().IndexOf(BitConverter.GetBytes(1234.5f)) + 1] ^= 4;
        Refusals.Expect("m.keras|checksum of model.weights.h5", () => ModelImport.Parse(file, "m.keras"));
    }

    /// <summary>Names in an archive that lead out of it lead nowhere: nothing is unpacked.</summary>
    [TestMethod]
    public void OtherFilesOfAnArchiveAreLeftAlone()
    {
        byte[] file = Zip(
        [
            ("../../escaped.txt", "x"u8.ToArray()), ("/etc/escaped", "x"u8.ToArray()), ("sub/config.json", "{"u8.ToArray()),
            ("config.json", Encoding.UTF8.GetBytes(Sequential(true, [1], One).ToJsonString())),
            ("model.weights.h5", OldHdfWriter.Write(Vars(true, One))),
        ]);
        Assert.AreEqual(7, ModelImport.Parse(file, "m.keras").Model.Network.Forward([2])[0]);
        Refusals.Expect("m.keras|twice", () => ModelImport.Parse(Zip([("config.json", "{}"u8.ToArray()), ("config.json", "{}"u8.ToArray())]), "m.keras"));
    }

    [TestMethod]
    public void OnlyTheLastLayerIsAnOutput()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "m.keras");
        File.WriteAllBytes(path, Archive(Sequential(true, [1], One).ToJsonString(), OldHdfWriter.Write(Vars(true, One))));
        Assert.AreEqual(1, ModelImport.Read(path, "dense_0").Model.Network.OutputCount);
        Refusals.Expect("m.keras|only output|dense_0", () => ModelImport.Read(path, "other"));
    }

    [TestMethod]
    public void RangesComeFromANormalisationOfDataAndFromNothingElse()
    {
        (double Mean, double Deviation)?[] Of(KerasSpec first) => KerasReader.Parse(
            Archive(Sequential(true, [2], first, Dense(2, 1, [1, 1], [0])).ToJsonString(), OldHdfWriter.Write(Vars(true, first, Dense(2, 1, [1, 1], [0])))), "m.keras").Scalers;
        (string, HdfNode)[] statistics = [("mean", Numbers([2], 5.84, -1.05) with { Bytes = 8 }), ("variance", Numbers([2], 0.83 * 0.83, 0.31 * 0.31) with { Bytes = 8 }), ("count", Numbers([], 0))];
        (double, double)?[] found = Of(new KerasSpec("Normalization", new { axis = new[] { -1 } }, statistics));
        Assert.AreEqual(5.84, found[0]!.Value.Item1, 1e-12);
        Assert.AreEqual(0.31, found[1]!.Value.Item2, 1e-12);
        KerasSpec[] others =
        [
            new("Rescaling", new { scale = 1 / 255.0, offset = -0.5 }),
            new("Normalization", new { axis = -1, mean = 0.5, variance = 0.25 }),
            new("Normalization", new { axis = -1, mean = new[] { 5.84, -1.05 }, variance = new[] { 0.69, 0.1 }, invert = true }),
            new("BatchNormalization", null, ("gamma", Numbers([2], 1, 1)), ("beta", Numbers([2], 0, 0)), ("moving_mean", Numbers([2], 5.84, -1.05)), ("moving_variance", Numbers([2], 0.69, 0.1))),
        ];
        foreach (KerasSpec other in others)
        {
            Assert.IsTrue(Array.TrueForAll(Of(other), s => s is null), $"{other.Class} {other.Config}");
        }
    }
}
