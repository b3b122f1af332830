namespace NeuralEdge.Board.Link
{
    /// <summary>What a board keeps about itself, outside of every model, and a host may change.</summary>
    public interface IBoardRecords
    {
        /// <summary>Carries out NAME.</summary>
        /// <param name="data">Where its data is.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Bytes of it.</param>
        /// <returns>Ok, BadRequest, StorageFailed or StorageUnknown.</returns>
        RequestStatus SetName(byte[] data, int at, int length);
    }
}
