using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.TfLite;

/// <summary>
/// Walks the operators in their order. Quantised tensors are taken as the real numbers they stand for; the rounding
/// of what is computed between them is not imitated, because the board has a finer one of its own.
/// </summary>
internal sealed class TfLiteFolder(TfLiteGraph graph, WorkBudget budget)
{
    private readonly Value?[] _values = new Value?[graph.Tensors.Length];
    private readonly (double Minimum, double Maximum)?[] _ranges = new (double, double)?[graph.Tensors.Length];

    /// <summary>How many inputs the network takes.</summary>
    internal int InputWidth { get; private set; }

    /// <summary>The range that quantisation gives all elements of the input; null when it gives none.</summary>
    internal (double Minimum, double Maximum)? Range { get; private set; }

    /// <summary>True when weights or activations are 8-bit.</summary>
    internal bool IsQuantised { get; private set; }

    /// <summary>The largest step of an 8-bit output, 0 when it is float.</summary>
    internal double OutputStep { get; private set; }

    /// <summary>The network's outputs.</summary>
    internal (SymbolValue Outputs, INodeSite Site) Fold()
    {
        if (graph.Inputs.Length != 1 || graph.Outputs.Length != 1)
        {
            throw Refuse($"has {graph.Inputs.Length} inputs and {graph.Outputs.Length} outputs", "a network with one of each can be read, so export one");
        }

        int input = RequireTensor(graph.Inputs[0], "input");
        int output = RequireTensor(graph.Outputs[0], "output");
        SetInput(input);
        TfLiteNode? last = null;
        bool[] needed = Needed(output);
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            if (needed[i])
            {
                last = new TfLiteNode(graph, i, budget);
                Run(last);
            }
        }

