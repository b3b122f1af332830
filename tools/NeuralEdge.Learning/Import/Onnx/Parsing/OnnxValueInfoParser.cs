using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>Reads what the graph says of an input or an output: its name, its type and its shape.</summary>
internal static class OnnxValueInfoParser
{
    internal static OnnxValueInfo Read(MessageReader message, WorkBudget budget)
    {
        string name = "";
        long type = 0;
        long[]? shape = null;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: name = message.Text(); break;
                case 2: (type, shape) = ReadType(message.Message(), budget); break;
            }
        }

        return new OnnxValueInfo(name, type, shape);
    }

    private static (long Type, long[]? Shape) ReadType(MessageReader message, WorkBudget budget)
    {
        long type = 0;
        long[]? shape = null;
        while (message.Next())
        {
            if (message.Field != 1)
            {
                // A sequence, a map or an optional: only outputs of classifiers are, and their type is not needed.
                continue;
            }

            MessageReader tensor = message.Message();
            while (tensor.Next())
            {
                switch (tensor.Field)
                {
                    case 1: type = tensor.Integer(); break;
                    case 2: shape = ReadShape(tensor.Message(), budget); break;
                }
            }
        }

        return (type, shape);
    }

    private static long[] ReadShape(MessageReader message, WorkBudget budget)
    {
        List<long> sizes = [];
        while (message.Next())
        {
            if (message.Field != 1)
            {
                continue;
            }

            long size = -1;
            MessageReader dimension = message.Message();
            while (dimension.Next())
            {
                size = dimension.Field == 1 ? dimension.Integer() : size;
            }

            sizes.Add(size);
            OnnxLimits.Require(budget, sizes.Count, TensorShape.MostDimensions, "dimensions of one input or output");
        }

        return [.. sizes];
    }
}
