using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Control;

/// <summary>
/// Random uploads, confirmations, reverts, waits and restarts of a whole board whose flash fails, lies, rots and loses its power; and
/// one judge: what the last reply said is what the next start runs, unless the reply said that it is unknown.
/// </summary>
internal sealed class DecisionCampaign
{
    private static readonly byte[][] Models = [.. new[] { 1, 2, 9, 12 }.Select(inputs => Bench.Identity(inputs, 100).Bytes)];

    private readonly Func<IFileStore, IFileStore> _plant;
    private readonly Random _random;
    private readonly FaultyFlash _flash;
    private readonly LyingFlash _lying;
    private readonly Bench _bench = new();
    private readonly List<string> _story = [];
    private TeachableBoard _board;

    // Digest of the model that the next start must run; null: the last reply said that it is unknown, or nothing could be said.
    private uint? _next;

    // The last start could not read everything: a confirmed model may be set aside, which the next start finds again.
    private bool _setAside;

    private DecisionCampaign(int seed, Func<IFileStore, IFileStore> plant)
    {
        _plant = plant;
        _random = new Random(seed);
        _flash = new FaultyFlash(FlashModels.ThatCommit[_random.Next(FlashModels.ThatCommit.Count)], seed);
        _lying = new LyingFlash(_flash, _random);

        // In half of the runs the largest model fits beside the smallest only.
        int largest = ModelMemory.WhileLoading(Load(Models[^1])) + ModelMemory.Of(Load(Models[0])) + 200;
        _bench.Settings.Limits = new ModelLimits(16384, 16, 512, 0, 0xFF, _random.Next(2) == 0 ? largest : int.MaxValue);
        _board = Start();
        _next = _board.Loop.ModelDigest;
    }

    /// <summary>Decisions that were reported as done, as failed, as unknown; and restarts whose model was foretold.</summary>
    public static (int Done, int Failed, int Unknown, int Foretold) Tally { get; private set; }

    /// <summary>Runs one story.</summary>
    /// <returns>What was promised and not kept, null for nothing.</returns>
    public static string? Run(int seed, Func<IFileStore, IFileStore>? plant = null)
    {
        DecisionCampaign campaign = new(seed, plant ?? (files => files));
        try
        {
            for (int step = 0; step < 24; step++)
            {
                campaign.Step();
            }

            campaign.Restart(ill: false);
            return null;
        }
        catch (BrokenPromiseException e)
        {
            return $"seed {seed}: {string.Join(' ', campaign._story)}: {e.Message}";
        }
    }

    private static void Count(RequestStatus status) => Tally = status switch
    {
        RequestStatus.Ok => Tally with { Done = Tally.Done + 1 },
        RequestStatus.StorageFailed => Tally with { Failed = Tally.Failed + 1 },
        RequestStatus.StorageUnknown => Tally with { Unknown = Tally.Unknown + 1 },
        _ => Tally,
    };

    private static Model Load(byte[] file) => ModelReader.Read(file, file.Length, new ModelLimits(16384, 16, 512, 0, 0xFF), out _, out _);

    private void Step()
    {
        if (_random.Next(3) == 0)
        {
            _lying.IllFor = _random.Next(1, 12);
        }

        if (_random.Next(12) == 0)
        {
            _flash.CutAt = _flash.Points + _random.Next(300);
        }

        switch (_random.Next(10))
        {
            case 0 or 1 or 2:
                Upload(Models[_random.Next(Models.Length)]);
                break;
            case 3 or 4:
                Confirm();
                break;
            case 5 or 6:
                Revert();
                break;
            case 7:
                Wait();
                break;
            case 8:
                Restart(ill: _random.Next(4) == 0);
                break;
            default:
                Rot();
                break;
        }

        _lying.IllFor = 0;
        if (_flash.Dead)
        {
            Note("cut");
            Restart(ill: false);
        }

        _flash.PowerOn();
    }

    private void Upload(byte[] file)
    {
        bool wasTest = _board.Info().State == ModelState.Test;
        uint before = _board.Loop.ModelDigest;
        RequestStatus status = _board.Upload(file);
        Note($"upload{Array.IndexOf(Models, file)}:{status}");
        if (_flash.Dead)
        {
            return;
        }

        // What was in doubt is settled before anything else; refused, the test goes on.
        ModelState state = _board.Info().State;
        Require(status != RequestStatus.Ok || (state == ModelState.Test && _board.Loop.ModelDigest == StoreBoard.DigestOf(file)), "an upload that is Ok is in test");
        if (state != ModelState.Test)
        {
            Learn();
        }
        else if (status != RequestStatus.Ok)
        {
            Require(wasTest && _board.Loop.ModelDigest == before, "a refused upload leaves the test alone");
        }
    }

