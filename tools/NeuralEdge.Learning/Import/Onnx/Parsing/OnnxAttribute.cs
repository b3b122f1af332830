namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>An attribute of a node; which of its fields count, the operator decides.</summary>
internal sealed class OnnxAttribute
{
    internal bool HasFloat { get; set; }

    internal float Float { get; set; }

    internal bool HasInteger { get; set; }

    internal long Integer { get; set; }

    internal string? Text { get; set; }

    internal OnnxTensor? Tensor { get; set; }

    internal bool HasGraph { get; set; }

    /// <summary>The attribute of a function's call that this one stands for; null when it has its own value.</summary>
    internal string? Reference { get; set; }

    internal double[] Floats { get; set; } = [];

    internal double[] Integers { get; set; } = [];

    internal List<string> Texts { get; } = [];
}
