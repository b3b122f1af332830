using System;
using nanoFramework.TestFramework;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;

namespace NeuralEdge.DeviceTests
{
    /// <summary>COUNTS on the interpreter.</summary>
    [TestClass]
    public class CountsTests
    {
        private const int Session = 5;

        /// <summary>The example of PROTOCOL.md, section 8: the request, and the event byte for byte but its time and session.</summary>
        [TestMethod]
        public void TheExampleEventIsAsTheDocumentSays()
        {
            MemoryLine line = new MemoryLine();
            LinkServer server = Open(line);
            Ask(server, line, 2, new byte[] { 100, 0, 0, 0, 0, 4, 3, 4 }, 481);
            byte[] data = LastEvent(line);
            Assert.AreEqual(16, data.Length);
            Assert.AreEqual(0, LittleEndian.ReadInt32(data, 0));
            Assert.AreEqual(481, LittleEndian.ReadInt32(data, 4));
            Assert.AreEqual(16384, LittleEndian.ReadInt32(data, 8));
            Assert.AreEqual(16387, LittleEndian.ReadInt32(data, 12));
        }

        /// <summary>Rows keep to the period, and one that had no time keeps its number.</summary>
        [TestMethod]
        public void RowsThatAreLeftOutAreCounted()
        {
            MemoryLine line = new MemoryLine();
            LinkServer server = Open(line);
            Ask(server, line, 2, new byte[] { 100, 0, 0, 0, 3, 0 }, 1000);
            for (int now = 1010; now < 1120; now += 10)
            {
                server.Step(now);
            }

            Assert.AreEqual(1, LittleEndian.ReadInt32(LastEvent(line), 0));
            server.Step(1450);
            server.Step(1451);
            Assert.AreEqual(4, LittleEndian.ReadInt32(LastEvent(line), 0));
            Assert.AreEqual(1450, LittleEndian.ReadInt32(LastEvent(line), 4));
            Assert.AreEqual(2, (int)server.Counters.LiveDropped);
        }

        /// <summary>What cannot be is refused, and four zero bytes end it.</summary>
        [TestMethod]
        public void WhatCannotBeIsABadRequestAndNoPeriodEndsIt()
        {
            MemoryLine line = new MemoryLine();
            LinkServer server = Open(line);
            Assert.AreEqual((int)RequestStatus.BadRequest, Ask(server, line, 2, new byte[] { 100, 0, 0, 0, 1, 0 }, 10));
            Assert.AreEqual((int)RequestStatus.BadRequest, Ask(server, line, 3, new byte[] { 100, 0, 0, 0, 3, 9 }, 20));
            Assert.AreEqual((int)RequestStatus.BadRequest, Ask(server, line, 4, new byte[] { 0, 0, 0, 0, 3, 0 }, 30));
            Assert.AreEqual((int)RequestStatus.BadRequest, Ask(server, line, 5, new byte[] { 0, 0, 0, 128, 3, 0 }, 40));
            Assert.AreEqual((int)RequestStatus.Ok, Ask(server, line, 6, new byte[] { 1, 0, 0, 0, 3, 0 }, 50));
            Assert.AreEqual((int)RequestStatus.Ok, Ask(server, line, 7, new byte[4], 60));
            int sent = line.WrittenLength;
            for (int now = 70; now < 200; now++)
            {
                server.Step(now);
            }

            Assert.AreEqual(sent, line.WrittenLength);
        }

        /// <summary>The whole board: the count is corrected, and not limited to what the factory model reads.</summary>
        [TestMethod]
        public void ACountIsCorrectedAndHasItsFraction()
        {
            Bench bench = new Bench();
            bench.Count = 2000;
            BoardSettings settings = new BoardSettings();
            settings.Limits = new ModelLimits(4096, 4, 16, 1L << 18, 0xFF);
            settings.AdcChannels = new AdcChannelSettings[] { new AdcChannelSettings(6).Correct(210, 372, 2950, 3103) };
            ChannelCounts counts = new ChannelCounts(new BoardParts { Inputs = bench }, settings);
            Assert.IsTrue(counts.Has(6));
            Assert.IsFalse(counts.Has(8));
            Assert.IsTrue(counts.TryRead(0, 4, out int plain));
            Assert.AreEqual(16000, plain);

            // 372 + (2000 - 210) * 16330 / 16384 = 2156.1, and eighths of it.
            Assert.IsTrue(counts.TryRead(6, 8, out int corrected));
            Assert.AreEqual(17249, corrected);
            Assert.IsTrue(counts.TryRead(6, 0, out corrected));
            Assert.AreEqual(2156, corrected);
        }

        private static byte[] LastEvent(MemoryLine line)
        {
            byte[] written = new byte[line.WrittenLength];
            Array.Copy(line.Written, 0, written, 0, written.Length);
            MemoryLine back = new MemoryLine();
            back.Give(written, written.Length);
            FrameReader reader = new FrameReader(new LinkCounters(), 128);
            byte[] data = new byte[0];
            bool isFrame;
            while ((isFrame = reader.Read(back, 0)) || back.Available > 0)
            {
                if (isFrame && reader.Type == LinkProtocol.CountsEvent)
                {
                    data = new byte[reader.DataLength];
                    Array.Copy(reader.Frame, LinkProtocol.HeaderLength, data, 0, data.Length);
                }
            }

            return data;
        }

        private static LinkServer Open(MemoryLine line)
        {
            QuietBoard board = new QuietBoard();
            LinkServer server = new LinkServer(line, board, board, board, board, null, board);
            byte[] hello = new byte[] { LinkProtocol.Version, LinkProtocol.Version, Session, 0, 0, 0 };
            Send(server, line, (int)LinkRequest.Hello, 1, 0, hello, 0);
            return server;
        }

        /// <summary>Sends COUNTS, lets the server work a little, and returns the status of its reply.</summary>
        private static int Ask(LinkServer server, MemoryLine line, int sequence, byte[] data, int now)
        {
            return Send(server, line, (int)LinkRequest.Counts, sequence, Session, data, now);
        }

        private static int Send(LinkServer server, MemoryLine line, int type, int sequence, int session, byte[] data, int now)
        {
            FrameWriter writer = new FrameWriter();
            byte[] wire = new byte[LinkProtocol.MaxWire];
            Array.Copy(data, 0, writer.Frame, LinkProtocol.HeaderLength, data.Length);
            int before = line.WrittenLength;
            line.Give(wire, writer.Finish(type, sequence, session, data.Length, wire));
            for (int i = 0; i < 6; i++)
            {
                server.Step(now);
            }

            FrameReader reader = new FrameReader(new LinkCounters(), 128);
            byte[] reply = new byte[line.WrittenLength - before];
            Array.Copy(line.Written, before, reply, 0, reply.Length);
            MemoryLine back = new MemoryLine();
            back.Give(reply, reply.Length);
            int status = -1;
            bool isFrame;
            while ((isFrame = reader.Read(back, 0)) || back.Available > 0)
            {
                if (isFrame && reader.Type == (type | LinkProtocol.Reply))
                {
                    status = reader.Frame[LinkProtocol.HeaderLength];
                }
            }

            return status;
        }
    }
}
