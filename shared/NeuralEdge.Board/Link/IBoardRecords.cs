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

        /// <summary>Carries out CORRECT.</summary>
        /// <param name="data">Where its data is.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Bytes of it.</param>
        /// <returns>Ok, BadRequest, StorageFailed or StorageUnknown.</returns>
        RequestStatus Correct(byte[] data, int at, int length);

        /// <summary>Whether the board lets a channel be sampled.</summary>
        /// <param name="channel">ADC channel, 0..255.</param>
        bool HasChannel(int channel);

        /// <summary>Writes the reply to CORRECTION behind its status.</summary>
        /// <param name="channel">A channel that <see cref="HasChannel"/> allows.</param>
        /// <param name="data">Where to.</param>
        /// <param name="at">Index of the first byte.</param>
        /// <returns>Bytes written.</returns>
        int WriteCorrection(int channel, byte[] data, int at);
    }
}
