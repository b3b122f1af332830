using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Functions;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>
/// What is done to each number by itself. Where several operands depend on the same sums, x and sigmoid(x) for instance,
/// the result is a function of these sums: an activation that is spelled out.
/// </summary>
internal static class Pointwise
{
    /// <summary>The most neurons of a layer that are looked through for one number: a clip has two.</summary>
    private const int MostNeurons = 4;

    private const int DeepestLook = 4;

    /// <summary>How far, for its size, a factor may be from that of another form for the forms to be in proportion.</summary>
    private const double Rounding = 1e-11;

    /// <summary>A function of every number.</summary>
    internal static Value Apply(INodeContext node, Value x, Func<Scalar, Scalar> function)
    {
        switch (x)
        {
            case ConstantValue constant:
                Scalar of = function(Scalar.Variable);
                return constant.Map(node, of.At);
            case AffineValue affine:
                Scalar[] functions = [.. Enumerable.Repeat(Checked(node, function(Scalar.Variable)), affine.Count)];
                PointwiseValue plain = new(affine.Shape, affine, functions);
                return Through(node, [affine], affine.Source, s => function(s[0]), plain) ?? plain;
            case PointwiseValue pointwise:
                Value composed = Simplest(node, pointwise.Shape, pointwise.Arguments, Shared(pointwise.Functions, f => Checked(node, function(f))));
                return Apart(node, [pointwise], composed, layers => Apply(node, layers[0], function))
                    ?? Through(node, [pointwise], pointwise.Arguments.Source, s => function(s[0]), composed)
                    ?? composed;
            default:
                throw Elementwise.NoNumbers(node);
        }
    }

    /// <summary>A function of two operands, number by number; null when they are no functions of the same sums.</summary>
    internal static Value? TryCombine(INodeContext node, Value a, Value b, BinaryFunction function) =>
        TryCombine(node, [a, b], s => Scalar.Combine(function, s[0], s[1]));

    /// <summary>A function of two operands, number by number.</summary>
    internal static Value Combine(INodeContext node, Value a, Value b, BinaryFunction function) =>
        TryCombine(node, a, b, function) ?? throw Elementwise.OfDifferentLayers(node);

    /// <summary>The first where the condition holds, the second elsewhere.</summary>
    internal static Value Choose(INodeContext node, Value condition, Value then, Value otherwise) =>
        TryCombine(node, [condition, then, otherwise], s => Scalar.Choose(s[0], s[1], s[2])) ?? throw Elementwise.OfDifferentLayers(node);

    /// <summary>Numbers that are multiplied by a slope of their own below 0.</summary>
    internal static Value Rectify(INodeContext node, Value x, Value slopes) =>
        TryCombine(node, [x, slopes], s => Scalar.Combine(
            BinaryFunction.Add,
            ActivationLibrary.Relu(s[0]),
            Scalar.Combine(BinaryFunction.Multiply, Scalar.Combine(BinaryFunction.Min, s[0], Scalar.Number(0)), s[1])))
        ?? throw Elementwise.OfDifferentLayers(node);

    private static Value? TryCombine(INodeContext node, Value[] operands, Func<Scalar[], Scalar> combine)
    {
        if (Array.Exists(operands, o => o is not (ConstantValue or AffineValue or PointwiseValue)))
        {
            throw Elementwise.NoNumbers(node);
        }

        int[] shape = operands[0].Shape;
        foreach (Value operand in operands[1..])
        {
            shape = Elementwise.Broadcast(node, shape, operand.Shape).Shape;
        }

        int count = TensorShape.Count(shape);
        node.Budget.Cells((long)count * (operands.Length + 1));
        Value[] spread = Array.ConvertAll(operands, o => o.Pick(shape, Elementwise.Broadcast(node, shape, o.Shape).Second));
        if (Array.TrueForAll(spread, s => s is ConstantValue))
        {
            return new ConstantValue(shape, [.. Enumerable.Range(0, count).Select(k => combine(Array.ConvertAll(spread, s => Scalar.Number(((ConstantValue)s).Data[k]))).At(0))]);
        }

        NetworkLimits.RequireWidth(node, count);
        LayerOutputs[] sources = [.. spread.Select(SourceOf).OfType<LayerOutputs>()];
        LayerOutputs target = sources.MinBy(s => s.Depth)!;
        Value? over = Over(node, spread, target, combine);
        Value? combined = Through(node, spread, target, combine, over) ?? over;
        return Apart(node, operands, combined, layers => TryCombine(node, layers, combine)) ?? combined;
    }

