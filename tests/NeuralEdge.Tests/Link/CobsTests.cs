using CsCheck;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Tests.Link;

[TestClass]
public sealed class CobsTests
{
    // Zeros are rare in random bytes, and blocks of 254 without one rarer still: weigh both in.
    private static readonly Gen<byte[]> Bytes =
        Gen.OneOf(Gen.Byte, Gen.Const((byte)0), Gen.Const((byte)1)).Array[0, 600]
            .Select(Gen.Int[0, 20], (bytes, zeroEvery) => zeroEvery > 4 ? Array.ConvertAll(bytes, b => b == 0 ? (byte)1 : b) : bytes);

    [TestMethod]
    public void WhatIsEncodedIsDecodedAndHoldsNoZero()
    {
        Bytes.Sample(
            bytes =>
            {
                byte[] code = new byte[bytes.Length + (bytes.Length / 254) + 1];
                int length = Cobs.Encode(bytes, 0, bytes.Length, code, 0);
                byte[] back = new byte[bytes.Length];
                int decoded = Cobs.Decode(code, 0, length, back, 0);
                return !code.AsSpan(0, length).Contains((byte)0)
                    && decoded == bytes.Length
                    && back.AsSpan().SequenceEqual(bytes);
            },
            iter: 100_000);
    }

    [TestMethod]
    public void EveryLengthWithoutZerosIsDecodedAtItsWorstCaseLength()
    {
        for (int length = 0; length <= LinkProtocol.MaxFrame; length++)
        {
            byte[] bytes = new byte[length];
            Array.Fill(bytes, (byte)7);
            byte[] code = new byte[LinkProtocol.MaxWire - 2];
            int encoded = Cobs.Encode(bytes, 0, length, code, 0);
            Assert.IsLessThanOrEqualTo(length + (length / 254) + 1, encoded);
            byte[] back = new byte[length];
            Assert.AreEqual(length, Cobs.Decode(code, 0, encoded, back, 0));
            CollectionAssert.AreEqual(bytes, back);
        }
    }

    [TestMethod]
    public void AnythingIsDecodedOrRefusedWithoutAnException()
    {
        byte[] target = new byte[100];
        Gen.Byte.Array[1, 200].Sample(
            bytes => Cobs.Decode(bytes, 0, bytes.Length, target, 0) is >= -1 and <= 100,
            iter: 200_000);
    }

    [TestMethod]
    [DataRow("", "01")]
    [DataRow("00", "0101")]
    [DataRow("0000", "010101")]
    [DataRow("11220033", "0311220233")]
    [DataRow("11000000", "0211010101")]
    public void TheCodeIsThatOfThePublishedExamples(string bytes, string code)
    {
        byte[] source = Convert.FromHexString(bytes);
        byte[] target = new byte[20];
        int length = Cobs.Encode(source, 0, source.Length, target, 0);
        Assert.AreEqual(code, Convert.ToHexString(target, 0, length));
    }
}
