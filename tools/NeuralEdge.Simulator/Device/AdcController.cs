using System;
using NeuralEdge.Simulator.Device;

namespace System.Device.Adc
{
    /// <summary>The analog-to-digital converter with the behaviour of nanoFramework.System.Device.Adc on the ESP32.</summary>
    internal sealed class AdcController
    {
        private readonly Esp32Peripherals _chip = Esp32Peripherals.Current;

        internal AdcChannel OpenChannel(int channelNumber)
        {
            if (!_chip.HasAnalog(channelNumber))
            {
                throw new ArgumentException("There is no such ADC channel.", nameof(channelNumber));
            }

            return new AdcChannel(_chip, channelNumber);
        }
    }
}
