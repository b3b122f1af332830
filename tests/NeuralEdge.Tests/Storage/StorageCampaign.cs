using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>Many stories, drawn by a seed and told on all cores.</summary>
internal sealed class StorageCampaign(int seed, Func<IFileStore, IFileStore>? plant = null, StoreFault fault = StoreFault.None)
{
    private const int Chunk = 5000;
    private readonly object _lock = new();
    private readonly List<string> _violations = [];
    private readonly StorageHistory[] _histories = StorageHistory.Make(seed);

    /// <summary>Stories told: each begins with a history, has one to three power cuts, and ends with a start that is judged.</summary>
    public long Runs { get; private set; }

    /// <summary>Power cuts, and how many of them were in the middle of a write.</summary>
    public long Cuts { get; private set; }

    /// <summary>Cuts in the middle of a write.</summary>
    public long CutsInWrites { get; private set; }

    /// <summary>Stories of each kind.</summary>
    public long[] Kinds { get; } = new long[Enum.GetValues<StoryKind>().Length];

    /// <summary>What must not have happened; the first twenty.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Tells so many more stories.</summary>
    /// <param name="count">How many.</param>
    /// <param name="only">Stories of this kind; null for all kinds.</param>
    public void Run(long count, StoryKind? only = null)
    {
        long first = Runs;
        Parallel.For(0, (count + Chunk - 1) / Chunk, chunk => RunChunk(first + (chunk * Chunk), first + Math.Min(count, (chunk + 1) * Chunk), only));
    }

    private void RunChunk(long from, long to, StoryKind? only)
    {
        long cuts = 0;
        long inWrites = 0;
        long[] kinds = new long[Kinds.Length];
        List<string> violations = [];
        for (long run = from; run < to; run++)
        {
            Random random = new(unchecked((seed * 1_000_003) + (int)(run * 2_654_435_761L >> 3) + (int)run));
            StorageStory story = new(_histories[random.Next(_histories.Length)], random, plant, fault, only);
            string? violation = story.Tell();
            cuts += story.Cuts;
            inWrites += story.CutsInWrites;
            kinds[(int)story.Kind]++;
            if (violation is not null)
            {
                violations.Add($"NEURALEDGE_SEED={seed} run {run}, {violation}");
            }
        }

        lock (_lock)
        {
            Runs += to - from;
            Cuts += cuts;
            CutsInWrites += inWrites;
            for (int i = 0; i < kinds.Length; i++)
            {
                Kinds[i] += kinds[i];
            }

            _violations.AddRange(violations.Take(20 - _violations.Count));
        }
    }
}
