using System;
using nanoFramework.TestFramework;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;

namespace NeuralEdge.DeviceTests
{
    /// <summary>A whole board that has just started on a flash, and a host at its line.</summary>
    internal sealed class BoardHost
    {
        private const int Session = 5;
        private const int MostPeriods = 20;

        private readonly MemoryLine _line = new MemoryLine();
        private readonly FrameWriter _writer = new FrameWriter();
        private readonly byte[] _wire = new byte[LinkProtocol.MaxWire];
        private int _sequence = 9;

        /// <summary>Starts a board.</summary>
        /// <param name="files">Its flash.</param>
        /// <param name="bench">Its hardware.</param>
        /// <param name="chip">What it calls its chip; an empty name takes any model.</param>
        internal BoardHost(MemoryFiles files, Bench bench, string chip)
        {
            BoardParts parts = new BoardParts();
            parts.Inputs = bench;
            parts.Outputs = new SafeOutputs(bench, new SafePin[] { new SafePin(18, false) });
            parts.Outputs.DriveSafe();
            parts.Clock = bench;
            parts.Link = _line;
            parts.Files = files;
            parts.Reset = bench;
            parts.Supervisor = new Supervisor(parts.Outputs, bench, bench, 20000);
            BoardSettings settings = new BoardSettings();
            settings.Limits = new ModelLimits(4096, 4, 16, 1L << 18, 0xFF);
            settings.Name = "firmware";
            settings.Chip = chip;
            Board = new TeachableBoard(parts, settings, FactoryModel.GetBytes());
            Board.Start();
            byte[] hello = new byte[] { LinkProtocol.Version, LinkProtocol.Version, Session, 0, 0, 0 };
            Ask(LinkRequest.Hello, hello);
        }

        /// <summary>The board.</summary>
        internal TeachableBoard Board { get; }

        /// <summary>The data of the last reply, its status first.</summary>
        internal byte[] Reply { get; private set; }

        /// <summary>What the board says of itself.</summary>
        internal BoardInfo Info()
        {
            BoardInfo info = new BoardInfo();
            Board.Report(info);
            return info;
        }

        /// <summary>Sends a request and lets the board run until it has answered.</summary>
        /// <returns>The status of the reply.</returns>
        internal RequestStatus Ask(LinkRequest type, byte[] data)
        {
            Array.Copy(data, 0, _writer.Frame, LinkProtocol.HeaderLength, data.Length);
            int session = type == LinkRequest.Hello ? 0 : Session;
            int before = _line.WrittenLength;
            _line.Give(_wire, _writer.Finish((int)type, _sequence, session, data.Length, _wire));
            _sequence++;
            FrameReader reader = new FrameReader(new LinkCounters(), 128);
            for (int i = 0; i < MostPeriods; i++)
            {
                Board.RunOnce();
                byte[] sent = new byte[_line.WrittenLength - before];
                Array.Copy(_line.Written, before, sent, 0, sent.Length);
                MemoryLine back = new MemoryLine();
                back.Give(sent, sent.Length);
                if (reader.Read(back, 0))
                {
                    Reply = new byte[reader.DataLength];
                    Array.Copy(reader.Frame, LinkProtocol.HeaderLength, Reply, 0, Reply.Length);
                    return (RequestStatus)Reply[0];
                }
            }

            Assert.IsTrue(false, "no reply");
            return RequestStatus.Working;
        }
    }
}
