using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>Reads the message of a tensor; its numbers stay as they are stored.</summary>
internal sealed class OnnxTensorParser(WorkBudget budget)
{
    private int _tensors;

    internal OnnxTensor Read(MessageReader message)
    {
        OnnxLimits.Require(budget, ++_tensors, OnnxLimits.MostTensors, "tensors");
        OnnxTensor tensor = new();
        NumberList shape = new(budget);
        Dictionary<int, NumberList> typed = [];
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: message.AddIntegers(shape); break;
                case 2: tensor.Type = message.Integer(); break;
                case 3: tensor.IsSegment = true; break;
                case 4: message.AddSingles(Typed(typed, 4)); break;
                case 5 or 7 or 11: message.AddIntegers(Typed(typed, message.Field)); break;
                case 6:
                    tensor.Texts.Add(message.Text());
                    OnnxLimits.Require(budget, tensor.Texts.Count, OnnxLimits.MostTexts, "texts in one tensor");
                    break;
                case 8: tensor.Name = message.Text(); break;
                case 9: tensor.Raw = message.Bytes(); break;
                case 10: message.AddDoubles(Typed(typed, 10)); break;
                case 13:
                    tensor.IsExternal = true;
                    ReadEntry(message.Message(), tensor);
                    break;
                case 14: tensor.IsExternal |= message.Integer() != 0; break;
            }
        }

        tensor.Shape = shape.ToArray();
        foreach ((int field, NumberList list) in typed)
        {
            tensor.Typed.Add(field, list.ToArray());
        }

        return tensor;
    }

    private void ReadEntry(MessageReader message, OnnxTensor tensor)
    {
        string key = "";
        string value = "";
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: key = message.Text(); break;
                case 2: value = message.Text(); break;
            }
        }

        tensor.External[key] = value;
        OnnxLimits.Require(budget, tensor.External.Count, OnnxLimits.MostAttributes, "entries on where a tensor is");
    }

    private NumberList Typed(Dictionary<int, NumberList> typed, int field)
    {
        if (!typed.TryGetValue(field, out NumberList? list))
        {
            typed.Add(field, list = new NumberList(budget));
        }

        return list;
    }
}
