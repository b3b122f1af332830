namespace System.Device.Adc
{
    public class AdcController
    {
        public AdcChannel OpenChannel(int channelNumber) => throw null;
    }
}
