using System.Buffers.Binary;
using System.Numerics;

namespace NeuralEdge.Tests.Familiar;

/// <summary>FORMAT.md 3.3 once more, from the bytes of the section and in integers without an end.</summary>
internal sealed class FamiliarReference(byte[] payload, int inputs)
{
    /// <summary>The deviations of a row.</summary>
    internal BigInteger[] Deviations(IReadOnlyList<int> raw) => [.. Enumerable.Range(0, inputs).Select(i =>
    {
        int at = 8 + (10 * i);
        BigInteger product = (new BigInteger(raw[i]) - BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(at))) * BinaryPrimitives.ReadUInt16LittleEndian(payload.AsSpan(at + 4));
        return product >> payload[at + 6];
    })];

    /// <summary>Whether every deviation is in its range.</summary>
    internal bool IsInside(BigInteger[] deviations)
    {
        int room = payload[2];
        return Enumerable.Range(0, inputs).All(i =>
        {
            int at = 8 + (10 * i);
            return deviations[i] >= Math.Max((sbyte)payload[at + 8] - room, -128) && deviations[i] <= Math.Min((sbyte)payload[at + 9] + room, 127);
        });
    }

    /// <summary>The whitened values of deviations.</summary>
    internal BigInteger[] Whitened(BigInteger[] deviations) => [.. Enumerable.Range(0, inputs).Select(i =>
    {
        int row = 8 + (10 * inputs) + (2 * payload[0] * inputs) + (i * (i + 1) / 2);
        BigInteger sum = Enumerable.Range(0, i + 1).Aggregate(BigInteger.Zero, (total, j) => total + ((sbyte)payload[row + j] * deviations[j]));
        return sum >> payload[8 + (10 * i) + 7];
    })];

    /// <summary>The squared distance to each prototype.</summary>
    internal BigInteger[] Distances(BigInteger[] whitened) => [.. Enumerable.Range(0, payload[0]).Select(k => Enumerable.Range(0, inputs).Aggregate(BigInteger.Zero, (total, i) =>
    {
        BigInteger difference = whitened[i] - BinaryPrimitives.ReadInt16LittleEndian(payload.AsSpan(8 + (10 * inputs) + (2 * ((k * inputs) + i))));
        return total + (difference * difference);
    }))];

    /// <summary>What a board must find.</summary>
    internal bool IsFamiliar(IReadOnlyList<int> raw)
    {
        BigInteger[] deviations = Deviations(raw);
        return IsInside(deviations) && Distances(Whitened(deviations)).Min() <= BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(4));
    }
}
