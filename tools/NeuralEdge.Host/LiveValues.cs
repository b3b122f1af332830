using System.Buffers.Binary;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <summary>One live event: the values of one inference on the board.</summary>
public sealed record LiveValues
{
    private LiveValues(ReadOnlySpan<byte> data, int inputs, int outputs)
    {
        Dropped = BinaryPrimitives.ReadUInt32LittleEndian(data);
        Inference = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        UptimeMs = BinaryPrimitives.ReadUInt32LittleEndian(data[8..]);
        Digest = BinaryPrimitives.ReadUInt32LittleEndian(data[12..]);
        InputCount = BinaryPrimitives.ReadUInt16LittleEndian(data[16..]);
        OutputCount = BinaryPrimitives.ReadUInt16LittleEndian(data[18..]);
        Inputs = new int[inputs];
        Outputs = new int[outputs];
        Pins = new bool?[outputs];
        Resting = new bool[outputs];
        int at = 20;
        for (int i = 0; i < inputs; i++, at += 4)
        {
            Inputs[i] = BinaryPrimitives.ReadInt32LittleEndian(data[at..]);
        }

        for (int i = 0; i < outputs; i++, at += 4)
        {
            Outputs[i] = BinaryPrimitives.ReadInt32LittleEndian(data[at..]);
        }

        for (int i = 0; i < outputs; i++, at++)
        {
            Pins[i] = data[at] == LinkProtocol.NoPin ? null : data[at] == LinkProtocol.PinOn;
            Resting[i] = data[at] == LinkProtocol.PinResting;
        }

        Saturated = data.Length > at && (data[at] & LinkProtocol.Saturated) != 0;
        Unfamiliar = data.Length > at && (data[at] & LinkProtocol.Unfamiliar) != 0;
    }

    /// <summary>Events left out since the subscription because the line was busy.</summary>
    public uint Dropped { get; }

    /// <summary>Number of the inference since the board started.</summary>
    public uint Inference { get; }

    /// <summary>Milliseconds since the board started.</summary>
    public uint UptimeMs { get; }

    /// <summary>CRC-32 of the running model's file: another one means another model.</summary>
    public uint Digest { get; }

    /// <summary>Inputs of the network; above 64 not all of them are in <see cref="Inputs"/>.</summary>
    public int InputCount { get; }

    /// <summary>Outputs of the network; above 44 not all of them are in <see cref="Outputs"/>.</summary>
    public int OutputCount { get; }

    /// <summary>Raw inputs.</summary>
    public int[] Inputs { get; }

    /// <summary>Raw outputs, logits when the last layer is softmax.</summary>
    public int[] Outputs { get; }

    /// <summary>What each output's pin does: true active, false inactive, null when it has none.</summary>
    public bool?[] Pins { get; }

    /// <summary>True for an output whose load is off because it has been on for the longest time.</summary>
    public bool[] Resting { get; }

    /// <summary>True when a value inside the network met its ceiling; false from a board that does not say.</summary>
    public bool Saturated { get; }

    /// <summary>True when the inputs of late are unlike those the model was trained on; false from a board that does not say.</summary>
    public bool Unfamiliar { get; }

    /// <summary>Reads a live event.</summary>
    /// <param name="data">The frame's data.</param>
    /// <returns>The values, or null when the frame is too short for what it says.</returns>
    public static LiveValues? Read(ReadOnlySpan<byte> data)
    {
        if (data.Length < 20)
        {
            return null;
        }

        int inputs = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(data[16..]), (ushort)LinkProtocol.MaxLiveInputs);
        int outputs = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(data[18..]), (ushort)LinkProtocol.MaxLiveOutputs);
        return data.Length >= 20 + inputs * 4 + outputs * 5 ? new LiveValues(data, inputs, outputs) : null;
    }
}
