using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A range of places along some axes; starts and ends as attributes (opset 9) or as inputs.</summary>
internal sealed class Slice() : OnnxOperator("Slice")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value x = node.Input(0);
        long[] starts = node.Integers("starts", 1, "starts") ?? throw node.Refuse("has no starts", "export it again");
        long[] ends = node.Integers("ends", 2, "ends") ?? throw node.Refuse("has no ends", "export it again");
        long[] axes = node.Integers("axes", 3, "axes") ?? [.. Enumerable.Range(0, starts.Length).Select(d => (long)d)];
        long[] steps = node.Integers("steps", 4, "steps") ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length || starts.Length > TensorShape.MostDimensions)
        {
            throw node.Refuse("has starts, ends, axes and steps of different lengths", "export it again");
        }

        for (int k = 0; k < starts.Length; k++)
        {
            int axis = node.Axis(axes[k], x.Shape.Length);
            int size = x.Shape[axis];
            if (steps[k] < 1)
            {
                throw node.Refuse("slices backwards", "export it without reversing");
            }

            long start = Math.Clamp(starts[k] < 0 ? starts[k] + size : starts[k], 0, size);
            long end = Math.Clamp(ends[k] < 0 ? ends[k] + size : ends[k], start, size);
            List<int> places = [];
            for (long i = start; i < end; i += Math.Min(steps[k], size + 1L))
            {
                places.Add((int)i);
            }

            int[] shape = [.. x.Shape];
            shape[axis] = places.Count;
            x = ElementSelection.Pick(node, x, shape, axis, [.. places]);
        }

        return x;
    }
}
