using System.IO;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Firmware
{
    /// <summary>Flash that can only be read: settings that do not suit the board must not cost it its model.</summary>
    internal sealed class LockedFiles : IFileStore
    {
        private readonly IFileStore _files;

        internal LockedFiles(IFileStore files)
        {
            _files = files;
        }

        public int GetLength(string name)
        {
            return _files.GetLength(name);
        }

        public int Read(string name, int position, byte[] buffer, int offset, int count)
        {
            return _files.Read(name, position, buffer, offset, count);
        }

        public void Write(string name, byte[] data, int offset, int count)
        {
            throw new IOException();
        }

        public void Append(string name, byte[] data, int offset, int count)
        {
            throw new IOException();
        }

        public void Delete(string name)
        {
            throw new IOException();
        }
    }
}
