namespace System.IO.Hashing
{
    public class Crc32
    {
        public static uint HashToUInt32(SpanByte source) => throw null;
    }
}
