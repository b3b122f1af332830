using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Control;

/// <summary>What a whole board says about itself, and that it reads what it loads in pieces.</summary>
[TestClass]
public sealed class BoardReportTests
{
    private static readonly ModelFile Uploaded = Bench.Identity(3, 250, new BoardOutput("y0", 18, ArgMax: false, On: 3000, Off: 2500));

    [TestMethod]
    public void InfoHasWhatTheSettingsTheModelAndTheClockSay()
    {
        int conversions = 0;
        Bench bench = new();
        bench.Inputs.Count = _ =>
        {
            conversions++;
            bench.Clock.Microseconds += 10;
            return 2000;
        };
        bench.Settings.Name = "bench";
        bench.Settings.VersionMajor = 3;
        bench.Settings.VersionMinor = 4;
        bench.Settings.VersionPatch = 5;
        bench.Settings.PeriodMs = 120;
        bench.Settings.Limits = new ModelLimits(15000, 15, 500, bench.Outputs.Pins, 0x7F, 50_000, bench.Outputs.ActiveLowPins);
        TeachableBoard board = Start(bench, bench.Files);
        byte[] factory = FactoryModel.GetBytes();
        BoardInfo info = Info(board);
        Assert.AreEqual(("bench", 3, 4, 5), (info.Name, info.VersionMajor, info.VersionMinor, info.VersionPatch));
        Assert.AreEqual((15000, 15, 500), (info.MaxModelBytes, info.MaxLayers, info.MaxWidth));
        Assert.AreEqual((0x7F, (1L << 18) | (1L << 19) | (1L << 21), 1L << 19, 0L), (info.AdcChannels, info.OutputPins, info.ActiveLowPins, info.LimitedPins));
        Assert.AreEqual((50_000, ModelMemory.Left(bench.Settings.Limits, board.Loop.Model)), (info.MaxHeapBytes, info.HeapLeft));
        Assert.AreEqual((ModelState.Factory, (byte)LinkProtocol.FactorySlot, 0u), (info.State, info.Slot, info.Sequence));
        Assert.AreEqual((factory.Length, StoreBoard.DigestOf(factory), 2, 1, 120), (info.ModelLength, info.Digest, info.InputCount, info.OutputCount, info.PeriodMs));
        Assert.AreEqual((BoardInfo.NoTurbo, 0, -1, false), (info.TurboRefusal, info.CompiledBytes, info.BadInput, info.IsInputFrozen));

        Upload(board, Uploaded.Bytes);
        info = Info(board);
        Assert.AreEqual((ModelState.Test, (byte)0, 1u), (info.State, info.Slot, info.Sequence));
        Assert.AreEqual((Uploaded.Bytes.Length, StoreBoard.DigestOf(Uploaded.Bytes), 3, 3, 250), (info.ModelLength, info.Digest, info.InputCount, info.OutputCount, info.PeriodMs));
        Assert.AreEqual(RequestStatus.Ok, board.Updates.Confirm(1, StoreBoard.DigestOf(Uploaded.Bytes), anyway: true));
        info = Info(board);
        Assert.AreEqual((ModelState.Confirmed, (byte)0, 1u), (info.State, info.Slot, info.Sequence));

        // Three inferences, then one that begins two periods late.
        conversions = 0;
        for (int period = 0; period < 3; period++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(10 * conversions / 3, Info(board).SampleMicros);
        Assert.AreEqual((3u, 0u), (Info(board).InferenceCount, Info(board).LatePeriods));
        bench.Clock.Microseconds += 900_000;
        board.RunOnce();
        info = Info(board);
        Assert.AreEqual((4u, 2u), (info.InferenceCount, info.LatePeriods));
        Assert.IsTrue(info.LatestMicros is > 500_000 and <= 900_000, $"{info.LatestMicros} us");
        Assert.AreEqual((board.Loop.Faults.Count, 0u), (info.FaultCount, info.FaultCount));
        board.Loop.Faults.Add(FaultCode.Link, 0);
        board.Loop.Faults.Add(FaultCode.Adc, 0);
        Assert.AreEqual((2u, (byte)FaultCode.Adc), (Info(board).FaultCount, Info(board).LastFault));
        Assert.AreEqual((uint)(bench.Clock.Microseconds / 1000), info.UptimeMs);
    }

    [TestMethod]
    public void SettingsThatNobodyChangedAreThoseTheDocumentsState()
    {
        BoardSettings settings = new();
        Assert.AreEqual(("NeuralEdge", 100, 2000), (settings.Name, settings.PeriodMs, settings.SupervisionMs));
        Assert.AreEqual((1000, 1000, 30_000, 5), (settings.SensorFaultMs, settings.BackOffMs, settings.BackOffLimitMs, settings.FaultsBeforeReset));
        Assert.AreEqual((10, 15 * 60 * 1000), (settings.ConfirmAfterPeriods, settings.TestMs));
        Assert.IsEmpty(settings.AdcChannels);
    }

    [TestMethod]
    public void InfoSaysHowFarAnUploadIsUntilItHasArrived()
    {
        TeachableBoard board = Start(new Bench(), new FaultyFlash(FlashModel.CommitOnClose, 0));
        byte[] file = Uploaded.Bytes;
        Assert.AreEqual((0, 0, 0u), Arriving());
        Assert.AreEqual(RequestStatus.Ok, board.Updates.Begin(file.Length, StoreBoard.DigestOf(file)));
        Assert.AreEqual((file.Length, 0, StoreBoard.DigestOf(file)), Arriving());
        Assert.AreEqual(RequestStatus.Ok, board.Updates.Append(0, file, 0, 100));
        Assert.AreEqual((file.Length, 100, StoreBoard.DigestOf(file)), Arriving());
        Assert.AreEqual(RequestStatus.Ok, board.Updates.Abort());
        Assert.AreEqual((0, 0, 0u), Arriving());
        Upload(board, file);
        Assert.AreEqual((0, 0, 0u), Arriving(), "a model in test has arrived");

        (int, int, uint) Arriving()
        {
            BoardInfo info = Info(board);
            return (info.UploadLength, info.UploadReceived, info.UploadDigest);
        }
    }

    [TestMethod]
    public void WithoutAModelInfoSaysSo()
    {
        TeachableBoard board = Start(new Bench(), new FaultyFlash(FlashModel.CommitOnClose, 0), new byte[100]);
        BoardInfo info = Info(board);
        Assert.AreEqual((0, 0u, 0, 0), (info.ModelLength, info.Digest, info.InputCount, info.OutputCount));
        Assert.AreEqual((0u, 0L, -1, false), (info.RestCount, info.RestingPins, info.BadInput, info.IsInputFrozen));
    }

    [TestMethod]
    public void NoStepOfLoadingReadsMoreThan256Bytes()
    {
        WatchedReads flash = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        TeachableBoard board = Start(new Bench(), flash);
        Upload(board, Uploaded.Bytes);
        Assert.IsGreaterThan(256, Uploaded.Bytes.Length);
        Assert.AreEqual(256, flash.Largest, "an upload");
        Assert.AreEqual(RequestStatus.Ok, board.Updates.Confirm(1, StoreBoard.DigestOf(Uploaded.Bytes), anyway: true));
        flash.Largest = 0;
        Start(new Bench(), flash);
        Assert.AreEqual(256, flash.Largest, "the confirmed model");
    }

    private static TeachableBoard Start(Bench bench, IFileStore files, byte[]? factoryModel = null)
    {
        bench.Parts.Files = files;
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, factoryModel ?? FactoryModel.GetBytes());
        board.Start();
        return board;
    }

    private static void Upload(TeachableBoard board, byte[] file)
    {
        Assert.AreEqual(RequestStatus.Ok, board.Updates.Begin(file.Length, StoreBoard.DigestOf(file)));
        Assert.AreEqual(RequestStatus.Ok, board.Updates.Append(0, file, 0, file.Length));
        RequestStatus status = board.Updates.Commit();
        while (status == RequestStatus.Working)
        {
            status = board.Updates.Poll();
        }

        Assert.AreEqual(RequestStatus.Ok, status);
    }

    private static BoardInfo Info(TeachableBoard board)
    {
        BoardInfo info = new();
        board.Report(info);
        return info;
    }

    /// <summary>The largest piece that was read of a model.</summary>
    private sealed class WatchedReads(IFileStore files) : PlantedFault(files)
    {
        public int Largest { get; set; }

        public override int Read(string name, int position, byte[] buffer, int offset, int count)
        {
            Largest = name[0] == 'm' ? Math.Max(Largest, count) : Largest;
            return base.Read(name, position, buffer, offset, count);
        }
    }
}
