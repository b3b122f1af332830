namespace NeuralEdge.Tests.Storage;

/// <summary>What a flash holds before a story, told once on a flash without faults, and what its judges know of it.</summary>
internal sealed class StorageHistory
{
    private const int Histories = 250;

    /// <summary>The files; nobody writes into their arrays.</summary>
    public required Dictionary<string, byte[]> Files { get; init; }

    /// <summary>What is known of the models.</summary>
    public required ModelJudge Models { get; init; }

    /// <summary>What is known of the keys.</summary>
    public required KeyJudge Keys { get; init; }

    /// <summary>The acts, as letters.</summary>
    public required string Acts { get; init; }

    /// <summary>Number of a model whose upload was not confirmed, 0 for none.</summary>
    public int Interrupted { get; init; }

    /// <summary>Makes histories of up to eight acts.</summary>
    public static StorageHistory[] Make(int seed)
    {
        StorageHistory[] histories = new StorageHistory[Histories];
        for (int i = 0; i < histories.Length; i++)
        {
            StorageHistory nothing = new() { Files = [], Models = new ModelJudge(), Keys = new KeyJudge(), Acts = "" };
            Random random = new(unchecked((seed * 7919) + i));
            histories[i] = new StorageStory(nothing, random, null, StoreFault.None, StoryKind.Cuts).TellHistory(i % 9);
        }

        return histories;
    }
}
