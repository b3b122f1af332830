using NeuralEdge.Tests.Architecture;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>
/// The public names of device libraries, from the lists in Api (one file for each assembly): a line is
/// <c>T type : base</c>, <c>M type::method(parameters) returns [static]</c> or <c>F type::field type [= value]</c>.
/// </summary>
internal sealed class DeviceApi
{
    private readonly Dictionary<string, List<string>> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    /// <summary>The names of these assemblies.</summary>
    /// <param name="assemblies">Assembly names, such as mscorlib.</param>
    public DeviceApi(IEnumerable<string> assemblies)
    {
        foreach (string assembly in assemblies)
        {
            foreach (string line in File.ReadLines(Repository.PathOf($"tests/NeuralEdge.Tests/DeviceSurface/Api/{assembly}.txt")))
            {
                Add(line);
            }
        }
    }

    /// <summary>What a device project can name: the assemblies of its packages.</summary>
    public static DeviceApi Of(DeviceProject project) => new(project.Packages.Keys.Select(id => DevicePackage.All[id].Assembly));

    public bool HasType(string name) => _types.Contains(name);

    /// <summary>
    /// The types that a method returns on the device: none when there is no such method, more than one for conversions.
    /// </summary>
    /// <param name="signature"><c>type::method(parameters)</c>.</param>
    public IReadOnlyList<string> Returns(string signature) => _methods.TryGetValue(signature, out List<string>? returns) ? returns : [];

    /// <summary>The type of a field and, of a constant, its value (<c>type = value</c>); null when there is none.</summary>
    /// <param name="signature"><c>type::field</c>.</param>
    public string? Field(string signature) => _fields.GetValueOrDefault(signature);

    private void Add(string line)
    {
        string rest = line[2..];
        switch (line[0])
        {
            case 'T':
                _types.Add(rest.Split(" : ")[0]);
                break;
            case 'M':
                int close = rest.IndexOf(')', StringComparison.Ordinal);
                AddMethod(rest[..(close + 1)], rest[(close + 2)..].Replace(" static", "", StringComparison.Ordinal));
                break;
            case 'F':
                int space = rest.IndexOf(' ', StringComparison.Ordinal);
                _fields.Add(rest[..space], rest[(space + 1)..]);
                break;
            default:
                throw new FormatException($"Neither T, M nor F: {line}");
        }
    }

    private void AddMethod(string signature, string returns)
    {
        if (!_methods.TryGetValue(signature, out List<string>? all))
        {
            _methods.Add(signature, all = []);
        }

        all.Add(returns);
    }
}
