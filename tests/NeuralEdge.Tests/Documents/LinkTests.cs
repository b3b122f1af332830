using System.Text.RegularExpressions;

namespace NeuralEdge.Tests.Documents;

/// <summary>What the documents point at exists: files, headings, sources and tests.</summary>
[TestClass]
public sealed partial class LinkTests
{
    private static readonly string[] TopFolders = [".ci", ".github", "firmware", "shared", "tests", "tools"];
    private static readonly string[] Sources = [".cs", ".csproj", ".nfproj", ".sln", ".slnf", ".md", ".svg", ".targets", ".props", ".yml"];

    private static readonly Lazy<HashSet<string>> FileNames = new(() =>
    [
        .. Directory.EnumerateFiles(Repository.Root).Concat(TopFolders.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)))
            .Select(file => Path.GetFileName(file)!),
    ]);

    [TestMethod]
    public void EveryLinkLeadsToAFileAFolderOrAHeading()
    {
        List<string> broken = [];
        foreach (Document document in Document.All)
        {
            foreach (string link in document.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)))
            {
                string[] parts = link.Split('#');
                string target = parts[0].Length == 0 ? document.Path : Normal(document.Folder, parts[0]);
                bool exists = File.Exists(Repository.PathOf(target)) || Directory.Exists(Repository.PathOf(target));
                if (!exists || (parts.Length > 1 && !new Document(target).Anchors.Contains(parts[1])))
                {
                    broken.Add($"{document.Path}: {link}");
                }
            }
        }

        Violations.AssertNone("Links to nothing", broken);
    }

    [TestMethod]
    public void EveryDocumentCanBeReachedFromTheReadme()
    {
        HashSet<string> reached = ["README.md"];
        Queue<string> ahead = new(reached);
        while (ahead.TryDequeue(out string? path))
        {
            Document document = new(path);
            foreach (string target in document.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)).Select(link => Normal(document.Folder, link.Split('#')[0])))
            {
                if (target.EndsWith(".md", StringComparison.Ordinal) && reached.Add(target))
                {
                    ahead.Enqueue(target);
                }
            }
        }

        Violations.AssertNone("Nobody finds", Document.All.Select(document => document.Path).Except(reached));
    }

    [TestMethod]
    public void EveryPathInBackticksExists()
    {
        Violations.AssertNone(
            "Paths to nothing",
            Document.All.SelectMany(document => document.Codes.Where(code => IsPath(code) && !Exists(document, code)).Select(code => $"{document.Path}: {code}")));
    }

    [TestMethod]
    public void EveryTestThatADocumentNamesExists()
    {
        Dictionary<string, Type> classes = typeof(LinkTests).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(TestClassAttribute), inherit: false)).GroupBy(type => type.Name).ToDictionary(group => group.Key, group => group.First());
        List<string> missing = [];
        foreach (Document document in Document.All)
        {
            foreach (Match match in document.Codes.Select(code => TestName().Match(code)).Where(match => match.Success))
            {
                string method = match.Groups["method"].Value;
                if (!classes.TryGetValue(match.Groups["class"].Value, out Type? type) || (method.Length > 0 && type.GetMethod(method) is null))
                {
                    missing.Add($"{document.Path}: {match.Value}");
                }
            }
        }

        Violations.AssertNone("No such test", missing);
    }

    // Names of files that commands make (M.nedge) are no paths of the repository, and neither is what has a blank or a star in it.
    private static bool IsPath(string code) => PathText().IsMatch(code)
        && (TopFolders.Contains(code.Split('/')[0]) || (Sources.Contains(Path.GetExtension(code)) && Path.GetFileNameWithoutExtension(code).Length > 0));

    private static bool Exists(Document document, string code)
    {
        if (!code.Contains('/', StringComparison.Ordinal))
        {
            return TopFolders.Contains(code) || FileNames.Value.Contains(code) || document.Fences.Any(fence => fence.Lines.Any(line => line.EndsWith(" " + code, StringComparison.Ordinal)));
        }

        return new[] { code, Normal(document.Folder, code), Normal(document.Folder, "../" + code) }
            .Any(path => File.Exists(Repository.PathOf(path)) || Directory.Exists(Repository.PathOf(path)))
            || Directory.EnumerateDirectories(Repository.PathOf("tests")).Any(folder => File.Exists(Path.Combine(folder, code)));
    }

    private static string Normal(string folder, string relative) =>
        Path.GetRelativePath(Repository.Root, Repository.PathOf(folder.Length == 0 ? relative : folder + "/" + relative)).Replace('\\', '/');

    [GeneratedRegex(@"^\.?[\w.\-]+(/[\w.\-]+)*/?$")]
    private static partial Regex PathText();

    [GeneratedRegex(@"^(?<class>[A-Z]\w+Tests)(\.(?<method>\w+))?$")]
    private static partial Regex TestName();
}
