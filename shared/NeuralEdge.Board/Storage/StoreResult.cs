namespace NeuralEdge.Board.Storage
{
    /// <summary>What became of an operation of the <see cref="ModelStore"/>.</summary>
    public enum StoreResult : byte
    {
        /// <summary>Done.</summary>
        Ok = 0,

        /// <summary>The announced length is below the smallest model or above the store's limit; nothing changed.</summary>
        BadLength = 1,

        /// <summary>There is no upload, or it is not in the state the operation needs; nothing changed.</summary>
        NoUpload = 2,

        /// <summary>Bytes of the upload are still missing; nothing changed.</summary>
        Incomplete = 3,

        /// <summary>The file system failed. The confirmed model is what it was.</summary>
        Failed = 4,

        /// <summary>The factory model is active: there is nothing to revert to.</summary>
        Nothing = 5,
    }
}
