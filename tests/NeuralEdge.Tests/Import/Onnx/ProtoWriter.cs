using System.Buffers.Binary;
using System.Text;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>Writes Protocol Buffers messages field by field: the tests' own hand, independent of the reader's.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _bytes = [];

    internal byte[] ToArray() => [.. _bytes];

    internal ProtoWriter Integer(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint(unchecked((ulong)value));
        return this;
    }

    internal ProtoWriter Single(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        byte[] four = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        _bytes.AddRange(four);
        return this;
    }

    internal ProtoWriter Bytes(int field, byte[] value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    internal ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    internal ProtoWriter Message(int field, ProtoWriter value) => Bytes(field, value.ToArray());

    internal ProtoWriter Integers(int field, IEnumerable<long> values)
    {
        ProtoWriter packed = new();
        foreach (long value in values)
        {
            packed.Varint(unchecked((ulong)value));
        }

        return Bytes(field, packed.ToArray());
    }

    internal ProtoWriter Singles(int field, IEnumerable<float> values) =>
        Bytes(field, [.. values.SelectMany(BitConverter.GetBytes)]);

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.Add((byte)value);
    }
}
