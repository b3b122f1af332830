using System.Text;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Keras.Hdf5;
using NeuralEdge.Learning.Import.Keras.Layers;
using NeuralEdge.Learning.Import.Keras.Parsing;
using NeuralEdge.Learning.Import.Results;

namespace NeuralEdge.Learning.Import.Keras;

/// <summary>Reads Keras models whose layers are a dense network: .keras of Keras 3, and whole-model HDF5 of Keras 2 and 3.</summary>
public static class KerasReader
{
    /// <summary>The longest file that is read.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    /// <summary>True when the bytes begin like an HDF5 file.</summary>
    public static bool IsHdf5(ReadOnlySpan<byte> bytes) => Hdf5File.IsHdf5(bytes);

    /// <summary>Reads a model from memory: an archive when it begins like a zip file, else HDF5.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <param name="output">The output that is wanted, which can only be the last layer; null: that.</param>
    /// <exception cref="InputRefusedException">It is no dense network; the sentence names the layer.</exception>
    public static ImportedModel Parse(byte[] bytes, string name, string? output = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(name);
        if (bytes.Length > MaximumBytes)
        {
            throw new InputRefusedException($"{name} is longer than {MaximumBytes >> 20} MB, the most this program reads; save a smaller network.");
        }

        WorkBudget budget = new(name);
        KerasModel model = bytes.AsSpan().StartsWith("PK"u8) ? OfArchive(bytes, budget) : OfHdf5(bytes, budget);
        KerasLayer last = model.Chain[^1];
        if (output is not null && output != last.Name)
        {
            throw last.Refuse("is the only output", $"leave --output out, or give --output {ForeignName.Quote(last.Name)[1..^1]}");
        }

        List<string> notes = [];
        ChosenOutput chosen = new OutputChoice(budget, model.Scalers, notes, [(last.Name, KerasChain.Evaluate(model))]).Choose();
        FloatNetwork network = LayerBuilder.Finish(chosen.Node, chosen.Scores);
        return new ImportedModel(ModelNaming.Name(network, null, null, null), chosen.Classifies || network.HasProbabilities, NamesInputs: false, notes)
        {
            Scalers = model.Scalers.Statistics(network.InputCount),
        };
    }

    private static KerasModel OfArchive(byte[] bytes, WorkBudget budget)
    {
        KerasArchive archive = new(bytes, budget.File);
        KerasJson config = KerasJson.Parse(archive.Require("config.json"), budget.File, "a config.json");
        string? version = archive.Find("metadata.json") is byte[] metadata ? KerasJson.Parse(metadata, budget.File, "a metadata.json")["keras_version"].Text : null;
        KerasModel model = new(config, version, budget);
        const string Weights = "model.weights.h5";
        Hdf5File weights = new(archive.Require(Weights), budget, Weights);
        model.Weights = new ArchiveWeights(weights.Root, model.All);
        return model;
    }

    private static KerasModel OfHdf5(byte[] bytes, WorkBudget budget)
    {
        Hdf5Object root = new Hdf5File(bytes, budget).Root;
        Hdf5Object? weights = root.Find("model_weights");
        if (root.Attribute("model_config") is not [string config] || weights is null)
        {
            throw new InputRefusedException($"{budget.File} is an HDF5 file without the attribute model_config and the group model_weights, so weights at best and no whole model; in Python, model.save(\"model.keras\") writes one.");
        }

        string? version = (root.Attribute("keras_version") ?? weights.Attribute("keras_version"))?.FirstOrDefault();
        KerasModel model = new(KerasJson.Parse(Encoding.UTF8.GetBytes(config), budget.File, "a model_config"), version, budget)
        {
            Weights = new ModelWeights(weights),
        };
        return model;
    }
}
