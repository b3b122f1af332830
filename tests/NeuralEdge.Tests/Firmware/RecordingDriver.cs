extern alias microsoft;

using microsoft::System.Device.Gpio;

namespace NeuralEdge.Tests.Firmware;

/// <summary>A pin driver for Microsoft's GpioController that only takes notes.</summary>
internal sealed class RecordingDriver : GpioDriver
{
    public List<string> Log { get; } = [];

    protected override int PinCount => 40;

    protected override void OpenPin(int pinNumber) => Note("open", pinNumber);

    protected override void ClosePin(int pinNumber)
    {
    }

    protected override void SetPinMode(int pinNumber, PinMode mode) => Note(mode, pinNumber);

    protected override PinMode GetPinMode(int pinNumber) => PinMode.Output;

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber) => PinValue.Low;

    protected override void Write(int pinNumber, PinValue value) => Note(value, pinNumber);

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
        throw new NotSupportedException();

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        throw new NotSupportedException();

    private void Note(object what, int pin) => Log.Add($"{what} {pin}");
}
