#nullable enable
using NeuralEdge.Board.Chips;
using NeuralEdge.Esp32;

namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// The pins of a chip with the rules of nanoFramework: opening twice fails, some pins are inputs only, becoming an
/// output drives low whatever comes next, and a pin that is no output cannot be written.
/// </summary>
internal sealed class GpioBank : IPinBank
{
    private const int PinCount = 64;

    private readonly object _gate = new();
    private readonly ChipLife _chip;
    private readonly bool[] _open = new bool[PinCount];
    private readonly bool?[] _level = new bool?[PinCount];

    internal GpioBank(ChipLife chip)
    {
        _chip = chip;
    }

    public void Open(int pin)
    {
        lock (_gate)
        {
            _chip.ThrowIfStopped();
            if (pin >= PinCount || !_chip.Model.HasPin(pin) || _open[pin])
            {
                throw new InvalidOperationException();
            }

            if (_chip.Model.Row is { } row && PinList.Has(row.Memory, pin))
            {
                // The real chip does not refuse. It dies, because these pins hold its flash.
                throw new InvalidOperationException($"GPIO {pin} belongs to the flash: a real board crashes here.");
            }

            if (_chip.Model.Row is { } chip && PinList.Has(chip.Usb, pin))
            {
                _chip.Print($"GPIO {pin} is the USB socket: a real board loses its debugger here.");
            }

            _open[pin] = true;
        }
    }

    public void SetOutput(int pin, bool output)
    {
        lock (_gate)
        {
            _chip.ThrowIfStopped();
            if (output && !_chip.Model.CanDrive(pin))
            {
                throw new ArgumentException($"GPIO {pin} is an input only.");
            }

            Change(pin, output ? false : null, force: true);
        }
    }

    public void Write(int pin, bool high)
    {
        lock (_gate)
        {
            _chip.ThrowIfStopped();
            if (_level[pin] == null)
            {
                throw new ArgumentException($"GPIO {pin} is no output.");
            }

            Change(pin, high, force: false);
        }
    }

    /// <summary>Drives a pin that nobody has opened, as a peripheral does.</summary>
    internal void Drive(int pin)
    {
        lock (_gate)
        {
            Change(pin, true, force: true);
        }
    }

    internal bool? Level(int pin)
    {
        lock (_gate)
        {
            return _level[pin];
        }
    }

    /// <summary>Reset: nobody drives the pins any more.</summary>
    internal void Float()
    {
        lock (_gate)
        {
            for (int pin = 0; pin < PinCount; pin++)
            {
                Change(pin, null, force: false);
            }
        }
    }

    private void Change(int pin, bool? level, bool force)
    {
        if (force || _level[pin] != level)
        {
            _level[pin] = level;
            _chip.PinChanged(pin, level);
        }
    }
}
