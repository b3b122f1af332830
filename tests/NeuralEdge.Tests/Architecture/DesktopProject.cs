using System.Xml.Linq;

namespace NeuralEdge.Tests.Architecture;

/// <summary>What a desktop project (.csproj) says.</summary>
internal sealed class DesktopProject
{
    private readonly XDocument _project;

    private DesktopProject(string fullPath)
    {
        FullPath = fullPath;
        _project = XDocument.Load(fullPath);
    }

    /// <summary>Every desktop project of the working copy.</summary>
    public static IReadOnlyList<DesktopProject> All { get; } =
    [
        .. new[] { "shared", "firmware", "tests", "tools" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(file => new DesktopProject(file)),
    ];

    public string FullPath { get; }

    /// <summary>The file's name without its ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(FullPath);

    /// <summary>The file below the working copy's root, with forward slashes.</summary>
    public string Path => System.IO.Path.GetRelativePath(Repository.Root, FullPath).Replace('\\', '/');

    public string Folder => System.IO.Path.GetDirectoryName(FullPath)!;

    public string AssemblyName => Property("AssemblyName") ?? Name;

    public string RootNamespace => Property("RootNamespace") ?? Name;

    /// <summary>The names of the projects that it refers to.</summary>
    public IReadOnlyList<string> References =>
        [.. Items("ProjectReference").Select(item => System.IO.Path.GetFileNameWithoutExtension(((string)item.Attribute("Include")!).Replace('\\', '/')))];

    /// <summary>Compile items besides the files of the folder, as written.</summary>
    public IReadOnlyList<string> CompiledBesides => [.. Items("Compile").Select(item => (string?)item.Attribute("Include")).OfType<string>()];

    /// <summary>The files of the folder that the project compiles by itself: all, but for the folders of other projects.</summary>
    public IReadOnlyList<string> Sources
    {
        get
        {
            string[] others =
            [
                .. All.Select(project => project.Folder + System.IO.Path.DirectorySeparatorChar).Where(folder => folder.Length > Folder.Length + 1),
                .. new[] { "bin", "obj" }.Select(folder => System.IO.Path.Combine(Folder, folder) + System.IO.Path.DirectorySeparatorChar),
            ];
            return
            [
                .. Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
                    .Where(file => !others.Any(other => file.StartsWith(other, StringComparison.Ordinal)))
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    public static DesktopProject Of(string name) => All.Single(project => project.Name == name);

    /// <summary>The folder of a source below the project's, with forward slashes; empty for the project's own.</summary>
    public string FolderOf(string source)
    {
        string folder = System.IO.Path.GetRelativePath(Folder, System.IO.Path.GetDirectoryName(source)!).Replace('\\', '/');
        return folder == "." ? string.Empty : folder;
    }

    private string? Property(string name) => _project.Descendants(name).SingleOrDefault()?.Value;

    private IEnumerable<XElement> Items(string name) => _project.Descendants(name);
}
