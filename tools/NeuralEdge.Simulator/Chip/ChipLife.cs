#nullable enable
using System.Diagnostics;
using NeuralEdge.Board.Control;
using NeuralEdge.Esp32;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Simulator.Turbo;

namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// A chip from one start to the next reset: everything a reset loses. The flash folder, the sensors and the serial line
/// are handed in and outlive it.
/// </summary>
internal sealed class ChipLife : Esp32Peripherals
{
    private const int UartFunctions = 0x30000;
    private const int AnalogFunctions = 0x50100;
    private const int TickMs = 10;

    private readonly IChipSurroundings _board;
    private readonly AdcUnit _adc;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ChipClock _time;
    private readonly TimeSpan _startedAt;
    private readonly object _stopGate = new();
    private readonly Dictionary<int, int> _functionPins = [];
    private readonly Uart[] _uarts;
    private readonly List<Thread> _threads = [];
    private readonly ChipConditions _conditions;
    private volatile bool _stopped;

    internal ChipLife(IChipSurroundings board, ChipModel model, ChipConditions conditions, int start, TimeSpan startedAt, AdcUnit adc, SerialLine line, string folder)
    {
        _board = board;
        _conditions = conditions;
        Model = model;
        _adc = adc;
        _startedAt = startedAt;
        _time = new ChipClock(() => Elapsed);
        Start = start;
        Gpio = new GpioBank(this);
        Flash = new FlashFolder(this, folder, conditions, start);
        _uarts = [.. Enumerable.Range(1, model.Ports).Select(number => new Uart(this, number, line))];
        LinkUart = _uarts[(model.Row?.LinkPort ?? Board.Chips.Chip.FirstPort) - 1];
    }

    /// <summary>The chip of the calling thread's board.</summary>
    internal static new ChipLife Current => (ChipLife)Esp32Peripherals.Current;

    internal int Start { get; }

    internal GpioBank Gpio { get; }

    public override IPinBank Pins => Gpio;

    internal FlashFolder Flash { get; }

    /// <summary>What has loaded compiled code since this start.</summary>
    internal SimulatedCodeLoader CodeLoader { get; } = new();

    internal bool HasTurbo => _conditions.Turbo;

    /// <summary>Which chip it is.</summary>
    internal ChipModel Model { get; }

    public override string RuntimeDescription => $"nanoCLR running @ {Model.Runtime} built with ESP-IDF simulated";

    public override string TargetName => Model.Target;

    public override Version RuntimeVersion => _conditions.RuntimeVersion;

    public override uint PsramBytes => (uint)Model.PsramBytes;

    /// <summary>
    /// What the runtime and the program have taken of the heap when the firmware measures it: of 111 KB, 63.9 KB are free with a model of 7 KB
    /// on the interpreter built for ARM, and the board takes 14 KB of the difference after that.
    /// </summary>
    private const int TakenBytes = 26 * 1024;

    public override uint HeapBytes => (uint)Math.Max((_conditions.HeapBytes ?? Model.HeapBytes) - TakenBytes, 0);

    /// <summary>Whether COM1 is the debugger's: without a USB of its own, or with nobody at it when it started.</summary>
    internal bool DebuggerHasFirstPort => !Model.HasUsb || !_conditions.UsbConnected;

    internal bool IsStopped => _stopped;

    /// <summary>Microseconds since this start, also after the end.</summary>
    internal long Elapsed => _clock.ElapsedTicks / (Stopwatch.Frequency / 1_000_000);

    public override ulong Microseconds
    {
        get
        {
            ThrowIfStopped();
            return (ulong)_time.Read();
        }
    }

    /// <summary>Time since the board was first powered.</summary>
    private TimeSpan BoardTime => _startedAt + _clock.Elapsed;

    internal void ThrowIfStopped()
    {
        if (_stopped)
        {
            throw new ChipStoppedException();
        }
    }

    public override int ConvertAnalog(int channel)
    {
        ThrowIfStopped();
        int count = _adc.Convert(channel, BoardTime);
        _time.Worked();
        return count;
    }

    /// <summary>The board's digital sensors, null when its world has none.</summary>
    internal ISensorValues? Sensors => _board.Sensors.SensorCount is > 0 and int count ? new DigitalSensors(this, count) : null;

    internal double ReadSensor(int sensor)
    {
        ThrowIfStopped();
        double value = _board.Sensors.ReadSensor(sensor, BoardTime);
        _time.Worked();
        return value;
    }

    public override bool HasAnalog(int channel)
    {
        ThrowIfStopped();
        return _adc.Has(channel);
    }

    public override void SetPinFunction(int pin, int function)
    {
        ThrowIfStopped();
        bool transmits = (function & 1) == 0;
        int port = (function - UartFunctions) >> 8;
        if (function >= AnalogFunctions || port < 1 || port > Model.Ports || !Model.HasPin(pin) || (transmits && !Model.CanDrive(pin)))
        {
            throw new ArgumentException($"GPIO {pin} cannot have function 0x{function:X}.");
        }

        lock (_functionPins)
        {
            _functionPins[function] = pin;
        }
    }

