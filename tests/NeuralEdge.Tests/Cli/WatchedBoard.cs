using System.Buffers.Binary;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Tests.Cli;

/// <summary>Live values as a board sends them, of a model whose outputs are its inputs: the water is on from 60 and off from 40.</summary>
internal static class WatchedBoard
{
    internal const string Network = """{"inputs":[{"name":"soil","min":0,"max":100},{"name":"light","min":0,"max":100}],"outputs":[{"name":"water"},{"name":"shade"}],"layers":[{"weights":[[1,0],[0,1]],"activation":"linear"}]}""";

    internal const string Board = """{"inputs":[{"name":"soil","adc":0,"counts":[0,4095],"values":[0,100]},{"name":"light","adc":3,"counts":[0,4095],"values":[0,100]}],"outputs":[{"name":"water","pin":18,"on":60,"off":40}]}""";

    internal static ModelFile Model { get; } = ModelFile.Parse(Imported.Model(Network, board: Board), "watched");

    /// <summary>The values of one inference.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inference">Its number; one every 100 ms.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="pins">What the outputs' pins do.</param>
    internal static LiveValues At(ModelFile model, int inference, double[] inputs, params byte[] pins)
    {
        int[] raw = model.ToRaw(inputs);
        int[] values;

        // A network keeps what it computes in itself, and classes of tests run side by side.
        lock (model)
        {
            values = [.. raw, .. model.Run(raw)];
        }

        byte[] data = new byte[20 + (4 * values.Length) + pins.Length];
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4), inference);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(8), 100 * inference);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(12), model.Model.Digest);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(16), (ushort)raw.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(18), (ushort)pins.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(20 + (4 * i)), values[i]);
        }

        pins.CopyTo(data, data.Length - pins.Length);
        return LiveValues.Read(data)!;
    }

    /// <summary>Forty-five inferences: the soil rises and falls, the light stays, and the pin follows with its hysteresis.</summary>
    internal static LiveValues[] Seen()
    {
        bool isOn = false;
        return
        [
            .. Enumerable.Range(1, 45).Select(n =>
            {
                double soil = 5.0 * Math.Min(n, 40 - n);
                isOn = soil >= 60 || (isOn && soil > 40);
                return At(Model, n, [Math.Max(0, soil), 50], isOn ? (byte)LinkProtocol.PinOn : (byte)0, LinkProtocol.NoPin);
            }),
        ];
    }
}
