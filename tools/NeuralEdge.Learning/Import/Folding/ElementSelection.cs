namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Elements chosen along one axis of a tensor.</summary>
internal static class ElementSelection
{
    /// <summary>The slices at the given places of an axis, in a shape whose sizes before and after the axis are those of <paramref name="x"/>.</summary>
    internal static Value Pick(INodeContext node, Value x, int[] shape, int axis, int[] places)
    {
        int count = TensorShape.Count(shape);
        if (x is AffineValue)
        {
            NetworkLimits.RequireWidth(node, count);
        }

        node.Budget.Cells(2L * count);
        int inner = TensorShape.Product(x.Shape, axis + 1, x.Shape.Length);
        int[] sources = new int[count];
        for (int k = 0; k < count; k++)
        {
            int outer = k / (inner * places.Length);
            sources[k] = (((outer * x.Shape[axis]) + places[k / inner % places.Length]) * inner) + (k % inner);
        }

        return x.Pick(shape, sources);
    }
}
