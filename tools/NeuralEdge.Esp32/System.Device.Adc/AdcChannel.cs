using NeuralEdge.Esp32;

namespace System.Device.Adc;

/// <summary>One channel with the behaviour of nanoFramework.System.Device.Adc: raw counts, no calibration.</summary>
public sealed class AdcChannel : IDisposable
{
    private readonly Esp32Peripherals _chip;
    private readonly int _channel;
    private bool _disposed;

    internal AdcChannel(Esp32Peripherals chip, int channel)
    {
        _chip = chip;
        _channel = channel;
    }

    public void Dispose() => _disposed = true;

    public int ReadValue()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _chip.ConvertAnalog(_channel);
    }
}
