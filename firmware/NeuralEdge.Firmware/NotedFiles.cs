using System;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Firmware
{
    /// <summary>Flash whose failures are named before whoever asked deals with them.</summary>
    internal sealed class NotedFiles : IFileStore
    {
        private readonly IFileStore _files;
        private readonly BoardErrors _errors;

        internal NotedFiles(IFileStore files, BoardErrors errors)
        {
            _files = files;
            _errors = errors;
        }

        public int GetLength(string name)
        {
            try
            {
                return _files.GetLength(name);
            }
            catch (Exception e)
            {
                _errors.Note("looking at " + name, e);
                throw;
            }
        }

        public int Read(string name, int position, byte[] buffer, int offset, int count)
        {
            try
            {
                return _files.Read(name, position, buffer, offset, count);
            }
            catch (Exception e)
            {
                _errors.Note("reading " + name, e);
                throw;
            }
        }

        public void Write(string name, byte[] data, int offset, int count)
        {
            try
            {
                _files.Write(name, data, offset, count);
            }
            catch (Exception e)
            {
                _errors.Note("writing " + name, e);
                throw;
            }
        }

        public void Append(string name, byte[] data, int offset, int count)
        {
            try
            {
                _files.Append(name, data, offset, count);
            }
            catch (Exception e)
            {
                _errors.Note("adding to " + name, e);
                throw;
            }
        }

        public void Delete(string name)
        {
            try
            {
                _files.Delete(name);
            }
            catch (Exception e)
            {
                _errors.Note("deleting " + name, e);
                throw;
            }
        }
    }
}
