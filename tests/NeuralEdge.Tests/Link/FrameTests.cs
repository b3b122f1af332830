using System.Globalization;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Tests.Link;

/// <summary>Frames, whole and damaged. NEURALEDGE_FRAMES=N fuzzes N million of them instead of one, NEURALEDGE_SEED=S others.</summary>
[TestClass]
public sealed class FrameTests
{
    private static long Millions => long.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_FRAMES") ?? "1", CultureInfo.InvariantCulture);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void EveryLengthOfDataArrivesWhateverTheSlices()
    {
        Random random = new(1);
        FakeLine line = new();
        LinkCounters counters = new();
        FrameReader reader = new(counters, 64);
        FrameWriter writer = new();
        byte[] wire = new byte[LinkProtocol.MaxWire];
        for (int length = 0; length <= LinkProtocol.MaxData; length++)
        {
            byte[] data = Fill(random, length);
            data.CopyTo(writer.Frame, LinkProtocol.HeaderLength);
            int count = writer.Finish(0x8B, length * 77 & 0xFFFF, 0xABCD, length, wire);
            for (int at = 0; at < count;)
            {
                int slice = Math.Min(random.Next(1, 100), count - at);
                line.Give(wire.AsSpan(at, slice).ToArray());
                at += slice;
                bool found = false;
                while (line.Available > 0)
                {
                    found |= reader.Read(line, 0);
                }

                found |= reader.Read(line, 0);
                Assert.AreEqual(at == count, found, $"{length} bytes of data, {at} of {count} on the wire");
            }

            Assert.AreEqual(0x8B, reader.Type);
            Assert.AreEqual(length * 77 & 0xFFFF, reader.Sequence);
            Assert.AreEqual(0xABCD, reader.Session);
            CollectionAssert.AreEqual(data, reader.Frame.AsSpan(LinkProtocol.HeaderLength, reader.DataLength).ToArray());
        }

        Assert.AreEqual(LinkProtocol.MaxData + 1u, counters.Frames);
    }

    [TestMethod]
    [DataRow(0, true)]
    [DataRow(1, false)]
    [DataRow(-1, false)]
    public void AFrameOfAnotherLengthThanItSaysIsRefused(int more, bool valid)
    {
        byte[] frame = new byte[LinkProtocol.HeaderLength + 5 + LinkProtocol.TrailerLength];
        frame[0] = LinkProtocol.FrameVersion;
        frame[1] = (byte)LinkRequest.Data;
        frame[6] = (byte)(5 + more);
        int end = frame.Length - LinkProtocol.TrailerLength;
        BitConverter.TryWriteBytes(frame.AsSpan(end), Numerics.Checksum.Crc32(frame, 0, end));
        byte[] wire = new byte[LinkProtocol.MaxWire];
        int length = Cobs.Encode(frame, 0, frame.Length, wire, 1) + 2;
        LinkCounters counters = new();
        FakeLine line = new();
        line.Give(wire[..length]);
        Assert.AreEqual(valid, new FrameReader(counters, 64).Read(line, 0));
        Assert.AreEqual(valid ? 0u : 1u, counters.LengthErrors);
    }

    [TestMethod]
    public void NoDamagedFrameIsAcceptedAndNothingThrows()
    {
        Random random = new(1 + Campaigns.Seed);
        FakeLine line = new();
        LinkCounters counters = new();
        FrameReader reader = new(counters, 128);
        FrameWriter writer = new();
        byte[] wire = new byte[LinkProtocol.MaxWire];
        long wrong = 0;
        long right = 0;
        long whole = 0;
        for (long n = 0; n < Millions * 1_000_000; n++)
        {
            int length = random.Next(4) == 0 ? random.Next(LinkProtocol.MaxData + 1) : random.Next(24);
            random.NextBytes(writer.Frame.AsSpan(LinkProtocol.HeaderLength, length));
            int count = writer.Finish(random.Next(256), random.Next(0x10000), random.Next(0x10000), length, wire);
            byte[] sent = writer.Frame.AsSpan(0, LinkProtocol.HeaderLength + length).ToArray();
            bool damaged = n % 16 != 0;
            byte[] bytes = wire.AsSpan(0, count).ToArray();
            line.Give(damaged ? Damage(random, bytes) : bytes);
            whole += damaged ? 0 : 1;

            // Whatever came, a delimiter ends it, and the next frame is found.
            line.Give([0]);
            while (line.Available > 0 || reader.Received > 0)
            {
                if (reader.Read(line, 0))
                {
                    bool same = reader.Frame.AsSpan(0, LinkProtocol.HeaderLength + reader.DataLength).SequenceEqual(sent);
                    right += same ? 1 : 0;
                    wrong += same ? 0 : 1;
                }
            }
        }

        TestContext.WriteLine($"NEURALEDGE_SEED={Campaigns.Seed}: {Millions} M frames: {whole} whole, {right} accepted unchanged, {wrong} wrong; crc {counters.CrcErrors}, cobs {counters.CobsErrors}, length {counters.LengthErrors}");
        Assert.AreEqual(0, wrong);
        Assert.IsGreaterThanOrEqualTo(whole, right);
        Assert.IsGreaterThan(100_000u, counters.CrcErrors);
        Assert.IsGreaterThan(1_000u, counters.CobsErrors);
        Assert.IsGreaterThan(1_000u, counters.LengthErrors);
    }

