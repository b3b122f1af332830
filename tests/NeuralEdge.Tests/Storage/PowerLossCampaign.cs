using NeuralEdge.Board;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>
/// Cuts the power at every point of a script, again at every point of the recovery, and again in the recovery from
/// that; and after each holds the store to what it promises.
/// </summary>
/// <remarks>
/// The judge keeps the set of states the flash may be in: pairs of (model that runs after a start, model that a
/// revert then leads to), 0 = factory. A call of the store moves each pair on; a call that was cut off leaves both the
/// pairs before and after it possible, and nothing else.
/// A script is made of: U upload, test and confirm the next model; T upload and test it; P upload half of it;
/// R revert; B start again; A discard the upload.
/// </remarks>
internal sealed class PowerLossCampaign
{
    private const int Chunk = 40;
    private static readonly byte[][] Models = [.. Enumerable.Range(0, 12).Select(i => StoreBoard.MakeModel(50 + i * 7, 1000 + i))];
    private readonly Func<IFileStore, IFileStore> _plant;
    private readonly List<string> _violations = [];

    /// <summary>Makes a campaign.</summary>
    /// <param name="plant">Puts a fault between the store and the flash; null for none.</param>
    public PowerLossCampaign(Func<IFileStore, IFileStore>? plant = null) => _plant = plant ?? (files => files);

    /// <summary>Scenarios run to their end: one choice of cuts each.</summary>
    public long Runs { get; private set; }

    /// <summary>Cuts that happened.</summary>
    public long Cuts { get; private set; }

    /// <summary>What the store did that it must not do; the first hundred.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Cuts once, at every point of the script.</summary>
    public void CutEverywhere(string setup, string script, FlashModel model, int seed)
    {
        for (long cut = 0; Run(setup, script, model, seed, [cut]); cut++)
        {
        }
    }

    /// <summary>Cuts at every <paramref name="stride"/>-th point of the script, and at every point of the recovery.</summary>
    public void CutTwice(string setup, string script, FlashModel model, int seed, int stride)
    {
        for (long first = seed % stride; ; first += stride)
        {
            long second = 0;
            while (Run(setup, script, model, seed, [first, second]))
            {
                second++;
            }

            if (second == 0)
            {
                // Not even the first cut happened: the script was over.
                return;
            }
        }
    }

    /// <summary>Cuts three times, at points drawn at random.</summary>
    public void CutThrice(string setup, string script, FlashModel model, int seed, int runs)
    {
        Random random = new(seed);
        for (int i = 0; i < runs; i++)
        {
            Run(setup, script, model, random.Next(), [random.Next(400), random.Next(300), random.Next(300)]);
        }
    }

    /// <summary>Has a write fail without a loss of power, at every point of the script.</summary>
    public void FailEverywhere(string setup, string script, FlashModel model, int seed)
    {
        for (long cut = 0; Run(setup, script, model, seed, [cut], onlyFails: true); cut++)
        {
        }
    }

    /// <returns>False when the last of the cuts lay beyond the end.</returns>
    private bool Run(string setup, string script, FlashModel model, int seed, long[] cuts, bool onlyFails = false)
    {
        Runs++;

        // Each choice of cuts with its own garbage: else one seed would try one pattern only.
        int garbage = seed;
        foreach (long cut in cuts)
        {
            garbage = (garbage * 1_000_003) + (int)cut;
        }

        FaultyFlash flash = new(model, garbage);
        Scenario scenario = new(this, flash, _plant(flash), $"{setup}|{script} {model} seed {seed} cuts {string.Join(',', cuts)}{(onlyFails ? " fails" : "")}");
        try
        {
            scenario.Start();
            scenario.Play(setup);
            flash.OnlyFails = onlyFails;
            flash.CutAt = flash.Points + cuts[0];
            scenario.Play(script);
            for (int i = 1; i < cuts.Length && flash.Dead; i++)
            {
                Cuts++;
                flash.PowerOn(cuts[i]);
                scenario.Start();
                scenario.Play((seed + cuts[0]) % 2 == 0 ? "U" : "NU");
            }

            bool happened = onlyFails ? flash.Failures > 0 : flash.Dead;
            Cuts += happened ? 1 : 0;
            flash.PowerOn();
            scenario.MustEndWell();
            return happened;
        }
        catch (Exception e) when (e is not AssertFailedException)
        {
            scenario.Violate($"threw {e.GetType().Name}: {e.Message}");
            return false;
        }
    }

