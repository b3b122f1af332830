namespace NeuralEdge.Learning.Data;

/// <summary>Where the label of a row comes from when several files are read.</summary>
public enum LabelSource
{
    /// <summary>From a column of the files.</summary>
    Column,

    /// <summary>From the name of the file, without its extension.</summary>
    File,

    /// <summary>From the name of the folder that the file is in.</summary>
    Folder,
}
