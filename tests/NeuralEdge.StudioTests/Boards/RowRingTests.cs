using System.Buffers.Binary;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Studio.Boards;

namespace NeuralEdge.StudioTests.Boards;

[TestClass]
public sealed class RowRingTests
{
    [TestMethod]
    public void ABatchHasTheNumberAndTheTimeOfItsFirstRowAndAllValues()
    {
        RowRing ring = new(["a", "b"], 10);
        ring.Add(1_000_000_000_000, [1.5, 2]);
        ring.Add(1_000_000_000_010, [3, double.NaN]);
        long next = 0;
        byte[] batch = ring.Batch(ref next, 100)!;
        Assert.AreEqual(2, next);
        Assert.HasCount(RowRing.HeadBytes + (2 * 12), batch);
        Assert.AreEqual(0, BinaryPrimitives.ReadInt64LittleEndian(batch));
        Assert.AreEqual(1e12, BinaryPrimitives.ReadDoubleLittleEndian(batch.AsSpan(8)));
        float[] values = [.. Enumerable.Range(0, 6).Select(i => BinaryPrimitives.ReadSingleLittleEndian(batch.AsSpan(16 + (4 * i))))];
        CollectionAssert.AreEqual(new[] { 0, 1.5f, 2, 10, 3, float.NaN }, values);
        Assert.IsNull(ring.Batch(ref next, 100));
    }

    [TestMethod]
    public void AReaderThatIsTooSlowSeesByTheNumberWhatItMissed()
    {
        RowRing ring = new(["a"], 4);
        for (int i = 0; i < 10; i++)
        {
            ring.Add(i, [i]);
        }

        long next = 1;
        byte[] batch = ring.Batch(ref next, 3)!;
        Assert.AreEqual(6, BinaryPrimitives.ReadInt64LittleEndian(batch), "rows 1 to 5 are gone");
        Assert.AreEqual(9, next, "no more than it asked for");
        Assert.AreEqual(6f, BinaryPrimitives.ReadSingleLittleEndian(batch.AsSpan(20)));
    }

    [TestMethod]
    public void WhoLooksBackGetsNoMoreThanIsKept()
    {
        RowRing ring = new(["a"], 100);
        for (int i = 0; i < 50; i++)
        {
            ring.Add(10 * i, [i]);
        }

        Assert.AreEqual(39, ring.Back(TimeSpan.FromMilliseconds(100)));
        Assert.AreEqual(0, ring.Back(TimeSpan.FromHours(1)));
        Assert.AreEqual(490, ring.LastMs);
    }
}
