namespace NeuralEdge.Esp32;

/// <summary>
/// What the stand-ins of the device libraries reach for: the chip of the simulated board that the calling thread
/// belongs to. It flows to the threads a board's program starts, so that several boards can live in one process.
/// </summary>
public abstract class Esp32Peripherals
{
    private static readonly AsyncLocal<Esp32Peripherals> Board = new();

    /// <summary>The chip of the calling thread's board.</summary>
    public static Esp32Peripherals Current
    {
        get => Board.Value ?? throw new InvalidOperationException("This thread belongs to no simulated board.");
        set => Board.Value = value;
    }

    /// <summary>The same, or null on a thread of no board.</summary>
    public static Esp32Peripherals CurrentOrNull => Board.Value;

    /// <summary>What the runtime says of itself, "nanoCLR running @ ESP32 built with ESP-IDF ...".</summary>
    public abstract string RuntimeDescription { get; }

    /// <summary>Name of the runtime's image.</summary>
    public abstract string TargetName { get; }

    /// <summary>Version of the runtime.</summary>
    public abstract Version RuntimeVersion { get; }

    /// <summary>Bytes of PSRAM, 0 for none.</summary>
    public abstract uint PsramBytes { get; }

    /// <summary>Bytes of the managed heap that the runtime and the program leave free.</summary>
    public abstract uint HeapBytes { get; }

    /// <summary>Microseconds since the chip started.</summary>
    public abstract ulong Microseconds { get; }

    /// <summary>The digital pins.</summary>
    public abstract IPinBank Pins { get; }

    /// <summary>The UART behind a port's name, COM1 to COM3; refuses every other name.</summary>
    public abstract IUart FindUart(string portName);

    /// <summary>One conversion of an ADC channel; refuses what the chip refuses.</summary>
    public abstract int ConvertAnalog(int channel);

    /// <summary>Whether the chip has this ADC channel.</summary>
    public abstract bool HasAnalog(int channel);

    /// <summary>One transfer on an I2C bus: what is written goes to the chip at an address, and its answer into what is read. A board has no such chip unless it says so.</summary>
    /// <returns>False when no chip is there, or it does not answer.</returns>
    public virtual bool TransferI2c(int bus, int address, byte[] write, byte[] read) => false;

    /// <summary>Routes a function to a pin.</summary>
    public abstract void SetPinFunction(int pin, int function);

    /// <summary>The pin of a function, -1 when it has none.</summary>
    public abstract int GetFunctionPin(int function);

    /// <summary>Restarts the chip: does not return.</summary>
    public abstract void Reboot();
}
