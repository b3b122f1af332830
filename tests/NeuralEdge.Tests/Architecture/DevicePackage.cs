namespace NeuralEdge.Tests.Architecture;

/// <summary>One line of DevicePackages.txt.</summary>
/// <param name="Id">The package's name.</param>
/// <param name="Version">The pinned version.</param>
/// <param name="Assembly">The assembly inside it.</param>
/// <param name="Needs">The packages it was built against.</param>
internal sealed record DevicePackage(string Id, string Version, string Assembly, IReadOnlyList<string> Needs)
{
    /// <summary>All pinned packages by name.</summary>
    public static IReadOnlyDictionary<string, DevicePackage> All { get; } = Read();

    private static Dictionary<string, DevicePackage> Read()
    {
        return File.ReadLines(Repository.PathOf("tests/NeuralEdge.Tests/Architecture/DevicePackages.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(words => new DevicePackage(words[0], words[1], words[2], words[3..]))
            .ToDictionary(package => package.Id);
    }
}
