using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Makes a layer of functions: out of ReLUs where they are made of straight lines, else with one activation for all.</summary>
internal static class FunctionLayer
{
    /// <summary>True when a board computes the functions with the activations that it has.</summary>
    internal static bool IsOfBoard(INodeContext node, PointwiseValue x) =>
        Array.TrueForAll(x.Functions, f => PiecewiseLinear.Of(f) is not null)
        || x.Functions.Distinct().Where(f => f.Varies).Select(f => NormalForm.Of(f).Function).Distinct().Take(2).ToArray() is [Scalar one] && IsOfBoard(node, one);

    private static bool IsOfBoard(INodeContext node, Scalar function) =>
        function is AppliedScalar { X: VariableScalar, Function: UnaryFunction.Tanh or UnaryFunction.Sigmoid } || Name(node, function).Activation is not null;

    private static NamedFunction Name(INodeContext node, Scalar function)
    {
        node.Budget.Steps(KnownFunctions.Steps + (256L * function.Size));
        return KnownFunctions.Name(function);
    }

    /// <summary>The values as forms over the outputs of a layer, or over their own source when they are affine.</summary>
    internal static AffineValue Build(INodeContext node, PointwiseValue x)
    {
        Dictionary<Scalar, PiecewiseLinear?> known = [];
        PiecewiseLinear?[] straight = Array.ConvertAll(x.Functions, f =>
        {
            node.Budget.Steps(f.Size);
            if (!known.TryGetValue(f, out PiecewiseLinear? pieces))
            {
                node.Budget.Steps(64L * f.Size);
                known.Add(f, pieces = PiecewiseLinear.Of(f));
            }

            return pieces;
        });
        return Array.TrueForAll(straight, f => f is not null) ? OfPieces(node, x, straight!) : OfFunctions(node, x);
    }

    private static AffineValue OfPieces(INodeContext node, PointwiseValue x, PiecewiseLinear[] pieces)
    {
        AffineForm[] arguments = x.Arguments.Elements;
        LayerOutputs source = x.Arguments.Source;
        if (Array.TrueForAll(pieces, p => p.IsStraight))
        {
            node.Budget.Cells(arguments.Sum(a => (long)a.Factors.Length));
            return new AffineValue(x.Shape, source, [.. pieces.Select((p, k) => arguments[k].Times(p.Slopes[0]).Plus(p.Anchor))]);
        }

        if (OneSlope(pieces) is double slope)
        {
            // One neuron each: a rectifier that rises or falls, to the right or to the left.
            int[] varying = [.. Enumerable.Range(0, pieces.Length).Where(k => !pieces[k].IsStraight)];
            AffineForm[] sums = [.. varying.Select(k => IsLeft(pieces[k]) ? arguments[k].Times(-1).Plus(pieces[k].Knots[0]) : arguments[k].Plus(-pieces[k].Knots[0]))];
            AffineValue rectified = slope == 0
                ? LayerBuilder.Activate(node, new AffineValue([sums.Length], source, sums), Activation.Relu)
                : LayerBuilder.LeakyRelu(node, new AffineValue([sums.Length], source, sums), slope);
            AffineForm[] results = [.. pieces.Select(p => new AffineForm([], [], p.Anchor))];
            for (int n = 0; n < varying.Length; n++)
            {
                PiecewiseLinear p = pieces[varying[n]];
                results[varying[n]] = new AffineForm([n], [IsLeft(p) ? -p.Slopes[0] : p.Slopes[1]], p.Anchor);
            }

            return new AffineValue(x.Shape, rectified.Source, results);
        }

        return OfRelus(node, x, pieces);
    }

    // The slope below zero that all share as rectifiers of one knot, straight ones being level; null when they have none such.
    private static double? OneSlope(PiecewiseLinear[] pieces)
    {
        double? common = null;
        foreach (PiecewiseLinear p in pieces)
        {
            if (p.IsStraight ? p.Slopes[0] != 0 : p.Knots.Length != 1)
            {
                return null;
            }

            if (!p.IsStraight)
            {
                double slope = IsLeft(p) ? p.Slopes[1] / p.Slopes[0] : p.Slopes[0] / p.Slopes[1];
                if (!(slope is >= 0 and <= 32767.0 / 32768) || (common is double other && other != slope))
                {
                    return null;
                }

                common = slope;
            }
        }

        return common;
    }

    // True when the steeper side is below the knot.
    private static bool IsLeft(PiecewiseLinear p) => Math.Abs(p.Slopes[0]) > Math.Abs(p.Slopes[1]);

