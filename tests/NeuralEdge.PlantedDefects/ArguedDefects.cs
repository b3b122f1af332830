namespace NeuralEdge.PlantedDefects;

/// <summary>Defects that no test can notice, each with its reason: "key" on one line, "  because ..." on the next.</summary>
internal sealed class ArguedDefects
{
    private readonly Dictionary<string, string> _reasons = [];

    /// <summary>Reads the list.</summary>
    public ArguedDefects(IEnumerable<string> lines)
    {
        string? key = null;
        foreach (string line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (!line.StartsWith("  because ", StringComparison.Ordinal))
            {
                key = key is null ? line : throw new FormatException($"no reason for: {key}");
                continue;
            }

            _reasons.Add(key ?? throw new FormatException($"a reason for nothing: {line}"), line.Trim());
            key = null;
        }

        if (key is not null)
        {
            throw new FormatException($"no reason for: {key}");
        }
    }

    /// <summary>Why a defect is none, or null.</summary>
    public string? this[Defect defect] => _reasons.GetValueOrDefault(defect.Key);

    /// <summary>Entries that match no defect any more.</summary>
    public string[] Stale(IEnumerable<Defect> all) => [.. _reasons.Keys.Except(all.Select(defect => defect.Key))];
}