    [TestMethod]
    public void AFrameBeginsAndEndsWithAZeroWhateverWasInItsBuffer()
    {
        byte[] wire = [.. Enumerable.Repeat((byte)0xFF, LinkProtocol.MaxWire)];
        int length = new FrameWriter().Finish(1, 2, 3, 0, wire);
        Assert.AreEqual((0, 0), (wire[0], wire[length - 1]));
        Assert.AreEqual(-1, wire.AsSpan(1, length - 2).IndexOf((byte)0));
    }

    [TestMethod]
    public void AFrameIsFoundBehindTheTextOfABootLoader()
    {
        FakeLine line = new();
        FrameReader reader = new(new LinkCounters(), 128);
        line.Give([.. "ets Jul 29 2019 12:21:46\r\nrst:0x1 (POWERON_RESET)\r\n"u8, .. Wire(5)]);
        Assert.IsTrue(ReadAll(reader, line, 0));
    }

    [TestMethod]
    public void ATooLongFrameIsCountedOnceAndTheNextOneIsFound()
    {
        FakeLine line = new();
        LinkCounters counters = new();
        FrameReader reader = new(counters, 128);
        byte[] noise = new byte[5000];
        Array.Fill(noise, (byte)0x55);
        line.Give([.. noise, .. Wire(6)]);
        Assert.IsTrue(ReadAll(reader, line, 0));
        Assert.AreEqual(1u, counters.LengthErrors);
    }

    [TestMethod]
    public void AHalfFrameIsDroppedAfterSilenceAndNotBefore()
    {
        FakeLine line = new();
        LinkCounters counters = new();
        FrameReader reader = new(counters, 128);
        byte[] wire = Wire(7);
        line.Give(wire[..10]);
        ReadAll(reader, line, 1000);
        reader.Read(line, 1000 + LinkProtocol.SilenceMs);
        Assert.AreEqual(0u, counters.SilenceErrors);
        reader.Read(line, 1001 + LinkProtocol.SilenceMs);
        Assert.AreEqual(1u, counters.SilenceErrors);
        line.Give(wire);
        Assert.IsTrue(ReadAll(reader, line, 2000));
    }

    private static byte[] Wire(int length)
    {
        FrameWriter writer = new();
        byte[] wire = new byte[LinkProtocol.MaxWire];
        return wire[..writer.Finish(1, 2, 3, length, wire)];
    }

    private static bool ReadAll(FrameReader reader, FakeLine line, long nowMs)
    {
        bool found = false;
        do
        {
            found |= reader.Read(line, nowMs);
        }
        while (line.Available > 0);
        return found | reader.Read(line, nowMs);
    }

    private static byte[] Fill(Random random, int length)
    {
        byte[] data = new byte[length];
        random.NextBytes(data);
        for (int i = 0; i < length; i += random.Next(1, 300))
        {
            data[i] = 0;
        }

        return data;
    }

    /// <summary>What lines do: single bits, bytes, bursts, lost bytes, doubled bytes, cuts, swaps.</summary>
    private static byte[] Damage(Random random, byte[] wire)
    {
        List<byte> bytes = [.. wire];
        int times = random.Next(1, 4);
        for (int t = 0; t < times && bytes.Count > 2; t++)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    for (int i = at; i < Math.Min(at + random.Next(2, 12), bytes.Count); i++)
                    {
                        bytes[i] = (byte)random.Next(256);
                    }

                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 6), bytes.Count - at));
                    break;
                case 4:
                    bytes.Insert(at, bytes[at]);
                    break;
                case 5:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    int other = random.Next(bytes.Count);
                    (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
                    break;
            }
        }

        return [.. bytes];
    }
}