    // f(u) = f(t1) - s0 relu(t1 - u) + s1 relu(u - t1) + sum of (s_i - s_(i-1)) relu(u - t_i); a straight line has its knot at 0.
    private static AffineValue OfRelus(INodeContext node, PointwiseValue x, PiecewiseLinear[] pieces)
    {
        List<AffineForm> sums = [];
        AffineForm[] results = new AffineForm[pieces.Length];
        for (int k = 0; k < pieces.Length; k++)
        {
            PiecewiseLinear p = pieces[k];
            AffineForm argument = x.Arguments.Elements[k];
            double first = p.IsStraight ? 0 : p.Knots[0];
            List<int> at = [];
            List<double> factors = [];
            if (p.Slopes[0] != 0)
            {
                Add(argument.Times(-1).Plus(first), -p.Slopes[0]);
            }

            if (p.Slopes[p.IsStraight ? 0 : 1] is double right and not 0)
            {
                Add(argument.Plus(-first), right);
            }

            for (int i = 1; i < p.Knots.Length; i++)
            {
                Add(argument.Plus(-p.Knots[i]), p.Slopes[i + 1] - p.Slopes[i]);
            }

            results[k] = new AffineForm([.. at], [.. factors], p.Anchor);

            void Add(AffineForm sum, double factor)
            {
                at.Add(sums.Count);
                factors.Add(factor);
                sums.Add(sum);
            }
        }

        AffineValue relus = LayerBuilder.Activate(node, new AffineValue([sums.Count], x.Arguments.Source, [.. sums]), Activation.Relu);
        return new AffineValue(x.Shape, relus.Source, results);
    }

    private static AffineValue OfFunctions(INodeContext node, PointwiseValue x)
    {
        Dictionary<Scalar, NormalForm> known = [];
        NormalForm? common = null;
        int[] varying = [.. Enumerable.Range(0, x.Count).Where(k => x.Functions[k].Varies)];
        AffineForm[] sums = new AffineForm[varying.Length];
        AffineForm[] results = Array.ConvertAll(x.Functions, f => f.Varies ? AffineForm.Of(0) : new AffineForm([], [], f.At(0)));
        node.Budget.Cells(varying.Sum(k => (long)x.Arguments.Elements[k].Factors.Length));
        for (int n = 0; n < varying.Length; n++)
        {
            Scalar function = x.Functions[varying[n]];
            node.Budget.Steps(function.Size);
            if (!known.TryGetValue(function, out NormalForm? form))
            {
                node.Budget.Steps(64L * function.Size);
                known.Add(function, form = NormalForm.Of(function));
            }

            common ??= form;
            if (form.Function != common.Function)
            {
                throw node.Refuse("needs neurons of one layer to have different activations", "give all neurons of a layer one activation");
            }

            AffineForm argument = x.Arguments.Elements[varying[n]];
            sums[n] = form is { Inner: 1, InnerOffset: 0 } ? argument : argument.Times(form.Inner).Plus(form.InnerOffset);
            results[varying[n]] = new AffineForm([n], [form.Outer], form.OuterOffset);
        }

        AffineValue all = new([sums.Length], x.Arguments.Source, sums);
        (LayerOutputs outputs, double factor, double offset) = Outputs(node, all, common!.Function);
        return new AffineValue(x.Shape, outputs, Array.ConvertAll(results, r => r.Indices.Length == 0 ? r : new AffineForm(r.Indices, [Settled(r.Factors[0] * factor)], r.Offset + (r.Factors[0] * offset))));
    }

    // A factor that is 1 but for a float's rounding of what it was written with; a layer for that alone would be none.
    private static double Settled(double factor) => Math.Abs(factor - 1) <= 2e-7 ? 1 : factor;

    private static (LayerOutputs Outputs, double Factor, double Offset) Outputs(INodeContext node, AffineValue sums, Scalar function)
    {
        switch (function)
        {
            case AppliedScalar { X: VariableScalar, Function: UnaryFunction.Tanh }:
                return (LayerBuilder.Activate(node, sums, Activation.Tanh).Source, 1, 0);
            case AppliedScalar { X: VariableScalar, Function: UnaryFunction.Sigmoid }:
                return (LayerBuilder.Activate(node, sums, Activation.Sigmoid).Source, 1, 0);
        }

        if (Array.Exists(Probes, u => !double.IsFinite(function.At(u))) || Jumps(function))
        {
            throw node.Refuse("computes a function that jumps or is not defined everywhere", "train with tanh, relu or sigmoid");
        }

        NamedFunction named = Name(node, function);
        ActivationFunction activation = named.Activation ?? new PendingActivation(named.Name, named.Function.At);
        AffineForm[] stretched = named.Stretch == 1 ? sums.Elements : Array.ConvertAll(sums.Elements, e => e.Times(named.Stretch));
        return (LayerBuilder.AddLayer(node, sums.Source, stretched, activation, FloatLayer.DefaultSlope, named.Function), named.Factor, named.Offset);
    }

    private static readonly double[] Probes = [-8, -4, -1, -0.5, 0, 0.5, 1, 4, 8];

    // A function whose values differ much at places that hardly do; looked for where comparisons have their places.
    private static bool Jumps(Scalar function)
    {
        for (double u = -8; u <= 8; u += 0.0625)
        {
            double difference = Math.Abs(function.At(u + 1e-9) - function.At(u - 1e-9));
            if (difference > 1e-5 * Math.Max(1, Math.Abs(function.At(u))))
            {
                return true;
            }
        }

        return false;
    }
}
