using NeuralEdge.Esp32;

namespace System.Device.Adc;

/// <summary>The analog-to-digital converter with the behaviour of nanoFramework.System.Device.Adc on the ESP32.</summary>
public sealed class AdcController
{
    private readonly Esp32Peripherals _chip = Esp32Peripherals.Current;

    public AdcChannel OpenChannel(int channelNumber)
    {
        if (!_chip.HasAnalog(channelNumber))
        {
            throw new ArgumentException("There is no such ADC channel.", nameof(channelNumber));
        }

        return new AdcChannel(_chip, channelNumber);
    }
}
