namespace NeuralEdge.Tests.Storage;

/// <summary>
/// Which models the next start may run, each with the one that a revert then leads to: by their numbers, 0 = the factory model. A
/// reply leaves what it says; a cut, or a reply that it is unknown, leaves what was and what was asked for.
/// </summary>
internal sealed class ModelJudge
{
    /// <summary>What a revert leads to is not known: something that was confirmed once, or the factory model.</summary>
    public const int Any = -1;

    private readonly HashSet<int> _confirmed = [0];
    private List<(int Runs, int Before)> _possible = [(0, 0)];

    public ModelJudge()
    {
    }

    private ModelJudge(ModelJudge other)
    {
        _possible = [.. other._possible];
        _confirmed = [.. other._confirmed];
    }

    /// <summary>What runs, or would without a test.</summary>
    public int Runs { get; private set; }

    public ModelJudge Copy() => new(this) { Runs = Runs };

    /// <summary>Somebody asked to confirm it: from now on it may run.</summary>
    public void AskedToConfirm(int model) => _confirmed.Add(model);

    /// <summary>A start runs this one.</summary>
    /// <param name="runs">Its number.</param>
    /// <param name="isAnyConfirmed">Something has happened after which whatever was confirmed once may run.</param>
    /// <returns>What is wrong with that; null for nothing.</returns>
    public string? Start(int runs, bool isAnyConfirmed)
    {
        Runs = runs;
        if (isAnyConfirmed)
        {
            _possible = [(runs, Any)];
            return _confirmed.Contains(runs) ? null : $"came up with {runs}, which nobody confirmed";
        }

        string? violation = _possible.Exists(p => p.Runs == runs) ? null : $"came up with {runs}, possible were {string.Join(' ', _possible)}";
        _possible.RemoveAll(p => p.Runs != runs);
        return violation;
    }

    /// <summary>What a request has done to flash: it was carried out, whatever was in doubt before is settled.</summary>
    public void Done(Func<(int Runs, int Before), (int Runs, int Before)> move)
    {
        List<(int Runs, int Before)> after = [.. _possible.Where(p => p.Runs == Runs).Select(move)];
        _possible = after;
        Runs = after[0].Runs;
    }

    /// <summary>It may have been carried out.</summary>
    public void PerhapsDone(Func<(int Runs, int Before), (int Runs, int Before)> move)
    {
        foreach ((int Runs, int Before) pair in _possible.Where(p => p.Runs == Runs).Select(move).ToArray())
        {
            if (!_possible.Contains(pair))
            {
                _possible.Add(pair);
            }
        }
    }

    /// <summary>A revert may have been carried out.</summary>
    /// <param name="orFactory">The model before may have been unreadable for a moment, and the factory model taken for it.</param>
    public void PerhapsReverted(bool orFactory)
    {
        foreach ((_, int before) in _possible.Where(p => p.Runs == Runs).ToArray())
        {
            foreach (int model in before == Any ? _confirmed.ToArray() : orFactory ? [before, 0] : [before])
            {
                if (!_possible.Contains((model, 0)))
                {
                    _possible.Add((model, 0));
                }
            }
        }
    }

    /// <summary>A revert was carried out and has left this one at work.</summary>
    /// <param name="runs">Its number.</param>
    /// <param name="orFactory">As <see cref="PerhapsReverted"/> has it.</param>
    /// <returns>What is wrong with that; null for nothing.</returns>
    public string? Reverted(int runs, bool orFactory)
    {
        bool allowed = _possible.Exists(p => p.Runs == Runs && (p.Before == runs || (p.Before == Any && _confirmed.Contains(runs)))) || (orFactory && runs == 0);
        string? violation = allowed ? null : $"a revert of {Runs} left {runs} at work, possible were {string.Join(' ', _possible)}";
        _possible = [(runs, 0)];
        Runs = runs;
        return violation;
    }
}
