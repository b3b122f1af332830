using nanoFramework.TestFramework;
using NeuralEdge.Board.Link;

namespace NeuralEdge.DeviceTests
{
    /// <summary>The server on the interpreter.</summary>
    [TestClass]
    public class LinkServerTests
    {
        /// <summary>HELLO of PROTOCOL.md is answered byte for byte as it says there.</summary>
        [TestMethod]
        public void TheExampleHelloIsAnsweredAsTheDocumentSays()
        {
            byte[] hello = new byte[]
            {
                0x00, 0x04, 0x01, 0x01, 0x64, 0x01, 0x01, 0x02, 0x06, 0x0B, 0x02, 0x02, 0xD4, 0xC3, 0xB2, 0xA1, 0x3C, 0xB4,
                0xEC, 0x06, 0x00,
            };
            byte[] reply = new byte[]
            {
                0x00, 0x04, 0x01, 0x81, 0x64, 0x04, 0x66, 0x62, 0x10, 0x01, 0x04, 0x02, 0x66, 0x62, 0x02, 0x01, 0x02, 0x02,
                0x02, 0x80, 0x01, 0x09, 0xD4, 0xC3, 0xB2, 0xA1, 0x96, 0xA6, 0x6A, 0xAE, 0x00,
            };
            MemoryLine line = new MemoryLine();
            QuietBoard board = new QuietBoard();
            LinkServer server = new LinkServer(line, board, board, board, board);
            Serve(server, line, hello, hello.Length);
            Assert.AreEqual(reply.Length, line.WrittenLength);
            for (int i = 0; i < reply.Length; i++)
            {
                Assert.AreEqual((int)reply[i], (int)line.Written[i]);
            }
        }

        /// <summary>What was said twice is answered twice and done once.</summary>
        [TestMethod]
        public void ARepeatedRequestIsAnsweredAgainAndDoneOnce()
        {
            MemoryLine line = new MemoryLine();
            QuietBoard board = new QuietBoard();
            LinkServer server = new LinkServer(line, board, board, board, board);
            FrameWriter writer = new FrameWriter();
            byte[] wire = new byte[LinkProtocol.MaxWire];
            byte[] data = writer.Frame;
            data[LinkProtocol.HeaderLength] = LinkProtocol.Version;
            data[LinkProtocol.HeaderLength + 1] = LinkProtocol.Version;
            data[LinkProtocol.HeaderLength + 2] = 5;
            data[LinkProtocol.HeaderLength + 3] = 0;
            data[LinkProtocol.HeaderLength + 4] = 0;
            data[LinkProtocol.HeaderLength + 5] = 0;
            Serve(server, line, wire, writer.Finish((int)LinkRequest.Hello, 9, 0, 6, wire));

            // No flags; upload number and digest are whatever the buffer holds.
            data[LinkProtocol.HeaderLength + 8] = 0;
            int count = writer.Finish((int)LinkRequest.Confirm, 10, 5, 9, wire);
            Serve(server, line, wire, count);
            int once = line.WrittenLength;
            Serve(server, line, wire, count);
            Assert.AreEqual(1, board.Confirmations);
            Assert.IsTrue(line.WrittenLength > once, "the repeated request was not answered");
            Assert.AreEqual(1, (int)server.Counters.Repeats);
        }

        /// <summary>Damage and nothing else: the receiver may have lost count of its bytes.</summary>
        [TestMethod]
        public void FourDamagedFramesInARowOpenThePortAnew()
        {
            MemoryLine line = new MemoryLine();
            QuietBoard board = new QuietBoard();
            LinkServer server = new LinkServer(line, board, board, board, board);
            byte[] damaged = new byte[] { 0, 5, 1, 2, 3, 4, 0 };
            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual(0, line.Reopenings);
                Serve(server, line, damaged, damaged.Length);
            }

            Assert.AreEqual(1, line.Reopenings);
            Assert.AreEqual(1, (int)server.Counters.Reopened);
        }

        private static void Serve(LinkServer server, MemoryLine line, byte[] wire, int count)
        {
            line.Give(wire, count);
            for (int i = 0; i < 10; i++)
            {
                server.Step(i);
            }
        }
    }
}
