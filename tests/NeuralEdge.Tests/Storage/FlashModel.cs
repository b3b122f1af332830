namespace NeuralEdge.Tests.Storage;

/// <summary>What a flash file system may leave behind when power goes in the middle of a write.</summary>
internal enum FlashModel
{
    /// <summary>Nothing until the file is closed, then everything: littlefs as documented.</summary>
    CommitOnClose,

    /// <summary>The first bytes of the new content.</summary>
    TornPrefix,

    /// <summary>The first bytes and then up to 64 bytes of anything.</summary>
    TornGarbage,

    /// <summary>Blocks of 16 bytes, each new or not, in any combination; the others old, erased or anything.</summary>
    OutOfOrder,
}
