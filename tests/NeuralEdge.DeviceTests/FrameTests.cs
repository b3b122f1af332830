using nanoFramework.TestFramework;
using NeuralEdge.Board.Link;

namespace NeuralEdge.DeviceTests
{
    /// <summary>COBS and frames on the interpreter.</summary>
    [TestClass]
    public class FrameTests
    {
        /// <summary>The code and back at every length around the blocks of 254 with and without zeros.</summary>
        [TestMethod]
        public void CobsGoesThereAndBack()
        {
            for (int zeroEvery = 1; zeroEvery < 600; zeroEvery += 97)
            {
                for (int length = 0; length < 520; length = length < 4 || (length > 250 && length < 258) ? length + 1 : length + 31)
                {
                    byte[] bytes = new byte[length];
                    for (int i = 0; i < length; i++)
                    {
                        bytes[i] = (byte)((i + 1) % zeroEvery == 0 ? 0 : 1 + (i % 255));
                    }

                    byte[] code = new byte[LinkProtocol.MaxWire];
                    int count = Cobs.Encode(bytes, 0, length, code, 0);
                    Assert.IsTrue(count <= length + (length / 254) + 1, "too long a code");
                    for (int i = 0; i < count; i++)
                    {
                        Assert.IsTrue(code[i] != 0, "a zero in the code");
                    }

                    byte[] back = new byte[length];
                    Assert.AreEqual(length, Cobs.Decode(code, 0, count, back, 0));
                    CollectionAssert.AreEqual(bytes, back);
                }
            }
        }

        /// <summary>A frame arrives whole and no flip of one bit is taken for a frame.</summary>
        [TestMethod]
        public void AFrameArrivesAndADamagedOneDoesNot()
        {
            FrameWriter writer = new FrameWriter();
            for (int i = 0; i < 20; i++)
            {
                writer.Frame[LinkProtocol.HeaderLength + i] = (byte)(i * 13);
            }

            byte[] wire = new byte[LinkProtocol.MaxWire];
            int count = writer.Finish(0x04, 258, 772, 20, wire);
            MemoryLine line = new MemoryLine();
            LinkCounters counters = new LinkCounters();
            FrameReader reader = new FrameReader(counters, 128);
            line.Give(wire, count);
            Assert.IsTrue(reader.Read(line, 0));
            Assert.AreEqual(4, reader.Type);
            Assert.AreEqual(258, reader.Sequence);
            Assert.AreEqual(772, reader.Session);
            Assert.AreEqual(20, reader.DataLength);
            Assert.AreEqual(19 * 13, (int)reader.Frame[LinkProtocol.HeaderLength + 19]);

            for (int bit = 8; bit < (count - 1) * 8; bit++)
            {
                wire[bit / 8] ^= (byte)(1 << (bit % 8));
                line.Give(wire, count);
                bool found = reader.Read(line, 0);
                while (line.Available > 0)
                {
                    found |= reader.Read(line, 0);
                }

                Assert.IsFalse(found, "a damaged frame was accepted");
                wire[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.AreEqual(1, (int)counters.Frames);
        }

        /// <summary>A half frame is dropped after silence and the next frame is found.</summary>
        [TestMethod]
        public void AHalfFrameIsDroppedAfterSilence()
        {
            FrameWriter writer = new FrameWriter();
            byte[] wire = new byte[LinkProtocol.MaxWire];
            int count = writer.Finish(0x02, 1, 2, 0, wire);
            MemoryLine line = new MemoryLine();
            LinkCounters counters = new LinkCounters();
            FrameReader reader = new FrameReader(counters, 128);
            line.Give(wire, 7);
            Assert.IsFalse(reader.Read(line, 0));
            Assert.IsFalse(reader.Read(line, LinkProtocol.SilenceMs + 1));
            Assert.AreEqual(1, (int)counters.SilenceErrors);
            line.Give(wire, count);
            Assert.IsTrue(reader.Read(line, 1000));
        }
    }
}
