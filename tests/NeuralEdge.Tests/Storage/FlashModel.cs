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

    /// <summary>A file of its new length whose last bytes are zeros.</summary>
    ZeroedTail,

    /// <summary>No file of that name.</summary>
    Missing,

    /// <summary>A file without a byte.</summary>
    Empty,

    /// <summary>All of the new content, and up to 64 bytes of anything behind it.</summary>
    Grown,

    /// <summary>A close commits nothing: of the last four writes, whatever was said of them, any number is undone, the latest first.</summary>
    LateClose,

    /// <summary>A close commits nothing, and files do not wait for each other: of the last four writes some are undone, in each file the latest first.</summary>
    OutOfOrderBetweenFiles,
}

/// <summary>Which models keep what.</summary>
internal static class FlashModels
{
    /// <summary>Those on which what was closed is there: the store keeps all its promises on them.</summary>
    public static IReadOnlyList<FlashModel> ThatCommit { get; } = [.. Enum.GetValues<FlashModel>().Where(model => model < FlashModel.LateClose)];

    /// <summary>Those on which it is not: no store can promise that what it has answered holds.</summary>
    public static IReadOnlyList<FlashModel> ThatDoNot { get; } = [FlashModel.LateClose, FlashModel.OutOfOrderBetweenFiles];
}