    private sealed class Scenario(PowerLossCampaign campaign, FaultyFlash flash, IFileStore files, string name)
    {
        private HashSet<(int Runs, int Revert)> _possible = [(0, 0)];
        private StoreBoard _board = new(files);
        private int _next = 1;

        public void Violate(string what)
        {
            if (campaign._violations.Count < 100)
            {
                campaign._violations.Add($"{name}: {what}");
            }
        }

        /// <summary>A start of the board: what runs must be possible, and then is certain.</summary>
        public void Start()
        {
            _board = new StoreBoard(files);
            byte[]? file = _board.Start();
            if (flash.Dead)
            {
                // The cut came while the journal's copy was restored: no decision.
                return;
            }

            int runs = NumberOf(file);
            if (!_possible.Any(p => p.Runs == runs))
            {
                Violate($"came up with {runs}, possible were {string.Join(' ', _possible)}");
            }

            _possible.RemoveWhere(p => p.Runs != runs);
            if (_possible.Count == 0)
            {
                _possible.Add((runs, 0));
            }
        }

        public void Play(string script)
        {
            foreach (char step in script)
            {
                switch (step)
                {
                    case 'N':
                        // The next model instead of the one that was interrupted.
                        _next++;
                        break;

                    case 'U':
                        if (Upload(Models[_next], int.MaxValue) && Do(p => (_next, p.Runs), () => _board.Transfer.Confirm()))
                        {
                            _next++;
                        }

                        break;

                    case 'T':
                        Upload(Models[_next], int.MaxValue);
                        break;

                    case 'P':
                        Upload(Models[_next], Models[_next].Length / 2);
                        break;

                    case 'A':
                        _board.Transfer.Discard();
                        break;

                    case 'R':
                        bool ofTest = _board.Transfer.State == UploadState.Testing;
                        if (Do(p => ofTest || p.Runs == 0 ? p : (p.Revert, 0), _board.Revert))
                        {
                            MustStartWithWhatRuns();
                        }

                        break;

                    case 'B':
                        Start();
                        break;

                    default:
                        throw new ArgumentException($"no step {step}");
                }

                if (flash.Dead)
                {
                    return;
                }
            }
        }

        /// <summary>Whatever happened: it starts, takes a whole upload, keeps it, and reverts.</summary>
        public void MustEndWell()
        {
            Start();
            (int before, _) = _possible.First();
            _next = 10;
            if (!Upload(Models[_next], int.MaxValue) || !Do(p => (_next, p.Runs), () => _board.Transfer.Confirm()))
            {
                Violate("the next upload failed");
                return;
            }

            Start();
            if (!Do(p => (p.Revert, 0), _board.Revert))
            {
                Violate("revert failed");
            }

            Start();
            if (_possible.First().Runs != before)
            {
                Violate($"revert led to {_possible.First().Runs}, not back to {before}");
            }
        }

        private bool Upload(byte[] model, int upTo)
        {
            // Beginning gives up the model that a revert would have led to; resuming does so again, harmlessly.
            if (!Do(p => (p.Runs, 0), () => _board.Begin(model), mayBeHalfDone: true))
            {
                return false;
            }

            while (_board.Transfer.Received < Math.Min(upTo, model.Length) && !flash.Dead && _board.Send(model, Chunk))
            {
            }

            return upTo < model.Length || (!flash.Dead && _board.Test() == RequestStatus.Ok);
        }

        /// <summary>What a decision has left at work is what the next start must run, and nothing else.</summary>
        private void MustStartWithWhatRuns()
        {
            int runs = NumberOf(_board.Load());
            if (_possible.RemoveWhere(p => p.Runs != runs) > 0 && _possible.Count == 0)
            {
                Violate($"a revert left {runs} at work");
            }
        }

        private static int NumberOf(byte[]? file) => file == null ? 0 : Array.FindIndex(Models, m => m.AsSpan().SequenceEqual(file));

        private bool Do(Func<(int Runs, int Revert), (int Runs, int Revert)> move, Func<RequestStatus> call, bool mayBeHalfDone = false)
        {
            HashSet<(int Runs, int Revert)> after = [.. _possible.Select(move)];
            RequestStatus result = call();
            if (flash.Dead || result == RequestStatus.StorageUnknown || (mayBeHalfDone && result == RequestStatus.StorageFailed))
            {
                _possible.UnionWith(after);
                return false;
            }

            if (result == RequestStatus.Ok)
            {
                _possible = after;
            }

            return result == RequestStatus.Ok;
        }
    }
}
