using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Keras.Parsing;

/// <summary>One layer of a Keras model while it is converted: its settings, its weights, and the words to refuse it.</summary>
internal sealed class KerasLayer : INodeContext
{
    private readonly KerasModel _model;

    /// <summary>A layer.</summary>
    /// <param name="model">The model that it is of.</param>
    /// <param name="index">Its place in the model's list.</param>
    /// <param name="json">What the file says of it.</param>
    internal KerasLayer(KerasModel model, int index, KerasJson json)
    {
        (_model, Index, Json) = (model, index, json);
        ClassName = json["class_name"].Text ?? throw new InputRefusedException(
            $"{model.Budget.File} has a layer {index} without a class_name; save it again with model.save(\"model.keras\").");
        Name = json["config"]["name"].Text ?? json["name"].Text ?? "";
    }

    /// <summary>A layer that stands as an activation in the settings of another.</summary>
    /// <param name="owner">The other.</param>
    /// <param name="json">What the file says of it.</param>
    internal KerasLayer(KerasLayer owner, KerasJson json)
        : this(owner._model, owner.Index, json)
    {
    }

    public WorkBudget Budget => _model.Budget;

    public InputScalers Scalers => _model.Scalers;

    /// <summary>Its place in the model's list.</summary>
    internal int Index { get; }

    /// <summary>What the file says of it.</summary>
    internal KerasJson Json { get; }

    /// <summary>Its settings.</summary>
    internal KerasJson Config => Json["config"];

    /// <summary>Its class, such as Dense.</summary>
    internal string ClassName { get; }

    /// <summary>The name that the model gives it.</summary>
    internal string Name { get; }

    /// <summary>True for Keras 3, false for Keras 2, null when the file does not say.</summary>
    internal bool? IsKeras3 => _model.IsKeras3;

    public InputRefusedException Refuse(string what, string advice) =>
        new($"{Budget.File}: layer {Index} ({ForeignName.Quote(ClassName)[1..^1]} {ForeignName.Quote(Name)}) {what}; {advice}.");

    /// <summary>Its weights, in the order in which Keras makes them.</summary>
    /// <param name="names">What each is called; as many as there must be.</param>
    internal ConstantValue[] Weights(params string[] names) => FirstWeights(names.Length, names);

    /// <summary>Its first weights, where the others are of no use.</summary>
    /// <param name="count">How many are read.</param>
    /// <param name="names">What each of all is called.</param>
    internal ConstantValue[] FirstWeights(int count, params string[] names) => _model.Weights.Read(this, names, count);

    /// <summary>A setting that is a number.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="otherwise">What it is when the file does not say.</param>
    internal double Number(string field, double otherwise) => !Config[field].Exists
        ? otherwise
        : Config[field].Number ?? throw Refuse($"has a {field} that is no number", "save the model again");

    /// <summary>A setting that is true or false.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="otherwise">What it is when the file does not say.</param>
    internal bool Flag(string field, bool otherwise) => Config[field].Exists ? Config[field].IsTrue : otherwise;

    /// <summary>Numbers that depend on the inputs.</summary>
    internal AffineValue Affine(Value value) =>
        LayerBuilder.ToLayer(this, value) as AffineValue ?? throw Refuse("computes with constants only", "save a model whose layers follow one another");

    /// <summary>Refuses what is not of Keras itself.</summary>
    internal void RequireBuiltIn()
    {
        string? module = Json["module"].Text;
        string? registered = Json["registered_name"].Text;
        if ((module is not null && module != "keras" && !module.StartsWith("keras.", StringComparison.Ordinal))
            || (registered is not null && registered.Contains('>', StringComparison.Ordinal)))
        {
            throw Refuse("is of a class of somebody's own", "build the model of Keras's own dense layers, or train one on a table with neuraledge train");
        }
    }
}
