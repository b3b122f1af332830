using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Weighted sums of the inputs, the coefficients of each target one after the other.</summary>
internal sealed class LinearRegressor() : OnnxOperator("LinearRegressor", ClassicalDomain)
{
    internal override Value Evaluate(NodeContext node)
    {
        if (node.Text("post_transform", "NONE") != "NONE")
        {
            throw node.Refuse("has a post_transform", "export the regressor without one");
        }

        AffineValue x = node.Affine(0);
        double[] coefficients = node.Floats("coefficients");
        double[] intercepts = node.Floats("intercepts");
        long targets = node.Integer("targets", 1);
        if (targets is < 1 or > NetworkLimits.WidestLayer || coefficients.Length != targets * x.Count || (intercepts.Length != 0 && intercepts.Length != targets))
        {
            throw node.Refuse($"has {coefficients.Length} coefficients for {targets} targets and {x.Count} inputs", "export it again");
        }

        double[][] weights = [.. Enumerable.Range(0, (int)targets).Select(t => coefficients[(t * x.Count)..((t + 1) * x.Count)])];
        AffineForm[] sums = WeightedSums.Of(node, x, weights);
        return new AffineValue([1, (int)targets], x.Source, [.. sums.Select((s, t) => s.Plus(intercepts.Length == 0 ? 0 : intercepts[t]))]);
    }
}
