namespace NeuralEdge.Tests.Architecture;

/// <summary>Who uses whom: named places, and an arrow with its reasons from one that uses to one that is used.</summary>
internal sealed class Arrows
{
    private readonly SortedDictionary<(string From, string To), SortedSet<string>> _arrows = [];

    /// <summary>Every arrow, sorted.</summary>
    public IEnumerable<(string From, string To)> All => _arrows.Keys;

    /// <summary>Adds an arrow, or a reason to one. A place may use itself.</summary>
    public void Add(string from, string to, string reason)
    {
        if (from != to)
        {
            if (!_arrows.TryGetValue((from, to), out SortedSet<string>? reasons))
            {
                _arrows.Add((from, to), reasons = new SortedSet<string>(StringComparer.Ordinal));
            }

            reasons.Add(reason);
        }
    }

    /// <summary>The arrows that lie on a circle, one line each with its first reasons.</summary>
    public IReadOnlyList<string> OnCycles() => [.. All.Where(arrow => From(arrow.To).Contains(arrow.From)).Select(Line)];

    /// <summary>An arrow with its first reasons.</summary>
    public string Line((string From, string To) arrow)
    {
        const int Shown = 4;
        SortedSet<string> reasons = _arrows[arrow];
        string more = reasons.Count > Shown ? $", and {reasons.Count - Shown} more" : string.Empty;
        return $"{arrow.From} -> {arrow.To}  ({string.Join(", ", reasons.Take(Shown))}{more})";
    }

    /// <summary>All arrows, one line for each place that uses another.</summary>
    public override string ToString() =>
        string.Join('\n', All.GroupBy(arrow => arrow.From).Select(arrows => $"{arrows.Key} -> {string.Join(", ", arrows.Select(arrow => arrow.To))}"));

    /// <summary>Every place that can be reached.</summary>
    private HashSet<string> From(string place)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([place]);
        while (open.TryPop(out string? next))
        {
            foreach ((string From, string To) arrow in All)
            {
                if (arrow.From == next && reached.Add(arrow.To))
                {
                    open.Push(arrow.To);
                }
            }
        }

        return reached;
    }
}
