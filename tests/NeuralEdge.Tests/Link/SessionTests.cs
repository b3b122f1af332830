using System.Globalization;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Link;

/// <summary>
/// The real host and the real board over a line. NEURALEDGE_SESSIONS=N makes the faulty lines N times as many, NEURALEDGE_SEED=S takes others.
/// </summary>
[TestClass]
public sealed class SessionTests
{
    private static readonly byte[][] Models = MakeModels();

    private static int Times => int.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_SESSIONS") ?? "1", CultureInfo.InvariantCulture);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void AModelIsUploadedTestedConfirmedAndReadBack()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        Assert.AreEqual(ModelState.Factory, link.Info().State);
        CollectionAssert.AreEqual(FactoryModel.GetBytes(), link.ReadModel());

        List<UploadProgress> progress = [];
        UploadResult result = link.Upload(Models[0], confirm: true, new Listener(progress));
        Assert.AreEqual(ModelState.Confirmed, result.State);
        Assert.AreEqual(0, result.Resumed);
        Assert.AreEqual(1, result.Sessions);
        Assert.AreEqual(Models[0].Length, progress[^1].Sent);
        Assert.AreEqual(UploadPhase.Done, progress[^1].Phase);

        BoardReport report = link.Info();
        Assert.AreEqual(StoreBoard.DigestOf(Models[0]), report.Digest);
        Assert.AreEqual("virtual", report.Name);
        Assert.AreEqual(VirtualBoard.Limits.OutputPins, report.Limits.OutputPins);
        CollectionAssert.AreEqual(Models[0], link.ReadModel());
    }

    [TestMethod]
    public void AnUnconfirmedModelIsGoneAfterAResetAndTheNextUploadOfItSendsNothing()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        link.Upload(Models[0]);
        Assert.AreEqual(ModelState.Test, link.Upload(Models[1], confirm: false).State);
        CollectionAssert.AreEqual(Models[1], link.ReadModel());

        BoardReport after = link.Reset();
        Assert.AreEqual(1, board.Restarts);
        Assert.AreEqual(ModelState.Confirmed, after.State);
        Assert.AreEqual(StoreBoard.DigestOf(Models[0]), after.Digest);

        UploadResult again = link.Upload(Models[1]);
        Assert.AreEqual(Models[1].Length, again.Resumed);
        Assert.AreEqual(ModelState.Confirmed, again.State);
    }

    [TestMethod]
    public void ConfirmAndRevertGoForthAndBackAndSayWhenTheyCannot()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        Assert.AreEqual(RequestStatus.NothingToRevert, Assert.ThrowsExactly<BoardRefusedException>(() => link.Revert()).Status);
        Assert.AreEqual(RequestStatus.NothingToConfirm, Assert.ThrowsExactly<BoardRefusedException>(() => link.Confirm()).Status);
        link.Upload(Models[0], confirm: false);
        Assert.AreEqual(ModelState.Confirmed, link.Confirm(anyway: true).State);
        link.Upload(Models[1]);
        Assert.AreEqual(StoreBoard.DigestOf(Models[0]), link.Revert().Digest);
        Assert.AreEqual(ModelState.Factory, link.Revert().State);
    }

    [TestMethod]
    public void AnUploadIsConfirmedWhenItHasRunForTenPeriods()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        List<UploadProgress> progress = [];
        link.Upload(Wired(100), confirm: true, new Listener(progress));
        BoardReport report = link.Info();
        Assert.AreEqual(ModelState.Confirmed, report.State);
        Assert.IsGreaterThanOrEqualTo(10, report.PlausiblePeriods);
        TestProgress[] tests = [.. progress.Select(p => p.Test).OfType<TestProgress>()];
        Assert.IsNotEmpty(tests);
        Assert.IsTrue(tests.All(test => test.Trouble is null && test.Needed == 10 && test.Period == TimeSpan.FromMilliseconds(100)));
    }

    [TestMethod]
    public void AnUploadWhoseSensorIsNotPlausibleNamesItAndGivesUpWithTheModelInTest()
    {
        using VirtualBoard board = new() { BrokenChannel = 1 };
        using BoardLink link = board.Connect();
        List<UploadProgress> progress = [];
        long begin = board.Now;
        BoardLinkException e = Assert.ThrowsExactly<BoardLinkException>(() => link.Upload(Wired(100), confirm: true, new Listener(progress)));
        StringAssert.StartsWith(e.Message, "The model runs in test, but is not confirmed: x1 gives no plausible count, as an open or a shorted wire does: check its sensor, or widen \"plausible\" in the board file if the sensor may give 0 or 4095. It stays in test until the next start of the board, or for 14 min more");
        StringAssert.Contains(e.Message, "--anyway");
        Assert.AreEqual(60.0, (board.Now - begin) / 1e6, 5.0);
        Assert.IsTrue(progress.Any(p => p.Test?.Trouble?.StartsWith("x1 gives no plausible count", StringComparison.Ordinal) == true));
        Assert.AreEqual(ModelState.Test, link.Info().State);

        // On the desk; and when it is mended.
        Assert.AreEqual(ModelState.Confirmed, link.Upload(Wired(100), anyway: true).State);
        link.Revert();
        board.BrokenChannel = int.MaxValue;
        Assert.AreEqual(ModelState.Confirmed, link.Upload(Wired(100)).State);
    }

    [TestMethod]
    public void AnUploadThatIsStoppedWhileItWaitsLeavesTheModelInTestAndSaysSo()
    {
        using VirtualBoard board = new() { BrokenChannel = 0 };
        using BoardLink link = board.Connect();
        using CancellationTokenSource stop = new();
        BoardLinkException e = Assert.ThrowsExactly<BoardLinkException>(
            () => link.Upload(Wired(100), true, new Listener([], p => CancelWhen(p.Test?.Trouble is not null, stop)), cancellation: stop.Token));
        StringAssert.StartsWith(e.Message, "Stopped before the model was confirmed. It stays in test");
        Assert.AreEqual(ModelState.Test, link.Info().State);
    }

    [TestMethod]
    public void ATestThatIsLeftAloneEndsAndTheBoardSaysSo()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        UploadResult result = link.Upload(Wired(100), confirm: false);
        Assert.AreEqual(900.0, result.TestLeft!.Value.TotalSeconds, 2.0);
        link.ReadLive(TimeSpan.FromSeconds(450));
        Assert.AreEqual(450.0, link.Info().TestLeft!.Value.TotalSeconds, 5.0);
        Assert.AreEqual(ModelState.Test, link.Info().State);
        link.ReadLive(TimeSpan.FromSeconds(460));
        BoardReport after = link.Info();
        Assert.AreEqual(ModelState.Factory, after.State);
        Assert.AreEqual(1u, after.EndedTests);
        Assert.IsNull(after.TestLeft);
    }

    [TestMethod]
    public void WhatOneHostHasSeenDoesNotDecideAboutAnothersUpload()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        link.Upload(Models[0], confirm: false);
        BoardReport seen = link.Info();
        link.Upload(Models[1], confirm: false);
        BoardRefusedException e = Assert.ThrowsExactly<BoardRefusedException>(() => link.Confirm(seen, anyway: true));
        Assert.AreEqual(RequestStatus.WrongModel, e.Status);
        StringAssert.Contains(e.Message, "upload 2, in test");
        Assert.AreEqual(RequestStatus.WrongModel, Assert.ThrowsExactly<BoardRefusedException>(() => link.Revert(seen)).Status);
        Assert.AreEqual(StoreBoard.DigestOf(Models[1]), link.Info().Digest);
    }

    [TestMethod]
    public void AnUploadIsNotConfirmedWhenAnotherHostHasUploadedMeanwhile()
    {
        using VirtualBoard board = new() { BrokenChannel = 0 };
        using BoardLink link = board.Connect();
        bool done = false;
        BoardLinkException e = Assert.ThrowsExactly<BoardLinkException>(() => link.Upload(Wired(100), true, new Listener([], p =>
        {
            if (!done && p.Phase == UploadPhase.Waiting)
            {
                done = true;
                using BoardLink other = board.Connect();
                other.Upload(Models[1], confirm: false);
            }
        })));
        StringAssert.Contains(e.Message, "Another program has uploaded");
        using BoardLink third = board.Connect();
        Assert.AreEqual((ModelState.Test, StoreBoard.DigestOf(Models[1])), (third.Info().State, third.Info().Digest));
    }

    [TestMethod]
    public void TheBoardAnswersAQuestionWithTheIntegersOfTheDesktop()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        PortableRandom random = new(4);
        foreach (byte[] model in Models)
        {
            link.Upload(model);
            Model desktop = ModelReader.Read(model, model.Length, VirtualBoard.Limits, out _, out _);
            for (int k = 0; k < 20; k++)
            {
                int[] inputs = new int[desktop.Network.InputCount];
                for (int i = 0; i < inputs.Length; i++)
                {
                    int low = desktop.Network.GetInputMinimum(i);
                    inputs[i] = low + random.Next(desktop.Network.GetInputMaximum(i) - low + 1);
                    desktop.Network.SetInput(i, inputs[i]);
                }

                desktop.Network.Forward();
                CollectionAssert.AreEqual(desktop.Network.Outputs, link.Ask(inputs).Outputs);
            }
        }
    }

    [TestMethod]
    public void AWideNetworkIsAskedAndAnswersInParts()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        byte[] wide = Examples.Convert(WideModel(300, 200)).File.Bytes;
        link.Upload(wide);
        Model desktop = ModelReader.Read(wide, wide.Length, VirtualBoard.Limits, out _, out _);
        int[] inputs = [.. Enumerable.Range(0, 300).Select(i => desktop.Network.GetInputMinimum(i) + i)];
        for (int i = 0; i < inputs.Length; i++)
        {
            desktop.Network.SetInput(i, inputs[i]);
        }

        desktop.Network.Forward();
        CollectionAssert.AreEqual(desktop.Network.Outputs, link.Ask(inputs).Outputs);

        link.Subscribe(1);
        LiveValues? values = link.ReadLive(TimeSpan.FromSeconds(1));
        Assert.IsNotNull(values);
        Assert.AreEqual(300, values.InputCount);
        Assert.HasCount(LinkProtocol.MaxLiveInputs, values.Inputs);
        Assert.AreEqual(200, values.OutputCount);
        Assert.HasCount(LinkProtocol.MaxLiveOutputs, values.Outputs);
    }

    [TestMethod]
    public void AWrongQuestionIsRefusedWithItsPlace()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        BoardRefusedException few = Assert.ThrowsExactly<BoardRefusedException>(() => link.Ask([1]));
        Assert.AreEqual(RequestStatus.InputCount, few.Status);
        Assert.AreEqual(2, few.Where);
        BoardRefusedException far = Assert.ThrowsExactly<BoardRefusedException>(() => link.Ask([0, int.MaxValue]));
        Assert.AreEqual(RequestStatus.InputRange, far.Status);
        Assert.AreEqual(1, far.Where);
    }

    [TestMethod]
    public void LiveEventsCountEveryInferenceAndGoOnAfterARestart()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        link.Subscribe(2);
        LiveValues? last = link.ReadLive(TimeSpan.FromSeconds(1));
        Assert.IsNotNull(last);
        for (int i = 0; i < 2000; i++)
        {
            // 80 virtual seconds: longer than a subscription lives without the host's renewal.
            LiveValues? next = link.ReadLive(TimeSpan.FromSeconds(1));
            Assert.IsNotNull(next, $"event {i}");
            Assert.AreEqual(last.Inference + 2 + ((next.Dropped - last.Dropped) * 2), next.Inference);
            last = next;
        }

        board.Restart();
        LiveValues? after = link.ReadLive(TimeSpan.FromSeconds(30));
        Assert.IsNotNull(after);
        Assert.IsLessThan(last.Inference, after.Inference);
        link.Subscribe(0);
        while (link.ReadLive(TimeSpan.FromMilliseconds(100)) != null)
        {
        }

        Assert.IsNull(link.ReadLive(TimeSpan.FromSeconds(5)));
    }

    [TestMethod]
    public void ASubscriptionLapsesWhenTheHostHasLeft()
    {
        using VirtualBoard board = new();
        BoardLink link = board.Connect();
        link.Subscribe(1);
        byte[] bytes = new byte[4096];
        long last = 0;
        long start = board.Now;
        while (board.Now - start < 60_000_000)
        {
            last = ((IHostLine)board).Read(bytes, TimeSpan.FromSeconds(1)) > 0 ? board.Now : last;
        }

        Assert.AreEqual(30.0, (last - start) / 1e6, 1.0);
    }

    [TestMethod]
    public void InferenceKeepsItsPeriodDuringAnUploadAndWhileAModelIsRead()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        uint before = link.Info().LatePeriods;
        board.LongestGap = 0;
        link.Upload(Models[6]);

        // A reply of 265 bytes takes 23 ms on the line, longer than the period of 20 ms: it must leave in slices.
        link.ReadModel();
        TestContext.WriteLine($"period 20 ms, longest {board.LongestGap / 1000.0} ms");
        Assert.IsLessThan(22_000, board.LongestGap, "an unsliced reply makes it 24 ms");
        Assert.AreEqual(before, link.Info().LatePeriods);
    }

    [TestMethod]
    public void AModelThatTheBoardCannotTakeIsRefusedBeforeAByteIsSent()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        byte[] flipped = (byte[])Models[0].Clone();
        flipped[40] ^= 1;
        Assert.ThrowsExactly<InputRefusedException>(() => link.Upload(flipped));
        Assert.ThrowsExactly<InputRefusedException>(() => link.Upload(Models[0][..50]));
        Assert.ThrowsExactly<InputRefusedException>(() => link.Upload("no model at all, but text"u8.ToArray()));
        Assert.ThrowsExactly<InputRefusedException>(() => link.Upload(new byte[200_001]));
        Assert.ThrowsExactly<InputRefusedException>(() => link.Upload([]));
        Assert.AreEqual(ModelState.Factory, link.Info().State);
        Assert.IsEmpty(board.Flash.Files);
    }

    [TestMethod]
    public void ABoardThatDoesNotAnswerFailsWithASentence()
    {
        using VirtualBoard board = new() { Dead = true };
        BoardLinkException e = Assert.Throws<BoardLinkException>(() => board.Connect());
        StringAssert.StartsWith(e.Message, "No board answers at the virtual board");
    }

    [TestMethod]
    public void ABoardThatDiesDuringAnUploadFailsWithTheOffsetToGoOnFrom()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        byte[] model = Examples.Convert(WideModel(60, 40)).File.Bytes;
        BoardLinkException e = Assert.Throws<BoardLinkException>(
            () => link.Upload(model, true, new Listener([], p => board.Dead |= p.Sent >= 1024)));
        StringAssert.Contains(e.Message, "from byte 1024");
        board.Dead = false;
        using BoardLink again = board.Connect();
        Assert.AreEqual(1024, again.Upload(model).Resumed);
    }

    [TestMethod]
    public void AStorageThatFailsIsReportedAndTheModelStays()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        link.Upload(Models[0]);
        board.Flash.OnlyFails = true;
        board.Flash.CutAt = board.Flash.Points + 60;
        Assert.AreEqual(RequestStatus.StorageFailed, Assert.ThrowsExactly<BoardRefusedException>(() => link.Upload(Models[1])).Status);
        Assert.AreEqual(StoreBoard.DigestOf(Models[0]), link.Info().Digest);
        Assert.AreEqual(ModelState.Confirmed, link.Upload(Models[1]).State);
    }

    [TestMethod]
    public void UploadsOverFaultyLinesEndConfirmedOrCanBeResumed()
    {
        int confirmed = 0;
        int failed = 0;
        int resumed = 0;
        int sessions = 0;
        int runs = 670 * Times;
        int first = (Campaigns.Seed - 1) * runs;
        for (int seed = first; seed < first + runs; seed++)
        {
            Random random = new(seed);
            LineFaults faults = new(
                Drop: random.Next(3) * random.Next(60),
                Repeat: random.Next(3) * random.Next(60),
                Corrupt: random.Next(3) * random.Next(60),
                Delay: random.Next(3) * random.Next(60),
                Noise: random.Next(3) * random.Next(60));
            FaultyFlash flash = new(FlashModels.ThatCommit[random.Next(FlashModels.ThatCommit.Count)], seed);
            using VirtualBoard board = new(seed, faults, flash);
            byte[] running = FactoryModel.GetBytes();
            for (int upload = 0; upload < 3; upload++)
            {
                byte[] model = Models[random.Next(Models.Length)];
                if (random.Next(2) == 0)
                {
                    flash.CutAt = flash.Points + random.Next(3000);
                }

                if (random.Next(2) == 0)
                {
                    board.RestartAt = board.Now + random.Next(3_000_000);
                }

                string what = $"seed {seed}, upload {upload}, {faults}";
                try
                {
                    using BoardLink link = board.Connect();
                    UploadResult result = link.Upload(model);
                    confirmed++;
                    resumed += result.Resumed > 0 ? 1 : 0;
                    sessions += result.Sessions;
                    CollectionAssert.AreEqual(model, RunningModel(board), what);
                    running = model;
                }
                catch (BoardLinkException)
                {
                    failed++;
                    byte[] now = RunningModel(board);
                    Assert.IsTrue(now.AsSpan().SequenceEqual(running) || now.AsSpan().SequenceEqual(model), what);
                    running = now;
                }
            }

            // On a good line whatever was cut off is finished.
            using VirtualBoard mended = new(seed, LineFaults.None, flash);
            using BoardLink good = mended.Connect();
            good.Upload(Models[0]);
            CollectionAssert.AreEqual(Models[0], RunningModel(mended));
        }

        TestContext.WriteLine($"NEURALEDGE_SEED={Campaigns.Seed}: {runs} lines, {confirmed} uploads confirmed, {failed} failed with a sentence, {resumed} resumed, {sessions} sessions");
        Assert.IsGreaterThan(runs, confirmed);
        Assert.IsGreaterThanOrEqualTo(2000 * Times, confirmed + failed);
    }

    private static byte[] RunningModel(VirtualBoard board)
    {
        // What a start would run, asked over a line without faults.
        using VirtualBoard twin = new(0, LineFaults.None, board.Flash);
        using BoardLink link = twin.Connect();
        return link.ReadModel();
    }

    private static byte[] Wired(int periodMs) => Control.Bench.Identity(2, periodMs).Bytes;

    private static void CancelWhen(bool condition, CancellationTokenSource source)
    {
        if (condition)
        {
            source.Cancel();
        }
    }

    private static byte[][] MakeModels()
    {
        PortableRandom random = new(77);
        return
        [
            .. Enumerable.Range(0, 5).Select(_ => Examples.Convert(Examples.RandomModel(random)).File.Bytes),
            Examples.Convert(WideModel(40, 30)).File.Bytes,
            Examples.Convert(WideModel(60, 40)).File.Bytes,
        ];
    }

    private static NeuralEdge.Conversion.FloatModels.FloatModel WideModel(int inputs, int outputs)
    {
        double[][] weights = [.. Enumerable.Range(0, outputs).Select(o => Enumerable.Range(0, inputs).Select(i => (((o * 7) + i) % 13 / 13.0) - 0.5).ToArray())];
        return new(
            new NeuralEdge.Conversion.FloatModels.FloatNetwork(new NeuralEdge.Conversion.FloatModels.FloatLayer(weights, new double[outputs], Networks.Activation.Linear)),
            [.. Enumerable.Range(0, inputs).Select(i => new NeuralEdge.Conversion.FloatModels.InputSpec($"i{i}", "", -1, 1))],
            [.. Enumerable.Range(0, outputs).Select(o => new NeuralEdge.Conversion.FloatModels.OutputSpec($"o{o}"))]);
    }

    private sealed class Listener(List<UploadProgress> all, Action<UploadProgress>? more = null) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value)
        {
            all.Add(value);
            more?.Invoke(value);
        }
    }
}
