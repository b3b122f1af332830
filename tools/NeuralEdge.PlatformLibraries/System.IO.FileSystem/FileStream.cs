namespace System.IO
{
    public class FileStream : Stream
    {
        public FileStream(string path, FileMode mode)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize)
        {
        }
    }
}
