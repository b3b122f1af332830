using static NeuralEdge.Tests.Import.Keras.KerasFiles;

namespace NeuralEdge.Tests.Import.Keras;

/// <summary>Small Keras files for others to break.</summary>
internal static class KerasSeeds
{
    private static readonly KerasSpec[] Layers =
    [
        new("Normalization", new { axis = new[] { -1 } }, ("mean", Numbers([2], 3, -1)), ("variance", Numbers([2], 4, 0.25)), ("count", Numbers([], 0))),
        new("Dense", new { units = 3, activation = "relu", use_bias = false }, ("kernel", Numbers([2, 3], 1, 2, 3, 4, 5, 6) with { Chunk = [2, 2], Filters = [2, 1, 3] })),
        new("BatchNormalization", null, ("gamma", Numbers([3], 1, 2, 1)), ("beta", Numbers([3], 0, 1, 0)), ("moving_mean", Numbers([3], 1, 0, 1)), ("moving_variance", Numbers([3], 1, 2, 3))),
        Dense(3, 2, [1, -1, 0.5, 2, 3, -2], [0.5, 0], "softmax"),
    ];

    private static readonly KerasSpec[] Plain = [Dense(2, 2, [1, 2, 3, 4], [0, 1], "tanh"), Dense(2, 1, [1, -1], [0])];

    /// <summary>Whole-model HDF5 files.</summary>
    internal static byte[][] Hdf5() =>
    [
        OldHdfWriter.Write(Model(Sequential(false, [2], Layers).ToJsonString(), "2.15.0", false, Layers)),
        PureHdfWriter.Write(Model(Sequential(true, [2], Plain).ToJsonString(), "3.9.2", false, Plain)),
        OldHdfWriter.Write(Model(Sequential(true, [2], Plain).ToJsonString(), "3.9.2", true, Plain)),
    ];

    /// <summary>The weights of an archive, to be broken before they are packed.</summary>
    internal static byte[] Weights() => OldHdfWriter.Write(Vars(true, Layers));

    /// <summary>The archive of such weights.</summary>
    internal static byte[] ArchiveOf(byte[] weights) => Archive(Sequential(true, [2], Layers).ToJsonString(), weights);
}
