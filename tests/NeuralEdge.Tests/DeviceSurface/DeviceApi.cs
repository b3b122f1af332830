namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>
/// The public names of device libraries, from the lists in Api (one file for each assembly): a line is
/// <c>T type : base</c>, <c>M type::method(parameters) returns [static]</c> or <c>F type::field type [= value]</c>.
/// </summary>
internal sealed class DeviceApi
{
    private static readonly string Folder = Repository.PathOf("tests/NeuralEdge.Tests/DeviceSurface/Api");

    // A conversion exists more than once under one signature.
    private readonly HashSet<(string Signature, string Returns)> _methods = [];
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    private DeviceApi(IEnumerable<string> files)
    {
        foreach (string line in files.SelectMany(File.ReadLines))
        {
            Add(line);
        }
    }

    /// <summary>Every library that there is a list of.</summary>
    public static DeviceApi All { get; } = new(Directory.EnumerateFiles(Folder, "*.txt"));

    /// <summary>One library.</summary>
    /// <param name="assembly">Its assembly, such as System.Device.Gpio.</param>
    public static DeviceApi Of(string assembly) => new([Path.Combine(Folder, assembly + ".txt")]);

    public bool HasType(string name) => _types.Contains(name);

    /// <param name="signature"><c>type::method(parameters)</c>.</param>
    /// <param name="returns">The type of the result.</param>
    public bool HasMethod(string signature, string returns) => _methods.Contains((signature, returns));

    /// <summary>How many overloads a method has.</summary>
    /// <param name="name"><c>type::method</c>.</param>
    public int Overloads(string name) => _methods.Count(method => method.Signature.StartsWith(name + "(", StringComparison.Ordinal));

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
                _methods.Add((rest[..(close + 1)], rest[(close + 2)..].Replace(" static", "", StringComparison.Ordinal)));
                break;
            case 'F':
                int space = rest.IndexOf(' ', StringComparison.Ordinal);
                _fields.Add(rest[..space], rest[(space + 1)..]);
                break;
            default:
                throw new FormatException($"Neither T, M nor F: {line}");
        }
    }
}
