using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuralEdge.Tests.Import.Keras;

/// <summary>One layer of a model that a test writes.</summary>
/// <param name="Class">Its class in Keras.</param>
/// <param name="Config">Its settings but for the name.</param>
/// <param name="Weights">Its weights by their names, in Keras's order.</param>
internal sealed record KerasSpec(string Class, object? Config = null, params (string Name, HdfNode Data)[] Weights)
{
    /// <summary>Its name; null for one of its class and its place.</summary>
    internal string? Name { get; init; }

    /// <summary>Fields beside class_name and config.</summary>
    internal object? Fields { get; init; }
}

/// <summary>Keras files of models that tests describe, as Keras 2 and Keras 3 lay them out.</summary>
internal static class KerasFiles
{
    internal static HdfData Numbers(int[] shape, params double[] numbers) => new(shape, numbers);

    /// <summary>A dense layer; the weights of a neuron stand in a column.</summary>
    internal static KerasSpec Dense(int inputs, int units, double[] kernel, double[]? bias, object? activation = null) => new(
        "Dense",
        new { units, activation = activation ?? "linear", use_bias = bias is not null },
        [("kernel", Numbers([inputs, units], kernel)), .. bias is null ? [] : new[] { ("bias", (HdfNode)Numbers([units], bias)) }]);

    /// <summary>A Sequential model's description, of Keras 3 unless it is of Keras 2.</summary>
    internal static JsonObject Sequential(bool keras3, int[] inputShape, params KerasSpec[] layers)
    {
        JsonArray list = [];
        if (keras3)
        {
            list.Add(Json(new { module = "keras.layers", class_name = "InputLayer", config = new { batch_shape = Batch(inputShape), dtype = "float32", name = "input_layer" }, registered_name = (string?)null }));
        }

        for (int i = 0; i < layers.Length; i++)
        {
            JsonObject layer = Layer(layers[i], i, keras3);
            if (!keras3 && i == 0)
            {
                layer["config"]!["batch_input_shape"] = Json(Batch(inputShape));
            }

            list.Add(layer);
        }

        JsonObject model = new() { ["class_name"] = "Sequential", ["config"] = new JsonObject { ["name"] = "sequential", ["layers"] = list } };
        if (keras3)
        {
            model["module"] = "keras";
            model["registered_name"] = "Sequential";
        }

        return model;
    }

    internal static JsonObject Layer(KerasSpec layer, int index, bool keras3)
    {
        JsonObject config = layer.Config is null ? [] : (JsonObject)Json(layer.Config)!;
        config["name"] = NameOf(layer, index);
        JsonObject json = new() { ["class_name"] = layer.Class, ["config"] = config };
        if (keras3)
        {
            json["module"] = "keras.layers";
            json["registered_name"] = null;
        }

        foreach ((string field, JsonNode? value) in layer.Fields is null ? [] : (JsonObject)Json(layer.Fields)!)
        {
            json[field] = value?.DeepClone();
        }

        return json;
    }

    internal static JsonNode? Json(object value) => JsonSerializer.SerializeToNode(value);

    internal static string NameOf(KerasSpec layer, int index) => layer.Name ?? string.Create(CultureInfo.InvariantCulture, $"{layer.Class.ToLowerInvariant()}_{index}");

    /// <summary>A whole-model HDF5 file's content.</summary>
    internal static HdfGroup Model(string config, string? version, bool fixedTexts, params KerasSpec[] layers)
    {
        HdfGroup root = new() { FixedTexts = fixedTexts };
        HdfGroup weights = new() { FixedTexts = fixedTexts };
        root.Text("model_config", config).Text("backend", "tensorflow").Put("model_weights", weights);
        if (version is not null)
        {
            root.Text("keras_version", version);
        }

        weights.Texts("layer_names", [.. layers.Select(NameOf)]);
        for (int i = 0; i < layers.Length; i++)
        {
            string name = NameOf(layers[i], i);
            HdfGroup group = new() { FixedTexts = fixedTexts };
            string suffix = version?[0] == '2' ? ":0" : "";
            if (layers[i].Weights.Length > 0)
            {
                group.Texts("weight_names", [.. layers[i].Weights.Select(w => $"{name}/{w.Name}{suffix}")]);
            }

            foreach ((string weight, HdfNode data) in layers[i].Weights)
            {
                group.Put($"{name}/{weight}{suffix}", data);
            }

            weights.Put(name, group);
        }

        return root;
    }

    /// <summary>What model.weights.h5 of a .keras file holds.</summary>
    internal static HdfGroup Vars(bool named, params KerasSpec[] layers)
    {
        HdfGroup root = new();
        Dictionary<string, int> used = [];
        for (int i = 0; i < layers.Length; i++)
        {
            string name = layers[i].Class switch
            {
                "Dense" => "dense",
                "PReLU" => "p_re_lu",
                "ReLU" => "re_lu",
                "LeakyReLU" => "leaky_re_lu",
                "BatchNormalization" => "batch_normalization",
                "Normalization" => "normalization",
                string other => other.ToLowerInvariant(),
            };
            int before = used.GetValueOrDefault(name);
            used[name] = before + 1;
            HdfGroup vars = new();
            if (named)
            {
                vars.Text("name", NameOf(layers[i], i));
            }

            for (int w = 0; w < layers[i].Weights.Length; w++)
            {
                vars.Put(w.ToString(CultureInfo.InvariantCulture), layers[i].Weights[w].Data);
            }

            root.Put($"layers/{name}{(before > 0 ? $"_{before}" : "")}/vars", vars);
        }

        return root.Put("vars", new HdfGroup());
    }

    internal static byte[] Archive(string config, byte[] weights, string? version = "3.9.2") => Zip(
    [
        .. version is null ? [] : new[] { ("metadata.json", Encoding.UTF8.GetBytes($$"""{"keras_version": "{{version}}", "date_saved": "2025-01-01@00:00:00"}""")) },
        ("config.json", Encoding.UTF8.GetBytes(config)),
        ("model.weights.h5", weights),
    ]);

    internal static byte[] Zip((string Name, byte[] Content)[] files, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The same model in every way that files are laid out: what it is called, whether of Keras 3, and the bytes.</summary>
    internal static IEnumerable<(string Name, bool Keras3, byte[] File)> Every(int[] inputShape, params KerasSpec[] layers)
    {
        string keras2 = Sequential(false, inputShape, layers).ToJsonString();
        string keras3 = Sequential(true, inputShape, layers).ToJsonString();
        yield return ("old2.h5", false, OldHdfWriter.Write(Model(keras2, "2.15.0", fixedTexts: false, layers)));
        yield return ("fixed2.h5", false, OldHdfWriter.Write(Model(keras2, "2.2.4", fixedTexts: true, layers)));
        yield return ("old3.h5", true, OldHdfWriter.Write(Model(keras3, "3.9.2", fixedTexts: false, layers)));
        yield return ("pure3.h5", true, PureHdfWriter.Write(Model(keras3, "3.9.2", fixedTexts: false, layers)));
        yield return ("old.keras", true, Archive(keras3, OldHdfWriter.Write(Vars(named: true, layers))));
        yield return ("pure.keras", true, Archive(keras3, PureHdfWriter.Write(Vars(named: false, layers)), "3.0.5"));
    }

    private static int?[] Batch(int[] shape) => [null, .. shape.Select(s => (int?)s)];
}
