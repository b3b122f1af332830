namespace System
{
    /// <summary>Bytes of an array, as in the CoreLibrary of nanoFramework, which has no generic spans.</summary>
    internal readonly struct SpanByte
    {
        private readonly byte[] _array;

        public SpanByte(byte[] array)
        {
            _array = array;
        }

        public byte[] ToArray()
        {
            return (byte[])_array.Clone();
        }

        public void CopyTo(SpanByte destination)
        {
            _array.CopyTo(destination._array, 0);
        }
    }
}
