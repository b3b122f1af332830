namespace NeuralEdge.Board.Storage
{
    /// <summary>Where a <see cref="ModelUpload"/> stands on its way to a confirmed model.</summary>
    public enum UploadState : byte
    {
        /// <summary>No upload since the start, or the last one ended.</summary>
        Idle = 0,

        /// <summary>The bytes of an upload already held are being read back before it is resumed.</summary>
        Checking = 1,

        /// <summary>An upload is pending: its bytes are arriving.</summary>
        Receiving = 2,

        /// <summary>A complete upload has passed its tests and may be confirmed.</summary>
        Testing = 3,
    }
}
