using NeuralEdge.Board.Security;

namespace NeuralEdge.Tests.Storage;

/// <summary>Which keys the next start may find, and which nonces were given.</summary>
internal sealed class KeyJudge
{
    private readonly HashSet<UInt128> _nonces = [];
    private List<KeyState> _possible = [new KeyState(SecurityMode.Open, 0, 0)];

    public KeyJudge()
    {
    }

    private KeyJudge(KeyJudge other)
    {
        _possible = [.. other._possible];
        _nonces = [.. other._nonces];
        Given = other.Given;
    }

    /// <summary>Number of the last keys that somebody brought; all are different.</summary>
    public int Given { get; set; }

    public KeyJudge Copy() => new(this);

    /// <summary>A start finds these.</summary>
    /// <param name="now">What it finds.</param>
    /// <param name="mayBeLost">Both copies may be rotten.</param>
    /// <param name="isAny">Something has happened after which any that once were there may be.</param>
    /// <returns>What is wrong with that; null for nothing.</returns>
    public string? Start(KeyState now, bool mayBeLost, bool isAny)
    {
        bool allowed = _possible.Contains(now) || (isAny && now.Mode != SecurityMode.Lost) || (mayBeLost && now.Mode == SecurityMode.Lost);
        string? violation = allowed ? null : $"found {now}, possible were {string.Join(' ', _possible)}";
        _possible = [now];
        return violation;
    }

    /// <summary>A request was carried out: from now on these are the keys.</summary>
    public void Done(KeyState now) => _possible = [now];

    /// <summary>These may be the keys, too.</summary>
    public void PerhapsDone(KeyState state)
    {
        if (!_possible.Contains(state))
        {
            _possible.Add(state);
        }
    }

    /// <summary>A nonce was given.</summary>
    /// <returns>False when it was given before.</returns>
    public bool IsNew(byte[] nonce) => _nonces.Add(new UInt128(BitConverter.ToUInt64(nonce, 0), BitConverter.ToUInt64(nonce, 8)));
}

/// <summary>What a board's keys say.</summary>
/// <param name="Mode">Who may do what.</param>
/// <param name="Keys">Number of the keys, 0 for none.</param>
/// <param name="Number">Highest security number.</param>
internal readonly record struct KeyState(SecurityMode Mode, int Keys, uint Number);
