using System.Diagnostics;
using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Host;
using NeuralEdge.Learning.Import;

namespace NeuralEdge.Tests.Cli;

/// <summary>
/// The process of a simulated board is killed (SIGKILL) at moments spread over a whole upload, its test and its
/// confirmation included, and started again on the same flash. NEURALEDGE_KILLS=N makes them N times as many.
/// </summary>
[TestClass]
public sealed class KilledBoardTests
{
    private const int Moments = 50;
    private const int Boards = 2;

    // Four chunks and what is before, between and after them; a chunk takes about as long as the delays that follow a step.
    private const int Steps = 10;
    private const int StepMilliseconds = 40;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void AKilledBoardComesUpWithTheOldModelOrTheNewOneAndTakesTheUploadAgain()
    {
        int moments = Moments * int.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_KILLS") ?? "1", CultureInfo.InvariantCulture);
        byte[][] models = [Model(0.5), Model(0.75), Model(0.25)];
        long begin = Stopwatch.GetTimestamp();
        Tally[] tallies = [.. Enumerable.Range(0, Boards).AsParallel().WithDegreeOfParallelism(Boards).Select(b => Campaign(models, b, moments))];
        Tally sum = tallies.Aggregate((a, b) => a + b);
        TestContext.WriteLine($"{sum} in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s; models of {models[0].Length} bytes.");
        Assert.AreEqual(moments, sum.Old + sum.New);

        // A campaign that only ever hits before the first or after the last byte would claim nothing.
        Assert.IsGreaterThan(moments / 2, sum.Interrupted);
        Assert.IsGreaterThan(0, sum.Old);
        Assert.IsGreaterThan(0, sum.Resumed);
    }

    private static Tally Campaign(byte[][] models, int board, int moments)
    {
        using Scratch scratch = new();
        Tally tally = new(0, 0, 0, 0);
        BoardProcess process = new(scratch.Folder, "--state", "flash");
        try
        {
            byte[] old = models[0];
            using (BoardLink link = BoardLink.Connect(process.Address))
            {
                Assert.AreEqual(ModelState.Confirmed, link.Upload(old, anyway: true).State);
            }

            for (int m = board; m < moments; m += Boards)
            {
                // Never the model of either slot, so that every upload sends all of its bytes.
                byte[] next = models[1 + ((m / Boards) % 2)];
                using CancellationTokenSource giveUp = new();
                using Moment moment = new(m % Steps, next.Length);
                Task<bool> upload = Task.Run(() => TryUpload(process.Address, next, moment, giveUp.Token), CancellationToken.None);
                moment.Wait(TimeSpan.FromMilliseconds(m / Steps * StepMilliseconds / (moments / Steps)));
                process.Kill();
                giveUp.Cancel();
                bool finished = upload.GetAwaiter().GetResult();
                process.Dispose();
                process = new(scratch.Folder, "--state", "flash");

                using (BoardLink link = BoardLink.Connect(process.Address))
                {
                    BoardReport report = link.Info();
                    Assert.AreEqual(ModelState.Confirmed, report.State);
                    byte[] runs = link.ReadModel();
                    bool isNew = runs.AsSpan().SequenceEqual(next);
                    Assert.IsTrue(isNew || runs.AsSpan().SequenceEqual(old), $"after kill {m} neither the old model nor the new one runs");
                    Assert.IsTrue(isNew || !finished, "what was reported as confirmed must survive");
                    UploadResult again = link.Upload(next, anyway: true);
                    Assert.AreEqual(ModelState.Confirmed, again.State);
                    CollectionAssert.AreEqual(next, link.ReadModel());
                    tally += new Tally(isNew ? 0 : 1, isNew ? 1 : 0, finished ? 0 : 1, !isNew && again.Resumed > 0 ? 1 : 0);
                }

                old = next;
            }
        }
        finally
        {
            process.Dispose();
        }

        return tally;
    }

    private static bool TryUpload(string port, byte[] model, Moment moment, CancellationToken giveUp)
    {
        try
        {
            using BoardLink link = BoardLink.Connect(port, cancellation: giveUp);
            moment.Reach(0);
            link.Upload(model, confirm: true, moment, anyway: true, cancellation: giveUp);
            return true;
        }
        catch (Exception e) when (e is BoardLinkException or OperationCanceledException)
        {
            return false;
        }
    }

    private static byte[] Model(double weight)
    {
        string rows = string.Join(',', Enumerable.Range(0, 40).Select(n => string.Create(CultureInfo.InvariantCulture, $"[{weight},{n / 50.0}]")));
        string outputs = string.Join(',', Enumerable.Range(0, 40).Select(n => string.Create(CultureInfo.InvariantCulture, $"{n / 40.0}")));
        string json = $$"""{"inputs":[{"name":"a","min":-4,"max":4},{"name":"b","min":-4,"max":4}],"layers":[{"activation":"tanh","weights":[{{rows}}]},{"activation":"linear","weights":[[{{outputs}}]]}]}""";
        return Converter.Convert(new(JsonModelReader.Parse(json, "test"), ModelTask.Regression, Examples.NoBoard, Profile.Exact, Work: Examples.QuickProof)).File.Bytes;
    }

    /// <summary>What became of the kills.</summary>
    /// <param name="Old">The board came up with the old model.</param>
    /// <param name="New">It came up with the new one.</param>
    /// <param name="Interrupted">The upload had not been reported as done.</param>
    /// <param name="Resumed">The repeated upload found bytes of the killed one.</param>
    private sealed record Tally(int Old, int New, int Interrupted, int Resumed)
    {
        public static Tally operator +(Tally a, Tally b) => new(a.Old + b.Old, a.New + b.New, a.Interrupted + b.Interrupted, a.Resumed + b.Resumed);
    }

    /// <summary>A step of an upload: the session, each chunk, the test, the confirmation, the end.</summary>
    private sealed class Moment(int step, int length) : IProgress<UploadProgress>, IDisposable
    {
        private readonly ManualResetEventSlim _reached = new();

        public void Report(UploadProgress value) => Reach(value.Phase switch
        {
            UploadPhase.Sending => 1 + (value.Sent * (Steps - 5) / length),
            UploadPhase.Testing => Steps - 3,
            UploadPhase.Confirming => Steps - 2,
            _ => Steps - 1,
        });

        internal void Reach(int now)
        {
            if (now >= step)
            {
                _reached.Set();
            }
        }

        internal void Wait(TimeSpan more)
        {
            Assert.IsTrue(_reached.Wait(Tool.Patience));
            Thread.Sleep(more);
        }

        public void Dispose() => _reached.Dispose();
    }
}
