using System.Xml.Linq;

namespace NeuralEdge.Tests.Architecture;

/// <summary>What a device project (.nfproj) and its packages.config say.</summary>
internal sealed class DeviceProject
{
    private static readonly XNamespace MSBuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    private readonly XDocument _project;

    /// <summary>Reads the project.</summary>
    /// <param name="path">The .nfproj, below the working copy's root, with forward slashes.</param>
    public DeviceProject(string path)
    {
        Path = path;
        Folder = System.IO.Path.GetDirectoryName(Repository.PathOf(path))!;
        _project = XDocument.Load(Repository.PathOf(path));
        Packages = XDocument.Load(System.IO.Path.Combine(Folder, "packages.config"))
            .Descendants("package")
            .ToDictionary(package => (string)package.Attribute("id")!, package => (string)package.Attribute("version")!);
    }

    /// <summary>Every device project of the working copy.</summary>
    public static IReadOnlyList<string> AllPaths { get; } =
    [
        .. new[] { "shared", "firmware", "tests", "tools" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.nfproj", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public string Path { get; }

    /// <summary>The file's name without its ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder { get; }

    /// <summary>packages.config: name and version.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; }

    /// <summary>The way from the folder to the working copy's root, with backslashes.</summary>
    public string Up => string.Concat(Enumerable.Repeat("..\\", Path.Count(c => c == '/')));

    /// <summary>The Compile items as written, with backslashes.</summary>
    public IReadOnlyList<string> Sources => [.. Items("Compile").Select(Include)];

    /// <summary>The files that they name, on this system.</summary>
    public IEnumerable<string> SourcePaths => Sources.Select(PathOf);

    /// <summary>Those of them that are of another folder: the project shows them under a name of its own.</summary>
    public IReadOnlyList<string> LinkedSources => [.. Items("Compile").Where(item => item.Element(MSBuild + "Link") != null).Select(Include)];

    /// <summary>The references to packages: assembly name with version, and the file.</summary>
    public IReadOnlyList<(string Name, string File)> References =>
        [.. Items("Reference").Select(item => (Include(item), (string)item.Element(MSBuild + "HintPath")!))];

    /// <summary>The referenced projects as written, with backslashes.</summary>
    public IReadOnlyList<string> ProjectReferences => [.. Items("ProjectReference").Select(Include)];

    /// <summary>The files of those projects, below the working copy's root, with forward slashes.</summary>
    public IEnumerable<string> ReferencedProjects => ProjectReferences.Select(project => System.IO.Path.GetRelativePath(Repository.Root, PathOf(project)).Replace('\\', '/'));

    /// <summary>The value of a property, which must be there once.</summary>
    public string Property(string name) => _project.Descendants(MSBuild + name).Single().Value;

    private string PathOf(string written) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, written.Replace('\\', System.IO.Path.DirectorySeparatorChar)));

    private static string Include(XElement item) => (string)item.Attribute("Include")!;

    private IEnumerable<XElement> Items(string name) => _project.Descendants(MSBuild + name);
}
