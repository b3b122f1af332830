namespace System.Device.Adc
{
    public class AdcChannel : IDisposable
    {
        public int ReadValue() => throw null;

        public void Dispose() => throw null;
    }
}
