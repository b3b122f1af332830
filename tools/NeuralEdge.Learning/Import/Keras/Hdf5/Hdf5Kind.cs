namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>Kinds of elements that Keras's files are read for.</summary>
internal enum Hdf5Kind
{
    /// <summary>Integers, and all that a network's weights are not.</summary>
    Other,

    /// <summary>IEEE 754 of 2, 4 or 8 bytes.</summary>
    Float,

    /// <summary>Text of so many bytes, padded with NUL or blanks.</summary>
    Text,

    /// <summary>Text in the global heap.</summary>
    TextOfAnyLength,
}