        Range = _ranges[input] ?? Range;
        OutputStep = graph.Tensors[output] is { IsQuantised: true } stepped ? stepped.Scales[0] : 0;
        return _values[output] is SymbolValue symbol && last is not null
            ? (symbol, last)
            : throw Refuse($"computes nothing for its output {Words.Quote(graph.Tensors[output].Name)}", "export the whole network");
    }

    private InputRefusedException Refuse(string what, string advice) => new($"{budget.File} {what}; {advice}.");

    private int RequireTensor(int index, string what) => index >= 0 && index < graph.Tensors.Length
        ? index
        : throw Refuse($"names tensor {index} as its {what}, and there are {graph.Tensors.Length}", "export it again");

    private void SetInput(int index)
    {
        TfLiteTensor tensor = graph.Tensors[index];
        int[] shape = [.. tensor.Shape.Select((s, d) => d == 0 && tensor.Shape.Length > 1 ? 1 : s)];
        InputWidth = Shapes.Count(shape);
        if (InputWidth is < 1 or > WorkBudget.WidestLayer || tensor.BytesOfElement == 0)
        {
            throw Refuse(
                $"has the input {Words.Quote(tensor.Name)} of the type {tensor.TypeName} and the shape {Words.Shape(tensor.Shape)}",
                $"a board takes 1 to {WorkBudget.WidestLayer} numbers, so export a network of that size");
        }

        _values[index] = SymbolValue.Of(Stage.OfInputs(InputWidth), shape);
        _ranges[index] = RangeOf(tensor);
    }

    private bool[] Needed(int output)
    {
        Dictionary<int, int> makers = [];
        TfLiteNode[] nodes = [.. Enumerable.Range(0, graph.Nodes.Length).Select(i => new TfLiteNode(graph, i, budget))];
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (int made in nodes[i].Outputs)
            {
                if (!makers.TryAdd(made, i))
                {
                    throw nodes[i].Refuse($"makes tensor {made}, which an operator before it makes already", "export it again");
                }
            }
        }

        bool[] needed = new bool[nodes.Length];
        Stack<int> open = new([output]);
        while (open.TryPop(out int tensor))
        {
            if (makers.TryGetValue(tensor, out int node) && !needed[node])
            {
                needed[node] = true;

                // A reshape takes its shape from its output, so that how the shape was computed does not matter.
                foreach (int input in nodes[node].Operator == TfLiteOperators.Reshape ? nodes[node].Inputs.Take(1) : nodes[node].Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return needed;
    }

    private void Run(TfLiteNode node)
    {
        if (node.Outputs.Length == 0)
        {
            throw node.Refuse("makes nothing", "export it again");
        }

        int output = RequireTensor(node.Outputs[0], "result");
        TfLiteTensor made = graph.Tensors[output];
        IsQuantised |= made.Type is TfLiteTensor.Int8 or TfLiteTensor.UInt8;
        if (node.Operator is TfLiteOperators.Quantize or TfLiteOperators.Dequantize && Find(node, 0) is NumberValue constant)
        {
            _values[output] = constant;
            return;
        }

        SymbolValue x = Find(node, 0) as SymbolValue ?? throw node.Refuse("computes with constants only", "export a network without it");
        SymbolValue result = node.Operator switch
        {
            TfLiteOperators.FullyConnected => FullyConnected(node, x),
            TfLiteOperators.Tanh => Layers.Activate(node, x, Activation.Tanh),
            TfLiteOperators.Logistic => Layers.Activate(node, x, Activation.Sigmoid),
            TfLiteOperators.Relu => Layers.Activate(node, x, Activation.Relu),
            TfLiteOperators.Relu6 => Layers.Clip(node, x, 0, 6),
            TfLiteOperators.ReluN1To1 => Layers.Clip(node, x, -1, 1),
            TfLiteOperators.LeakyRelu => LeakyRelu(node, x),
            TfLiteOperators.Softmax => Softmax(node, x),
            TfLiteOperators.Reshape or TfLiteOperators.Squeeze => Reshape(node, x, made),
            TfLiteOperators.Quantize => Quantize(x, made),
            TfLiteOperators.Dequantize => x,
            _ => throw node.Refuse(
                "is nothing that dense networks for a board have",
                "export a network of dense layers, tanh, sigmoid, relu, relu6, leaky relu and softmax"),
        };
        _values[output] = result;
    }

    // What a tensor holds, as real numbers.
    private Value Find(TfLiteNode node, int input)
    {
        int index = input < node.Inputs.Length ? node.Inputs[input] : -1;
        if (index < 0 || index >= graph.Tensors.Length)
        {
            throw node.Refuse($"has no input {input}", "export it again");
        }

        if (_values[index] is Value value)
        {
            return value;
        }

        TfLiteTensor tensor = graph.Tensors[index];
        NumberValue stored = graph.Constant(tensor)
            ?? throw node.Refuse($"takes {Words.Quote(tensor.Name)}, which is made only after it or not at all", "export it again");
        _values[index] = value = tensor.IsQuantised && tensor.Type != TfLiteTensor.Int32 ? Real(node, tensor, stored) : stored;
        return value;
    }

    // scale * (integer - zero point): exact in double, since both have at most 24 bits.
    private NumberValue Real(TfLiteNode node, TfLiteTensor tensor, NumberValue stored)
    {
        IsQuantised = true;
        int channels = tensor.Scales.Length;
        int axis = channels == 1 ? 0 : Shapes.Axis(tensor.Axis, tensor.Shape.Length);
        if (tensor.ZeroPoints.Length is not 0 && tensor.ZeroPoints.Length != channels
            || (channels > 1 && (axis < 0 || tensor.Shape[axis] != channels))
            || !tensor.Scales.All(s => float.IsFinite(s) && s > 0))
        {
            throw node.Refuse($"takes {Words.Quote(tensor.Name)}, whose {channels} scales and {tensor.ZeroPoints.Length} zero points do not fit its shape {Words.Shape(tensor.Shape)}", "export it again");
        }

        int inner = Shapes.Product(tensor.Shape, axis + 1, tensor.Shape.Length);
        budget.Cells(stored.Count);
        double[] real = new double[stored.Count];
        for (int k = 0; k < real.Length; k++)
        {
            int channel = channels == 1 ? 0 : k / Math.Max(1, inner) % channels;
            double zero = tensor.ZeroPoints.Length == 0 ? 0 : tensor.ZeroPoints[channel];
            real[k] = tensor.Scales[channel] * (stored.Data[k] - zero);
        }

        return new NumberValue(stored.Shape, real);
    }

    private SymbolValue FullyConnected(TfLiteNode node, SymbolValue x)
    {
        if ((node.Options?.Byte(1, 0) ?? 0) != 0)
        {
            throw node.Refuse("has shuffled weights", "export it for all devices, not for one kind of processor");
        }

        NumberValue weights = Find(node, 1) as NumberValue ?? throw node.Refuse("computes its weights from the inputs", "export a trained network");
        if (weights.Shape.Length != 2 || weights.Shape[1] != x.Count || weights.Shape[0] is < 1 or > WorkBudget.WidestLayer)
        {
            throw node.Refuse(
                $"multiplies {x.Count} values with weights of the shape {Words.Shape(weights.Shape)}, which does not fit or is too wide for a board",
                $"export a network of at most {WorkBudget.WidestLayer} neurons in a layer, for one row at a time");
        }

        int outputs = weights.Shape[0];
        double[] bias = node.Inputs.Length > 2 && node.Inputs[2] != -1 ? Bias(node, outputs) : new double[outputs];
        x = Layers.KeepBottleneck(node, x, outputs);
        int[] all = [.. Enumerable.Range(0, x.Count)];
        budget.Cells(weights.Count);
        double[][] rows = [.. Enumerable.Range(0, outputs).Select(k => weights.Data[(k * all.Length)..((k + 1) * all.Length)])];
        Affine[] sums = Sums.Weighted(node, x, [.. rows.Select(_ => all)], rows);
        SymbolValue result = new([1, outputs], x.Stage, [.. sums.Select((s, k) => s.Plus(bias[k]))]);
        int fused = node.Options?.Byte(0, 0) ?? 0;
        return fused switch
        {
            TfLiteOperators.FusedNone => result,
            TfLiteOperators.FusedRelu => Layers.Activate(node, result, Activation.Relu),
            TfLiteOperators.FusedReluN1To1 => Layers.Clip(node, result, -1, 1),
            TfLiteOperators.FusedRelu6 => Layers.Clip(node, result, 0, 6),
            TfLiteOperators.FusedTanh => Layers.Activate(node, result, Activation.Tanh),
            _ => throw node.Refuse($"has the fused activation number {fused}", "train with tanh, relu or relu6"),
        };
    }

    // A 32-bit bias counts in steps of the input's scale times the weights' scale, whatever else the file says of it.
    private double[] Bias(TfLiteNode node, int outputs)
    {
        NumberValue stored = Find(node, 2) as NumberValue ?? throw node.Refuse("computes its bias from the inputs", "export a trained network");
        if (stored.Count != outputs)
        {
            throw node.Refuse($"has {stored.Count} biases for {outputs} neurons", "export it again");
        }

        TfLiteTensor bias = graph.Tensors[node.Inputs[2]];
        if (bias.Type is not (TfLiteTensor.Int32 or TfLiteTensor.Int64))
        {
            return stored.Data;
        }

        float[] inputScale = graph.Tensors[node.Inputs[0]].Scales;
        float[] weightScales = graph.Tensors[node.Inputs[1]].Scales;
        if (inputScale.Length != 1 || (weightScales.Length != 1 && weightScales.Length != outputs))
        {
            throw node.Refuse("has an integer bias, but its input or its weights have no scale", "export it again");
        }

        return [.. stored.Data.Select((b, k) => b * ((double)inputScale[0] * weightScales[weightScales.Length == 1 ? 0 : k]))];
    }

    private static SymbolValue LeakyRelu(TfLiteNode node, SymbolValue x)
    {
        float slope = node.Options?.Single(0, 0) ?? 0;
        return slope is >= 0 and <= 32767f / 32768
            ? Layers.Activate(node, x, Activation.LeakyRelu, slope)
            : throw node.Refuse($"has the slope {slope:G4}, and a board takes 0 to 0.99997", "train with another slope");
    }

    private static SymbolValue Softmax(TfLiteNode node, SymbolValue x)
    {
        float beta = node.Options?.Single(0, 0) ?? 0;
        if (!float.IsFinite(beta) || beta <= 0)
        {
            throw node.Refuse($"has the factor beta {beta:G4}", "export it again");
        }

        if (x.Shape.Length > 0 && x.Shape[^1] != x.Count)
        {
            throw node.Refuse($"normalises over the last axis of {Words.Shape(x.Shape)}, not over all outputs", "export the network for one row at a time");
        }

        return Layers.Activate(node, beta == 1 ? x : x.Map(node, (e, _) => e.Times(beta)), Activation.Softmax);
    }

    private static SymbolValue Reshape(TfLiteNode node, SymbolValue x, TfLiteTensor made)
    {
        int[] shape = [.. made.Shape];
        int count = Shapes.Count(shape);
        if (count != x.Count && shape.Length > 1 && Shapes.Count(shape[1..]) == x.Count)
        {
            shape[0] = 1;
            count = x.Count;
        }

        return count == x.Count
            ? (SymbolValue)x.Reshaped(shape)
            : throw node.Refuse($"wants the shape {Words.Shape(shape)} of {x.Count} values", "export the network for one row at a time");
    }

    // The first quantisation of a float input says what range it was calibrated for.
    private SymbolValue Quantize(SymbolValue x, TfLiteTensor made)
    {
        if (x.Stage.Depth == 0 && x.IsStage)
        {
            Range ??= RangeOf(made);
        }

        return x;
    }

    private static (double Minimum, double Maximum)? RangeOf(TfLiteTensor tensor)
    {
        if (tensor.Scales.Length != 1 || tensor.Type is not (TfLiteTensor.Int8 or TfLiteTensor.UInt8))
        {
            return null;
        }

        double scale = tensor.Scales[0];
        long zero = tensor.ZeroPoints.Length == 1 ? tensor.ZeroPoints[0] : 0;
        int least = tensor.Type == TfLiteTensor.Int8 ? -128 : 0;
        (double Minimum, double Maximum) range = (scale * ((double)least - zero), scale * (least + 255.0 - zero));
        return double.IsFinite(range.Minimum) && double.IsFinite(range.Maximum) && range.Minimum < range.Maximum ? range : null;
    }
}