    public override int GetFunctionPin(int function)
    {
        ThrowIfStopped();
        if (function >= AnalogFunctions)
        {
            return Model.FunctionPinOfAdc(function - AnalogFunctions);
        }

        lock (_functionPins)
        {
            return _functionPins.GetValueOrDefault(function, -1);
        }
    }

    internal bool HasUartPins(int number)
    {
        lock (_functionPins)
        {
            int transmit = UartFunctions + (number << 8);
            return _functionPins.ContainsKey(transmit) && _functionPins.ContainsKey(transmit + 1);
        }
    }

    public override IUart FindUart(string portName)
    {
        ThrowIfStopped();
        if (portName.Length != 4 || !portName.StartsWith("COM", StringComparison.Ordinal) || portName[3] < '1' || portName[3] - '0' > Model.Ports)
        {
            throw new ArgumentException($"There is no port {portName}.");
        }

        return _uarts[portName[3] - '1'];
    }

    /// <summary>The port that the line to the host is on: the one that was opened last.</summary>
    internal Uart LinkUart { get; private set; }

    /// <summary>
    /// The pins a port has when nobody has given it any. UART0 has its own. COM2 has none on the classic chip; on the others its row of
    /// CHIP_DeviceMapping.cpp of nf-interpreter is left out by an #if and zeros take its place, so that GPIO 0 is driven.
    /// </summary>
    internal bool HasDefaultPins(int number)
    {
        if (number == Board.Chips.Chip.FirstPort)
        {
            return true;
        }

        if (!Model.HasUsb)
        {
            return false;
        }

        Gpio.Drive(0);
        return true;
    }

    public override void Reboot()
    {
        ThrowIfStopped();
        _board.Restart(this);
        throw new ChipStoppedException();
    }

    /// <summary>The device's sleep, in whole ticks of its scheduler. It ends early when the chip is stopped.</summary>
    internal void Sleep(int milliseconds)
    {
        ThrowIfStopped();

        // A sleep of less than a tick hands the processor to the board's other threads. Here it goes to other programs as well,
        // or a board that waits for its next period would keep a whole core busy.
        int asked = Math.Max(milliseconds / TickMs * TickMs, 1);
        _time.Read();
        WaitForStop(milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(asked));
        ThrowIfStopped();
        if (milliseconds is >= 0 and <= TickMs)
        {
            // The loop's own waiting; a thread that sleeps for long minds no millisecond.
            _time.Slept(asked * 1000L);
        }
        else
        {
            _time.Worked();
        }
    }

    /// <summary>Time the chip spends in something that blocks.</summary>
    internal void Wait(long microseconds)
    {
        if (microseconds > 0)
        {
            WaitForStop(TimeSpan.FromMicroseconds(microseconds));
            _time.Worked();
        }

        ThrowIfStopped();
    }

    /// <summary>Runs a thread of the firmware. An exception it does not catch ends this thread and nothing else.</summary>
    internal void StartThread(ThreadStart start)
    {
        ThrowIfStopped();
        Thread thread = new(() => RunThread(start)) { IsBackground = true, Name = "firmware" };
        lock (_threads)
        {
            _threads.Add(thread);
        }

        thread.Start();
    }

    internal void RunThread(ThreadStart start)
    {
        try
        {
            start();
        }
        catch (ChipStoppedException)
        {
        }
        catch (Exception e)
        {
            _board.Print($"Uncaught exception, this thread ends: {e.GetType().Name}: {e.Message}");
        }
    }

    internal void Print(string message)
    {
        ThrowIfStopped();
        _board.Print(message);
    }

    internal void PinChanged(int pin, bool? level) => _board.PinChanged(new PinEvent(BoardTime, Start, pin, level));

    internal void FlashReading(string file) => _board.FlashReading(file);

    internal void SerialOpened(Uart uart)
    {
        LinkUart = uart;
        _board.SerialOpened();
    }

    internal void FlashChanging(string file) => _board.FlashChanging(file);

    /// <summary>Ends this life: every use of the chip throws from now on, and the pins float.</summary>
    internal void Stop()
    {
        lock (_stopGate)
        {
            _stopped = true;
            Monitor.PulseAll(_stopGate);
        }

        foreach (Uart uart in _uarts)
        {
            uart.Close();
        }

        Gpio.Float();
    }

    /// <summary>
    /// Waits for the firmware's threads. One that hangs in pure computation cannot be ended; it is left behind, and can
    /// do no harm, because its first use of the chip throws.
    /// </summary>
    internal void JoinThreads(TimeSpan patience)
    {
        Thread[] threads;
        lock (_threads)
        {
            threads = [.. _threads];
        }

        foreach (Thread thread in threads)
        {
            if (thread != Thread.CurrentThread)
            {
                thread.Join(patience);
            }
        }
    }

    private void WaitForStop(TimeSpan time)
    {
        lock (_stopGate)
        {
            if (!_stopped)
            {
                Monitor.Wait(_stopGate, time);
            }
        }
    }
}
