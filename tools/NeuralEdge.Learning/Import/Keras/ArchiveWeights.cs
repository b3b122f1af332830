using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Keras.Hdf5;
using NeuralEdge.Learning.Import.Keras.Parsing;

namespace NeuralEdge.Learning.Import.Keras;

/// <summary>
/// The weights of a .keras file: <c>layers/dense_1/vars/0</c> is the first weight of the second layer of the class Dense,
/// whatever the layers are called. Files of newer versions say the layer's name in the attribute <c>name</c> of <c>vars</c>.
/// </summary>
internal sealed partial class ArchiveWeights : IKerasWeights
{
    private readonly Hdf5Object _root;
    private readonly Dictionary<int, string> _groups = [];

    /// <summary>The weights of a file.</summary>
    /// <param name="root">The root of model.weights.h5.</param>
    /// <param name="layers">All layers of the model, in their order.</param>
    internal ArchiveWeights(Hdf5Object root, IReadOnlyList<KerasLayer> layers)
    {
        _root = root;
        Dictionary<string, int> used = [];
        foreach (KerasLayer layer in layers)
        {
            string name = SnakeCase(layer.ClassName);
            int before = used.GetValueOrDefault(name);
            used[name] = before + 1;
            _groups[layer.Index] = before == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{before}");
        }
    }

    /// <inheritdoc/>
    public ConstantValue[] Read(KerasLayer layer, string[] names, int count)
    {
        string path = $"layers/{_groups[layer.Index]}/vars";
        Hdf5Object group = _root.Find(path) ?? throw layer.Refuse(
            $"has no weights under {path}", "load the model in the newest Keras and save it again with model.save(\"model.keras\")");
        if (group.Names.Count != names.Length)
        {
            throw layer.Refuse($"has {group.Names.Count} weights under {path}, and {names.Length} are expected ({string.Join(", ", names)})", "save a plain model, without quantisation or LoRA");
        }

        if (group.Attribute("name") is [string named] && named != layer.Name)
        {
            throw layer.Refuse($"should have its weights under {path}, but these are of {ForeignName.Quote(named)}", "load the model in Keras and save it again");
        }

        return [.. names.Take(count).Select((name, i) => (group.Find(i.ToString(CultureInfo.InvariantCulture))
            ?? throw layer.Refuse($"lacks its weight {path}/{i} ({name})", "save the model again")).Numbers($"{path}/{i}"))];
    }

    /// <summary>Keras's own rule: LeakyReLU is leaky_re_lu.</summary>
    internal static string SnakeCase(string name) =>
        BeforeCapital().Replace(BeforeWord().Replace(NotLetters().Replace(name, ""), "$1_$2"), "$1_$2").ToLowerInvariant();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NotLetters();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex BeforeWord();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex BeforeCapital();
}