    // Two activations one after the other, of which a board has both, and nothing for the two together.
    private static Value? Apart(INodeContext node, Value[] operands, Value? together, Func<Value[], Value?> apply)
    {
        if (together is AffineValue || !Array.Exists(operands, o => o is PointwiseValue) || (together is PointwiseValue whole && FunctionLayer.IsOfBoard(node, whole)))
        {
            return null;
        }

        Value[] layers = Array.ConvertAll(operands, o => o is PointwiseValue part && FunctionLayer.IsOfBoard(node, part) ? part.ToLayer(node) : o);
        Value? apart = layers.AsSpan().SequenceEqual(operands) ? null : apply(layers);
        return apart is PointwiseValue p && !FunctionLayer.IsOfBoard(node, p) ? null : apart;
    }

    // What is done to the numbers of one layer may be done in the layer itself: where all of it is made of lines, and where
    // it is nothing that a board has.
    private static Value? Through(INodeContext node, Value[] operands, LayerOutputs source, Func<Scalar[], Scalar> combine, Value? over)
    {
        bool isForeign = over is PointwiseValue plain && (source.Layer?.Function is PendingActivation || !FunctionLayer.IsOfBoard(node, plain));
        if (source.Previous is null || source.Function is null || !(isForeign || IsMadeOfLines(source)) || operands.Any(o => o is AffineValue a && a.Elements.Any(e => Neurons(e) > MostNeurons)))
        {
            return null;
        }

        Value? through = Over(node, operands, source.Previous, combine, mayBeLarge: true);
        return through switch
        {
            AffineValue => through,
            PointwiseValue p when isForeign && (source.Layer!.Function is PendingActivation || FunctionLayer.IsOfBoard(node, p)) => through,
            PointwiseValue p when Array.TrueForAll(p.Functions, f => PiecewiseLinear.Of(f) is not null) => p,
            _ => null,
        };
    }

    private static bool IsMadeOfLines(LayerOutputs source) => PiecewiseLinear.Of(source.Function!) is { IsStraight: false };

    private static Value? Over(INodeContext node, Value[] operands, LayerOutputs target, Func<Scalar[], Scalar> combine, bool mayBeLarge = false)
    {
        int count = operands[0].Count;
        AffineForm[] arguments = new AffineForm[count];
        Scalar[] functions = new Scalar[count];
        Dictionary<Scalar, Scalar> shared = [];
        for (int k = 0; k < count; k++)
        {
            Lifted?[] lifted = Array.ConvertAll(operands, o => Lift(node, o, k, target));
            if (Array.Exists(lifted, l => l is null) || Unify(node, lifted!) is not (AffineForm argument, Scalar[] parts))
            {
                return null;
            }

            Scalar function = combine(parts);
            if (mayBeLarge && function.Size > Scalar.Largest)
            {
                return null;
            }

            arguments[k] = argument;
            functions[k] = shared.TryGetValue(Checked(node, function), out Scalar? same) ? same : shared[function] = function;
        }

        int[] shape = operands[0].Shape;
        return Simplest(node, shape, new AffineValue(shape, target, arguments), functions);
    }

    private static Value Simplest(INodeContext node, int[] shape, AffineValue arguments, Scalar[] functions)
    {
        if (!Array.TrueForAll(functions, f => LinearTerms.Affine(f) is not null))
        {
            return new PointwiseValue(shape, arguments, functions);
        }

        node.Budget.Cells(arguments.Elements.Sum(e => (long)e.Factors.Length));
        return new AffineValue(shape, arguments.Source, [.. functions.Select((f, k) =>
        {
            (double factor, double offset) = LinearTerms.Affine(f)!.Value;
            return arguments.Elements[k].Times(factor).Plus(offset);
        })]);
    }

    private static Scalar[] Shared(Scalar[] functions, Func<Scalar, Scalar> change)
    {
        Dictionary<Scalar, Scalar> changed = [];
        return Array.ConvertAll(functions, f => changed.TryGetValue(f, out Scalar? done) ? done : changed[f] = change(f));
    }

    private static Scalar Checked(INodeContext node, Scalar function)
    {
        node.Budget.Steps(function.Size);
        return function.Size <= Scalar.Largest ? function : throw node.Refuse("belongs to an activation that is written in too many nodes", "train with tanh, relu or sigmoid");
    }

    /// <summary>What the numbers are forms over, or functions of; null of constants.</summary>
    internal static LayerOutputs? SourceOf(Value value) => value switch
    {
        AffineValue affine => affine.Source,
        PointwiseValue pointwise => pointwise.Arguments.Source,
        _ => null,
    };

    private static int Neurons(AffineForm form) => form.Factors.Count(f => f != 0);

