using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Keras.Parsing;

/// <summary>The layers of a Functional model and what feeds each: <c>inbound_nodes</c>, as Keras 2 and as Keras 3 write them.</summary>
internal sealed class KerasGraph(KerasModel model, KerasJson config)
{
    /// <summary>The layers from the only input to the only output.</summary>
    /// <param name="advice">What to do about a model that is no chain.</param>
    internal IReadOnlyList<KerasLayer> Chain(string advice)
    {
        Dictionary<string, KerasLayer> byName = [];
        foreach (KerasLayer layer in model.All)
        {
            if (!byName.TryAdd(layer.Json["name"].Text ?? layer.Name, layer))
            {
                throw layer.Refuse("has the name of another layer", "save the model again");
            }
        }

        string input = Only("input_layers", advice);
        string? at = Only("output_layers", advice);
        List<KerasLayer> chain = [];
        while (at is not null)
        {
            KerasLayer layer = byName.GetValueOrDefault(at) ?? throw new InputRefusedException(
                $"{model.Budget.File} names the layer {ForeignName.Quote(at)}, which it does not have; save the model again.");
            chain.Add(layer);
            if (chain.Count > model.All.Count)
            {
                throw layer.Refuse("feeds itself", advice);
            }

            at = at == input ? null : Source(layer, advice);
        }

        if (chain.Count < model.All.Count)
        {
            KerasLayer left = model.All.First(l => !chain.Contains(l));
            throw left.Refuse("is not on the one way from the input to the output", advice);
        }

        chain.Reverse();
        return chain;
    }

    // [["x",0,0]] or, of one only, ["x",0,0].
    private string Only(string field, string advice)
    {
        KerasJson[] items = config[field].Items;
        KerasJson[] only = items.Length == 1 && items[0].IsArray ? items[0].Items : items;
        return only.Length == 3 && only[0].Text is string name && only[1].Integer == 0 && only[2].Integer == 0
            ? name
            : throw new InputRefusedException($"{model.Budget.File} has {(items.Length > 1 && items[0].IsArray ? $"{items.Length} {field}" : $"{field} that are not one layer")}; {advice}.");
    }

    private static string Source(KerasLayer layer, string advice)
    {
        KerasJson[] calls = layer.Json["inbound_nodes"].Items;
        if (calls.Length != 1)
        {
            throw layer.Refuse($"is called {calls.Length} times", advice);
        }

        // Keras 2: [["x",0,0,{}]]. Keras 3: {"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["x",0,0]}}]}.
        KerasJson[] sources = calls[0].IsObject
            ? [.. calls[0]["args"].Items.Select(a => a["config"]["keras_history"])]
            : calls[0].Items;
        KerasJson[] source = sources.Length == 1 ? sources[0].Items : [];
        return source.Length >= 3 && source[0].Text is string name && source[1].Integer == 0 && source[2].Integer == 0
            ? name
            : throw layer.Refuse("does not take the one result of one layer", advice);
    }
}