    private void Confirm()
    {
        BoardInfo shown = _board.Info();
        RequestStatus status = _board.Confirm();
        Note($"confirm:{status}");
        Count(status);
        if (_flash.Dead)
        {
            // Done or not: the start tells.
            _next = null;
            return;
        }

        BoardInfo now = _board.Info();
        Require(now.Digest == shown.Digest && now.Sequence == shown.Sequence, "confirming changes no model");
        if (status == RequestStatus.Ok)
        {
            Require(now.State == ModelState.Confirmed, "confirmed");
            _next = now.Digest;
            _setAside = false;
        }
        else if (status == RequestStatus.StorageUnknown)
        {
            _next = null;
        }
    }

    private void Revert()
    {
        BoardInfo shown = _board.Info();
        RequestStatus status = _board.Revert();
        Note($"revert:{status}");
        Count(status);
        if (_flash.Dead)
        {
            _next = null;
            return;
        }

        BoardInfo now = _board.Info();
        if (status == RequestStatus.Ok)
        {
            Require(now.State != ModelState.Test && now.Sequence != shown.Sequence && now.Digest != 0, $"the model that was taken back runs on ({now.State}, {now.Sequence}, {now.Digest:x8})");
            _setAside &= shown.State == ModelState.Test;
            _next = _setAside ? null : now.Digest;
        }
        else if (status == RequestStatus.StorageFailed)
        {
            Require(now.Digest == shown.Digest && now.State == shown.State, "what cannot be taken back runs on");
        }
        else if (status == RequestStatus.StorageUnknown)
        {
            _next = null;
        }
    }

    private void Wait()
    {
        BoardInfo shown = _board.Info();
        _bench.Clock.Microseconds += 901_000_000;
        _board.RunOnce();
        Note("wait");
        if (_flash.Dead)
        {
            _next = null;
            return;
        }

        BoardInfo now = _board.Info();
        if (shown.State != ModelState.Test)
        {
            Require(now.State == shown.State && now.Digest == shown.Digest, "time changes nothing but tests");
        }
        else if (now.State == ModelState.Test)
        {
            Require(now.Digest == 0 && _bench.IsSafe(), "a test that cannot end is safe");
        }
        else
        {
            Require(now.EndedTests > 0, "the end is counted");
            Learn();
        }
    }

    private void Restart(bool ill)
    {
        _flash.PowerOn();
        _lying.IllFor = ill ? _random.Next(1, 12) : 0;
        _board = Start();
        _lying.IllFor = 0;
        uint runs = _board.Loop.ModelDigest;
        Note($"restart{(ill ? "-ill" : "")}:{runs:x8}");
        if (!ill && _next is uint expected)
        {
            Tally = Tally with { Foretold = Tally.Foretold + 1 };
            Require(runs == expected, $"the last reply promised {expected:x8}");
        }

        // Of a start that could not read everything the next one may know better.
        _next = ill ? null : runs;
        _setAside = ill;
    }

    private void Rot()
    {
        // Not the file of the model that runs: that it has rotted nobody notices before the next start.
        BoardInfo info = _board.Info();
        if (info.State == ModelState.Confirmed && _flash.Files.TryGetValue(info.Slot == 0 ? "m1.nem" : "m0.nem", out byte[]? file) && file.Length > 0)
        {
            file[_random.Next(file.Length)] ^= 4;
            Note("rot");
        }
    }

    // Without a test what runs is what was decided last, unless something has happened that no reply can know of.
    private void Learn()
    {
        if (_next is uint expected)
        {
            Require(_board.Loop.ModelDigest == expected, $"{_board.Loop.ModelDigest:x8} runs after a test, {expected:x8} was before");
        }
    }

    private TeachableBoard Start()
    {
        _bench.Parts.Files = _plant(_lying);
        _bench.Outputs.DriveSafe();
        TeachableBoard board = new(_bench.Parts, _bench.Settings, FactoryModel.GetBytes());
        board.Start();
        return board;
    }

    private void Note(string what) => _story.Add(what);

    private static void Require(bool condition, string promise)
    {
        if (!condition)
        {
            throw new BrokenPromiseException(promise);
        }
    }

    private sealed class BrokenPromiseException(string promise) : Exception(promise);
}
