namespace NeuralEdge.Esp32;

/// <summary>The digital pins of a chip, each by its GPIO number; they refuse what the chip refuses.</summary>
public interface IPinBank
{
    /// <summary>Takes a pin. It cannot be taken twice.</summary>
    void Open(int pin);

    /// <summary>Makes a pin an output, which drives it low, or lets it float.</summary>
    void SetOutput(int pin, bool output);

    /// <summary>Drives an output.</summary>
    void Write(int pin, bool high);
}
