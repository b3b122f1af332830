using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Familiar;

/// <summary>The section of a model file that keeps a picture of its training inputs (FORMAT.md, section 3.3).</summary>
/// <param name="Inputs">One for each input of the network.</param>
/// <param name="Room">How far beyond the ranges an input may be, in sixteenths of a standard deviation, 0..255.</param>
/// <param name="Threshold">Largest familiar squared distance, in sixteenths squared.</param>
/// <param name="Matrix">Matrix[row][column], the lower triangle, each number -128..127.</param>
/// <param name="Prototypes">Prototypes[k][row]: whitened values, up to 1023 in magnitude.</param>
public sealed record FamiliarInputs(FamiliarInput[] Inputs, int Room, int Threshold, int[][] Matrix, int[][] Prototypes)
{
    /// <summary>The section's payload.</summary>
    /// <param name="isDoubt">True when outputs go safe while inputs are unfamiliar.</param>
    public byte[] Write(bool isDoubt)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write((byte)Prototypes.Length);
        writer.Write((byte)(isDoubt ? ModelFormat.UnfamiliarIsFault : 0));
        writer.Write((byte)Room);
        writer.Write((byte)0);
        writer.Write(Threshold);
        foreach (FamiliarInput input in Inputs)
        {
            writer.Write(input.Centre);
            writer.Write((ushort)input.Multiplier);
            writer.Write((byte)input.ScaleShift);
            writer.Write((byte)input.RowShift);
            writer.Write((sbyte)input.Least);
            writer.Write((sbyte)input.Most);
        }

        foreach (int value in Prototypes.SelectMany(prototype => prototype))
        {
            writer.Write((short)value);
        }

        foreach (int value in Matrix.SelectMany(row => row))
        {
            writer.Write((sbyte)value);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads a section that a board's reader has accepted.</summary>
    /// <param name="payload">The section's payload.</param>
    /// <param name="inputs">Inputs of the network.</param>
    public static FamiliarInputs Read(byte[] payload, int inputs)
    {
        ArgumentNullException.ThrowIfNull(payload);
        using BinaryReader reader = new(new MemoryStream(payload));
        int prototypes = reader.ReadByte();
        _ = reader.ReadByte();
        int room = reader.ReadUInt16();
        int threshold = reader.ReadInt32();
        FamiliarInput[] each = new FamiliarInput[inputs];
        for (int i = 0; i < inputs; i++)
        {
            each[i] = new FamiliarInput(reader.ReadInt32(), reader.ReadUInt16(), reader.ReadByte(), reader.ReadByte(), reader.ReadSByte(), reader.ReadSByte());
        }

        int[][] values = [.. Enumerable.Range(0, prototypes).Select(_ => Enumerable.Range(0, inputs).Select(_ => (int)reader.ReadInt16()).ToArray())];
        int[][] matrix = [.. Enumerable.Range(0, inputs).Select(row => Enumerable.Range(0, row + 1).Select(_ => (int)reader.ReadSByte()).ToArray())];
        return new FamiliarInputs(each, room, threshold, matrix, values);
    }

    /// <summary>What a board makes of it: both compute with the same code.</summary>
    internal Familiarity ToCore()
    {
        byte[] payload = Write(isDoubt: false);
        return FamiliarityReader.Read(payload, 0, payload.Length, Inputs.Length, out ModelError error, out int where)
            ?? throw new InvalidOperationException($"A picture of the inputs that no board accepts: {error} at {where}.");
    }
}
