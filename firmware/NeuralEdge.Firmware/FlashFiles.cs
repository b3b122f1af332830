using System.IO;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Firmware
{
    /// <summary>Files of the internal flash. Every write closes its file, because only closing commits on littlefs.</summary>
    internal sealed class FlashFiles : IFileStore
    {
        private readonly string _root;

        internal FlashFiles(string root)
        {
            _root = root;
        }

        public int GetLength(string name)
        {
            if (!File.Exists(_root + name))
            {
                return -1;
            }

            using (FileStream file = new FileStream(_root + name, FileMode.Open, FileAccess.Read))
            {
                return (int)file.Length;
            }
        }

        public int Read(string name, int position, byte[] buffer, int offset, int count)
        {
            if (!File.Exists(_root + name))
            {
                return 0;
            }

            using (FileStream file = new FileStream(_root + name, FileMode.Open, FileAccess.Read))
            {
                file.Seek(position, SeekOrigin.Begin);
                int done = 0;
                while (done < count)
                {
                    int read = file.Read(buffer, offset + done, count - done);
                    if (read <= 0)
                    {
                        break;
                    }

                    done += read;
                }

                return done;
            }
        }

        public void Write(string name, byte[] data, int offset, int count)
        {
            using (FileStream file = new FileStream(_root + name, FileMode.Create, FileAccess.Write))
            {
                file.Write(data, offset, count);
            }
        }

        public void Append(string name, byte[] data, int offset, int count)
        {
            using (FileStream file = new FileStream(_root + name, FileMode.OpenOrCreate, FileAccess.Write))
            {
                file.Seek(0, SeekOrigin.End);
                file.Write(data, offset, count);
            }
        }

        public void Delete(string name)
        {
            if (File.Exists(_root + name))
            {
                File.Delete(_root + name);
            }
        }
    }
}