    private static Lifted? Lift(INodeContext node, Value value, int k, LayerOutputs target)
    {
        switch (value)
        {
            case ConstantValue constant:
                return new Lifted(null, Scalar.Number(constant.Data[k]));
            case AffineValue affine:
                return Lift(node, affine.Elements[k], affine.Source, target, DeepestLook);
            case PointwiseValue pointwise:
                Lifted? argument = Lift(node, pointwise.Arguments.Elements[k], pointwise.Arguments.Source, target, DeepestLook);
                return argument is null ? null : Fitting(node, argument with { Function = pointwise.Functions[k].Of(argument.Function) });
            default:
                return null;
        }
    }

    // What is too large to be an activation is none.
    private static Lifted? Fitting(INodeContext node, Lifted lifted)
    {
        node.Budget.Steps(lifted.Function.Size);
        return lifted.Function.Size <= Scalar.Largest ? lifted : null;
    }

    // A form over the outputs of a layer as a function of one form over the layers before it.
    private static Lifted? Lift(INodeContext node, AffineForm form, LayerOutputs at, LayerOutputs target, int depth)
    {
        if (at == target)
        {
            return new Lifted(form, Scalar.Variable);
        }

        node.Budget.Steps(form.Factors.Length);
        if (at.Previous is null || at.Function is null || at.Depth <= target.Depth || depth == 0 || Neurons(form) > MostNeurons)
        {
            return null;
        }

        Scalar sum = Scalar.Number(form.Offset);
        AffineForm? argument = null;
        for (int i = 0; i < form.Factors.Length; i++)
        {
            if (form.Factors[i] == 0)
            {
                continue;
            }

            if (Lift(node, at.SumOf(form.Indices[i]), at.Previous, target, depth - 1) is not { } inner
                || Unify(node, [new Lifted(argument, sum), inner]) is not (AffineForm common, Scalar[] parts))
            {
                return null;
            }

            argument = common;
            Scalar term = Scalar.Combine(BinaryFunction.Multiply, at.Function.Of(parts[1]), Scalar.Number(form.Factors[i]));
            sum = Scalar.Combine(BinaryFunction.Add, parts[0], term);
            if (sum.Size > Scalar.Largest)
            {
                return null;
            }
        }

        return Fitting(node, new Lifted(argument, sum));
    }

    // The functions of one argument: that of a plain operand, else of the first which has one; null when the others' are not in proportion to it.
    private static (AffineForm Argument, Scalar[] Functions)? Unify(INodeContext node, Lifted[] parts)
    {
        Lifted[] varying = Array.FindAll(parts, p => p.Argument is not null && Neurons(p.Argument) > 0);
        AffineForm argument = (Array.Find(varying, p => p.Function is VariableScalar) ?? varying.FirstOrDefault())?.Argument ?? new AffineForm([], [], 0);
        Scalar[] functions = new Scalar[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            AffineForm? own = parts[i].Argument;
            if (own is null || ReferenceEquals(own, argument))
            {
                functions[i] = parts[i].Function;
                continue;
            }

            node.Budget.Steps(own.Factors.Length + argument.Factors.Length);
            if (Proportion(own, argument) is not (double factor, double offset))
            {
                return null;
            }

            Scalar inner = Scalar.Combine(
                BinaryFunction.Add,
                Scalar.Combine(BinaryFunction.Multiply, Scalar.Variable, Scalar.Number(factor)),
                Scalar.Number(offset));
            functions[i] = factor == 0 ? parts[i].Function.Of(Scalar.Number(offset)) : parts[i].Function.Of(inner);
        }

        return (argument, functions);
    }

    // own = factor * other + offset.
    private static (double Factor, double Offset)? Proportion(AffineForm own, AffineForm other)
    {
        if (Neurons(own) == 0)
        {
            return (0, own.Offset);
        }

        int width = 1 + Math.Max(own.Indices.Max(), other.Indices.Length == 0 ? 0 : other.Indices.Max());
        double[] a = own.Row(width);
        double[] b = other.Row(width);
        int pivot = 0;
        for (int i = 1; i < width; i++)
        {
            pivot = Math.Abs(b[i]) > Math.Abs(b[pivot]) ? i : pivot;
        }

        if (b[pivot] == 0)
        {
            return null;
        }

        double factor = a[pivot] / b[pivot];
        double largest = a.Max(Math.Abs);
        for (int i = 0; i < width; i++)
        {
            if (!(Math.Abs(a[i] - (factor * b[i])) <= Rounding * largest))
            {
                return null;
            }
        }

        double offset = own.Offset - (factor * other.Offset);
        double size = Math.Abs(own.Offset) + Math.Abs(factor * other.Offset);
        return (NormalForm.Snap(factor), Math.Abs(offset) <= Rounding * size ? 0 : NormalForm.Snap(offset));
    }

    private sealed record Lifted(AffineForm? Argument, Scalar Function);
}
