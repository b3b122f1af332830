#nullable enable
using System.Diagnostics;
using NeuralEdge.Esp32;
using NeuralEdge.Simulator.Chip;
using NeuralEdge.Simulator.Endpoints;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Simulator;

/// <summary>
/// An ESP32 that runs the firmware's own sources in this process: its ADC and its sensors are fed by <see cref="ISensors"/>, its pins
/// are logged, its flash is a folder, and its serial line ends at a TCP socket or a pseudo-terminal. Several can run
/// beside each other.
/// </summary>
public sealed class SimulatedBoard : IChipSurroundings, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly object _gate = new();
    private readonly SimulatedBoardOptions _options;
    private readonly ThreadStart _program;
    private readonly StateFolder _folder;
    private readonly ChipModel _model;
    private readonly AdcUnit _adc;
    private readonly List<IHostEndpoint> _endpoints = [];
    private readonly SerialLine _line;
    private readonly PinLog? _pinLog;
    private readonly Stopwatch _clock = new();
    private readonly List<string> _console = [];
    private ChipLife? _chip;
    private bool _disposed;

    /// <summary>Makes a board without power. Its endpoint listens already.</summary>
    /// <param name="options">What it is made of; null for the defaults.</param>
    /// <exception cref="SimulatorException">The folder is in use, or an address or path cannot be had; the message is a sentence.</exception>
    public SimulatedBoard(SimulatedBoardOptions? options = null)
        : this(options, NeuralEdge.Firmware.Program.Main)
    {
    }

    /// <summary>Makes a board that runs another program than the firmware, to test the hardware's rules with.</summary>
    internal SimulatedBoard(SimulatedBoardOptions? options, ThreadStart program)
    {
        _options = options ?? new SimulatedBoardOptions();
        _program = program;
        _model = ChipModel.Find(_options.Chip)
            ?? throw new SimulatorException($"There is no chip '{_options.Chip}' to simulate; known are {string.Join(", ", Chips)}.");
        _folder = new StateFolder(_options.StateFolder);
        try
        {
            _adc = new AdcUnit(_model, _options.Sensors, _options.AdcNoise, _options.Seed);
            _pinLog = _options.PinLog == null ? null : new PinLog(_options.PinLog);
            OpenEndpoints();
            _line = new SerialLine(OnSent);
            _endpoints.ForEach(endpoint => endpoint.Start((buffer, count) => _line.ReceiveFromHost(buffer.AsSpan(0, count))));
        }
        catch
        {
            _endpoints.ForEach(endpoint => endpoint.Dispose());
            _pinLog?.Dispose();
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>Names of the chips that can be simulated.</summary>
    public static IEnumerable<string> Chips => ChipModel.All.Select(chip => chip.Name);

    /// <summary>A pin has changed. Raised on the firmware's threads: be quick, and call nothing of this class.</summary>
    public event Action<PinEvent>? PinChanged;

    /// <summary>Bytes the board has sent. Raised when they have gone over the line.</summary>
    public event Action<byte[]>? Sent;

    /// <summary>The firmware is about to make a change to a flash file durable; <see cref="PowerCut"/> here undoes it.</summary>
    public event Action<string>? FlashChanging;

    /// <summary>The firmware reads, or looks for, a flash file.</summary>
    internal event Action<string>? FlashReading;

    /// <summary>The firmware has opened its serial port.</summary>
    internal event Action? SerialOpened;

    /// <summary>The firmware, or the CLR of the board, has printed a line for a debugger.</summary>
    public event Action<string>? Printed;

    /// <summary>What a host passes as its port: socket://HOST:PORT or a path; the path when there are both.</summary>
    public string Address => _endpoints.Count == 0 ? string.Empty : _endpoints[0].Address;

    /// <summary>All of what a host can pass as its port. They are ends of one line: one host at a time.</summary>
    public IEnumerable<string> Addresses => _endpoints.Select(endpoint => endpoint.Address);

    /// <summary>The folder that is the flash.</summary>
    public string StateFolder => _folder.Path;

    /// <summary>How often the board was started: 1 after <see cref="Start"/>, one more with each reset.</summary>
    public int Starts { get; private set; }

    /// <summary>Time since the board was first powered.</summary>
    public TimeSpan Uptime => _clock.Elapsed;

    /// <summary>What was printed for a debugger, oldest first.</summary>
    public IReadOnlyList<string> Console
    {
        get
        {
            lock (_console)
            {
                return [.. _console];
            }
        }
    }

    /// <summary>Bytes that were lost since the last start because the board's receive buffer was full; the firmware cannot know.</summary>
    public int ReceiveBytesLost => _chip?.LinkUart.LostBytes ?? 0;

    /// <summary>
    /// Makes the receive buffer's count wrong, as the race between the platform's task that fills it and the reader can: for good, until the
    /// port is opened anew.
    /// </summary>
    /// <param name="bytes">By how many bytes it is too high, negative for too low.</param>
    public void LoseReceiveCount(int bytes) => _chip?.LinkUart.LoseCount(bytes);

    /// <summary>Plants the same race while bytes lie there, so that a receiver stays behind by a number of bytes.</summary>
    /// <param name="bytes">By how many.</param>
    public void FallBehind(int bytes) => _chip?.LinkUart.FallBehind(bytes);

    /// <summary>How many images of compiled code the board has loaded since its last start.</summary>
    public int LoadedImages => _chip?.CodeLoader.Images.Count ?? 0;

    /// <summary>Gives it power, for the first time or after <see cref="PowerCut"/>.</summary>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_chip is not { IsStopped: false })
            {
                _clock.Start();
                Boot();
            }
        }
    }

    /// <summary>Presses the reset button: all but the flash is lost, and the firmware starts again.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            StopChip();
            Boot();
        }
    }

    /// <summary>Takes the power away, also in the middle of a change to the flash.</summary>
    public void PowerCut()
    {
        // Without the lock: it may be called from within the firmware.
        _chip?.Stop();
    }

    /// <summary>The level of a pin.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <returns>True high, false low, null when the pin is no output.</returns>
    public bool? GetPin(int pin) => _chip?.Gpio.Level(pin);

    /// <summary>Bytes from the host, as if they came from the endpoint; returns when they have gone over the line.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Receive(ReadOnlySpan<byte> bytes) => _line.ReceiveFromHost(bytes);

    /// <summary>Waits until the board has been started a number of times.</summary>
    /// <param name="starts">The number, as in <see cref="Starts"/>.</param>
    /// <param name="patience">The longest time to wait.</param>
    /// <returns>False when the time was over before.</returns>
    public bool WaitForStart(int starts, TimeSpan patience) => WaitFor(() => Starts >= starts, patience);

    /// <summary>Waits until a pin has a level.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="level">The level.</param>
    /// <param name="patience">The longest time to wait.</param>
    /// <returns>False when the time was over before.</returns>
    public bool WaitForPin(int pin, bool level, TimeSpan patience) => WaitFor(() => GetPin(pin) == level, patience);

    /// <summary>Takes the power away and closes everything.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            StopChip();
            _endpoints.ForEach(endpoint => endpoint.Dispose());
            _line.Dispose();
            _pinLog?.Dispose();
            _folder.Dispose();
        }
    }

    ISensors IChipSurroundings.Sensors => _options.Sensors;

    void IChipSurroundings.PinChanged(PinEvent change)
    {
        _options.Sensors.PinChanged(change);
        _pinLog?.Write(change);
        PinChanged?.Invoke(change);
    }

    void IChipSurroundings.FlashReading(string file) => FlashReading?.Invoke(file);

    void IChipSurroundings.SerialOpened()
    {
        _line.Connect(_chip?.LinkUart);
        SerialOpened?.Invoke();
    }

    void IChipSurroundings.FlashChanging(string file) => FlashChanging?.Invoke(file);

    void IChipSurroundings.Print(string message)
    {
        lock (_console)
        {
            _console.Add(message);
        }

        Printed?.Invoke(message);
    }

    void IChipSurroundings.Restart(ChipLife chip)
    {
        chip.Stop();
        if (!_options.RestartsItself)
        {
            return;
        }

        // Not on the caller's thread, which belongs to the life that ends here. Nor in its context.
        using (ExecutionContext.SuppressFlow())
        {
            Thread starter = new(() => StartAfter(chip)) { IsBackground = true, Name = "simulated reset" };
            starter.Start();
        }
    }

    private static bool WaitFor(Func<bool> condition, TimeSpan patience)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begin) > patience)
            {
                return false;
            }

            Thread.Sleep(2);
        }

        return true;
    }

    private void OpenEndpoints()
    {
        try
        {
            if (_options.PtyLink != null)
            {
                _endpoints.Add(new PtyEndpoint(_options.PtyLink));
            }

            if (_options.Port != null)
            {
                _endpoints.Add(TcpEndpoint.Open(_options.Port));
            }
        }
        catch (IOException e)
        {
            throw new SimulatorException(e.Message, e);
        }
    }

    private void OnSent(byte[] bytes)
    {
        _endpoints.ForEach(endpoint => endpoint.Send(bytes));
        Sent?.Invoke(bytes);
    }

    private void StartAfter(ChipLife chip)
    {
        lock (_gate)
        {
            // Somebody may have pressed the button, or taken the board away, in the meantime.
            if (!_disposed && _chip == chip)
            {
                StopChip();
                Boot();
            }
        }
    }

    private void Boot()
    {
        Starts++;
        ChipConditions conditions = new(
            _options.RuntimeVersion,
            _options.HeapBytes,
            _options.UsbConnected,
            _options.Turbo,
            _options.FlashCommitMilliseconds,
            Math.Max(_options.FlashCommitMilliseconds, _options.SlowestFlashCommitMilliseconds),
            _options.Seed);
        ChipLife chip = new(this, _model, conditions, Starts, _clock.Elapsed, _adc, _line, _folder.Path);
        _chip = chip;
        _line.Connect(chip.LinkUart);
        Esp32Peripherals? outer = Esp32Peripherals.CurrentOrNull;
        Esp32Peripherals.Current = chip;
        try
        {
            chip.StartThread(_program);
        }
        finally
        {
            Esp32Peripherals.Current = outer;
        }
    }

    private void StopChip()
    {
        if (_chip != null)
        {
            _line.Connect(null);
            _chip.Stop();
            _chip.JoinThreads(Patience);
        }
    }
}
