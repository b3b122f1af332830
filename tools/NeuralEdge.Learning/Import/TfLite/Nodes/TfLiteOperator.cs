using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.TfLite.Nodes;

/// <summary>An operator of TensorFlow Lite: what it makes of the values of its inputs.</summary>
/// <param name="code">Its number in TensorFlow Lite's schema.</param>
/// <param name="name">Its name there.</param>
internal abstract class TfLiteOperator(int code, string name)
{
    internal int Code { get; } = code;

    internal string Name { get; } = name;

    /// <summary>True when its other inputs need not be computed.</summary>
    internal virtual bool NeedsFirstInputOnly => false;

    /// <summary>The value of its first output; no other is read.</summary>
    /// <exception cref="Conversion.InputRefusedException">No dense network does this; made by <see cref="TfLiteNode.Refuse"/>.</exception>
    internal abstract Value Evaluate(TfLiteNode node);
}
