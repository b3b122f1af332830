namespace NeuralEdge.Board.Storage
{
    /// <summary>
    /// The few file operations the model store needs. Every call that writes is one commit point: it opens the
    /// file, writes and closes it, because on littlefs only closing makes data durable.
    /// </summary>
    /// <remarks>There is no rename on purpose: on nanoFramework it is neither atomic nor able to replace a file.</remarks>
    public interface IFileStore
    {
        /// <summary>Length of a file in bytes, or -1 when there is none.</summary>
        /// <param name="name">File name without a path.</param>
        int GetLength(string name);

        /// <summary>Reads up to <paramref name="count"/> bytes of a file.</summary>
        /// <param name="name">File name without a path.</param>
        /// <param name="position">Index in the file of the first byte read.</param>
        /// <param name="buffer">Where the bytes go.</param>
        /// <param name="offset">Index of the first byte written.</param>
        /// <param name="count">How many bytes to read.</param>
        /// <returns>The number of bytes read: less than asked when the file ends, 0 when it is missing.</returns>
        int Read(string name, int position, byte[] buffer, int offset, int count);

        /// <summary>Creates a file, or replaces all of its content, and closes it.</summary>
        /// <param name="name">File name without a path.</param>
        /// <param name="data">Where the content comes from.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <param name="count">How many bytes.</param>
        void Write(string name, byte[] data, int offset, int count);

        /// <summary>Adds bytes at the end of a file and closes it.</summary>
        /// <param name="name">File name without a path.</param>
        /// <param name="data">Where the content comes from.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <param name="count">How many bytes.</param>
        void Append(string name, byte[] data, int offset, int count);

        /// <summary>Deletes a file; nothing happens when there is none.</summary>
        /// <param name="name">File name without a path.</param>
        void Delete(string name);
    }
}
