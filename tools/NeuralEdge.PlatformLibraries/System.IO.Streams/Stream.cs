namespace System.IO
{
    public abstract class Stream : MarshalByRefObject, IDisposable
    {
        public virtual long Length => throw null;

        public virtual long Position { get => throw null; set => throw null; }

        public virtual int Read(byte[] buffer, int offset, int count) => throw null;

        public virtual int Read(SpanByte buffer) => throw null;

        public virtual void Write(byte[] buffer, int offset, int count) => throw null;

        public virtual long Seek(long offset, SeekOrigin origin) => throw null;

        public void Dispose() => throw null;

        protected virtual void Dispose(bool disposing) => throw null;
    }
}
