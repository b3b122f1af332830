using nanoFramework.TestFramework;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;

namespace NeuralEdge.DeviceTests
{
    /// <summary>The whole loop on whatever runs these tests: desktop, virtual device or board.</summary>
    [TestClass]
    public class BoardTests
    {
        [TestMethod]
        public void PinsFollowTheNetworkAndGoSafeWhenTheAdcFails()
        {
            Bench bench = new Bench();
            ControlLoop loop = MakeLoop(bench, MakeParts(bench));

            // The worked example at a = b: 2 tanh(2a), below 0 for counts below 2048 and above 0 for counts above.
            bench.Count = 1500;
            Assert.IsTrue(Period(bench, loop));
            Assert.AreEqual(-1, bench.Levels[18]);
            bench.Count = 2500;
            Assert.IsTrue(Period(bench, loop));
            Assert.AreEqual(1, bench.Levels[18]);

            bench.AdcFails = true;
            Assert.IsFalse(Period(bench, loop));
            Assert.AreEqual(-1, bench.Levels[18]);
            Assert.AreEqual((int)FaultCode.Adc, (int)loop.Faults.Last);

            bench.AdcFails = false;
            int waited = 0;
            while (!Period(bench, loop))
            {
                waited++;
            }

            Assert.AreEqual(9, waited);
            Assert.AreEqual(1, bench.Levels[18]);
            Assert.AreEqual(0, bench.Resets);
        }

        [TestMethod]
        public void ALoopThatHangsIsLatchedSafeAndReset()
        {
            Bench bench = new Bench();
            BoardParts parts = MakeParts(bench);
            ControlLoop loop = MakeLoop(bench, parts);
            bench.Count = 2500;
            Assert.IsTrue(Period(bench, loop));
            Assert.IsTrue(parts.Supervisor.Check());
            Assert.AreEqual(1, bench.Levels[18]);

            parts.Supervisor.Run();
            Assert.AreEqual(1, bench.Resets);
            Assert.AreEqual(-1, bench.Levels[18]);
            bench.Count = 1500;
            Period(bench, loop);
            bench.Count = 2500;
            Period(bench, loop);
            Assert.AreEqual(-1, bench.Levels[18]);
        }

        [TestMethod]
        public void ABoardWithEmptyFlashRunsTheFactoryModelAndAnswersAQuestion()
        {
            Bench bench = new Bench();
            BoardParts parts = MakeParts(bench);
            TeachableBoard board = new TeachableBoard(parts, MakeSettings(), FactoryModel.GetBytes());
            board.Start();
            for (int i = 0; i < 3; i++)
            {
                board.RunOnce();
            }

            Assert.AreEqual(3u, board.Loop.InferenceCount);
            Assert.AreEqual(0u, board.Loop.MissedPeriods);
            BoardInfo info = new BoardInfo();
            board.Report(info);
            Assert.AreEqual((int)ModelState.Factory, (int)info.State);
            Assert.AreEqual(100, info.PeriodMs);
            Assert.AreEqual((int)RequestStatus.Ok, (int)board.Questions.Set(0, 24576));
            Assert.AreEqual((int)RequestStatus.Ok, (int)board.Questions.Set(1, 28672));
            board.Questions.Ask();
            Assert.AreEqual(332382208, board.Questions.GetAnswer(0));
            Assert.AreEqual(3, info.PlausiblePeriods);
            Assert.AreEqual((int)RequestStatus.WrongModel, (int)board.Updates.Confirm(1, info.Digest, true));
            Assert.AreEqual((int)RequestStatus.WrongModel, (int)board.Updates.Revert(info.Sequence, info.Digest + 1));
            Assert.AreEqual((int)RequestStatus.NothingToConfirm, (int)board.Updates.Confirm(info.Sequence, info.Digest, true));
            Assert.AreEqual((int)RequestStatus.NothingToRevert, (int)board.Updates.Revert(info.Sequence, info.Digest));
        }

        private static bool Period(Bench bench, ControlLoop loop)
        {
            long remaining = loop.Remaining();
            if (remaining > 0)
            {
                bench.Now += remaining;
            }

            return loop.RunPeriod();
        }

        private static BoardSettings MakeSettings()
        {
            BoardSettings settings = new BoardSettings();
            settings.Limits = new ModelLimits(4096, 4, 16, 1L << 18, 0xFF);
            return settings;
        }

        private static BoardParts MakeParts(Bench bench)
        {
            BoardParts parts = new BoardParts();
            parts.Inputs = bench;
            parts.Outputs = new SafeOutputs(bench, new SafePin[] { new SafePin(18, false) });
            parts.Outputs.DriveSafe();
            parts.Clock = bench;
            parts.Link = new MemoryLine();
            parts.Files = new MemoryFiles();
            parts.Reset = bench;
            parts.Supervisor = new Supervisor(parts.Outputs, bench, bench, 20000);
            return parts;
        }

        private static ControlLoop MakeLoop(Bench bench, BoardParts parts)
        {
            byte[] file = FactoryModel.GetBytes();
            Model factory = ModelReader.Read(file, file.Length, MakeSettings().Limits, out ModelError error, out int where);
            Assert.AreEqual((int)ModelError.None, (int)error);
            OutputBinding pump = new OutputBinding(OutputBinding.RuleThreshold, 18, false, 1000, -1000, 0, 0);
            Bindings bindings = new Bindings(0, factory.Bindings.Inputs, new OutputBinding[] { pump }, false);
            ControlLoop loop = new ControlLoop(parts, MakeSettings());
            loop.Use(new Model(factory.Network, bindings, factory.Golden, factory.Length, factory.Digest));
            return loop;
        }
    }
}
