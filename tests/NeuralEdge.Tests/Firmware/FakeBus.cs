extern alias firmware;

using firmware::NeuralEdge.Firmware;

namespace NeuralEdge.Tests.Firmware;

/// <summary>Chips on a bus; an address without one does not answer.</summary>
internal sealed class FakeBus : II2cBus
{
    public Dictionary<int, IChip> Chips { get; } = [];

    /// <summary>How many transfers there were.</summary>
    public int Transfers { get; private set; }

    /// <summary>Told the number of each transfer, from 1; true: it fails, after what it has taken of the clock.</summary>
    public Func<int, bool>? Fails { get; set; }

    public bool Transfer(int address, byte[] write, byte[] read)
    {
        Transfers++;
        return Fails?.Invoke(Transfers) != true && Chips.TryGetValue(address, out IChip? chip) && chip.Transfer(write, read);
    }
}

/// <summary>A chip on a <see cref="FakeBus"/>.</summary>
internal interface IChip
{
    bool Transfer(byte[] write, byte[]? read);
}
