using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NeuralEdge.PlantedDefects;

/// <summary>
/// Plants defects in the device's sources, one at a time, runs the tests of device and desktop on each, and prints which are
/// caught. Folders, --seed N, --count N (per cent of the usual number), --list FILE, --workers N; see README.md.
/// </summary>
internal static class Program
{
    private const double Wanted = 0.95;

    /// <summary>How many defects each folder gets.</summary>
    private static readonly (string Folder, int Count)[] Shares =
        [("Storage", 45), ("Control", 80), ("Models", 60), ("Link", 55), ("Turbo", 35), ("Numerics", 15), ("Networks", 40), ("Firmware", 20), ("Security", 30)];

    private static readonly string[] Projects =
    [
        "shared/NeuralEdge.Networks/NeuralEdge.Networks.Desktop.csproj",
        "shared/NeuralEdge/NeuralEdge.Desktop.csproj",
        "shared/NeuralEdge.Board/NeuralEdge.Board.Desktop.csproj",
        "shared/NeuralEdge.Turbo/NeuralEdge.Turbo.Desktop.csproj",
        "firmware/NeuralEdge.Firmware/NeuralEdge.Firmware.Desktop.csproj",
        "tools/NeuralEdge.Simulator/NeuralEdge.Simulator.csproj",

        // For lists only: none is drawn from them.
        "tools/NeuralEdge.Conversion/NeuralEdge.Conversion.csproj",
        "tools/NeuralEdge.Learning/NeuralEdge.Learning.csproj",
    ];

    private static int Main(string[] arguments)
    {
        try
        {
            return Run(arguments);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or IOException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static int Run(string[] arguments)
    {
        string root = FindRoot();
        Dictionary<string, string> options = [];
        List<string> folders = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Length)
            {
                options.Add(arguments[i], arguments[++i]);
            }
            else
            {
                folders.Add(arguments[i]);
            }
        }

        int seed = Number("--seed", 1);
        int percent = Number("--count", 100);
        int workers = Number("--workers", 1);
        bool isQuick = options.ContainsKey("--quick");
        Project[] projects = [.. Projects.Select(path => Project.Load(root, path))];
        Dictionary<string, List<Defect>> all = Find(projects);
        ArguedDefects argued = new(File.ReadAllLines(Path.Combine(root, "tests/NeuralEdge.PlantedDefects/argued.txt")));
        string[] stale = argued.Stale(all.Values.SelectMany(list => list));
        if (stale.Length > 0)
        {
            throw new FormatException("argued.txt has entries that match no defect any more:\n" + string.Join('\n', stale));
        }

        List<Defect> chosen = options.TryGetValue("--list", out string? file)
            ? DefectList.Read(File.ReadAllLines(file), path => File.ReadAllText(Path.Combine(root, path)).TrimStart('\uFEFF'))
            : [.. Shares.Where(share => all.ContainsKey(share.Folder) && (folders.Count == 0 || folders.Contains(share.Folder))).SelectMany(share => Draw(all[share.Folder], share.Count * percent / 100, seed, projects))];
        if (options.TryGetValue("--again", out string? log))
        {
            chosen = Survivors(File.ReadAllLines(log), all.Values.SelectMany(list => list));
        }

        Defect? broken = chosen.Find(defect => projects.Any(project => project.Find(defect.Path) is not null && !project.Takes(defect)));
        if (broken is not null)
        {
            throw new FormatException($"does not compile: {broken}");
        }

        chosen.RemoveAll(defect => folders.Count > 0 && !folders.Contains(defect.Folder));

        // Of each folder some at any time: a run that is ended early says something, too.
        new Random(seed).Shuffle(CollectionsMarshal.AsSpan(chosen));
        ConcurrentBag<(string Folder, bool Caught, bool Argued)> results = [];
        ConcurrentQueue<Defect> waiting = new(chosen.Skip(Number("--skip", 0)));
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(worker => new Thread(() => Work(worker)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return Table([.. results]);

        void Work(int worker)
        {
            using Suite suite = new(root, string.Create(CultureInfo.InvariantCulture, $"planted-{Environment.ProcessId}-{worker}"));
            if (worker == 0 && suite.FailsAnyway(chosen.Select(defect => defect.Folder).Distinct()) is string sound)
            {
                Console.Error.WriteLine($"Without any defect {sound} fails.");
                Environment.Exit(2);
            }

            while (waiting.TryDequeue(out Defect? defect))
            {
                string? reason = argued[defect];
                Dictionary<string, byte[]?> planted = projects.Where(project => project.Find(defect.Path) is not null)
                    .ToDictionary(project => project.FileName, project => project.With(defect));
                if (planted.ContainsValue(null))
                {
                    // A constant that another file computes with.
                    Console.WriteLine($"{DateTime.Now:HH:mm:ss} left out, because the compiler notices it: {defect}");
                    continue;
                }

                Verdict verdict = reason is null ? suite.Try(defect.Folder, planted!, isQuick) : new(null, string.Empty);
                results.Add((defect.Folder, verdict.Stage is not null, reason is not null));
                Console.WriteLine($"{DateTime.Now:HH:mm:ss} {(reason is not null ? "argued  " : verdict.Stage is null ? "SURVIVED" : $"caught ({verdict.Stage}: {verdict.By})")} {defect}");
            }
        }

        int Number(string name, int usual) => options.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
    }

    /// <summary>Every defect of every source, by folder.</summary>
    private static Dictionary<string, List<Defect>> Find(Project[] projects) =>
        projects.SelectMany(project => project.Sources.Select(path => (path, project)))
            .Where(source => source.path.StartsWith("shared/", StringComparison.Ordinal) || source.path.StartsWith("firmware/", StringComparison.Ordinal))
            .DistinctBy(source => source.path)
            .OrderBy(source => source.path, StringComparer.Ordinal)
            .SelectMany(source => Operators.Find(source.path, source.project.Find(source.path)!))
            .GroupBy(defect => defect.Folder)
            .ToDictionary(group => group.Key, group => group.ToList());

    /// <summary>The defects that a run before did not catch, as far as the sources still have the place.</summary>
    private static List<Defect> Survivors(string[] log, IEnumerable<Defect> all)
    {
        const string mark = " SURVIVED ";
        HashSet<string> names = [.. log.Where(line => line.Contains(mark, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..])];
        List<Defect> found = [.. all.Where(defect => names.Contains(defect.ToString()))];
        foreach (string gone in names.Except(found.Select(defect => defect.ToString())))
        {
            Console.WriteLine($"not in the sources any more: {gone}");
        }

        return found;
    }

    /// <summary>Draws some that compile.</summary>
    private static List<Defect> Draw(List<Defect> all, int count, int seed, Project[] projects)
    {
        Defect[] shuffled = [.. all];
        new Random(seed).Shuffle(shuffled);
        return [.. shuffled.Where(defect => projects.Where(project => project.Find(defect.Path) is not null).All(project => project.Takes(defect))).Take(count)];
    }

    private static int Table((string Folder, bool Caught, bool Argued)[] results)
    {
        Console.WriteLine("\n| folder | planted | caught | survived | argued equivalent | score |\n| --- | --- | --- | --- | --- | --- |");
        foreach (IGrouping<string, (string Folder, bool Caught, bool Argued)> folder in results.GroupBy(result => result.Folder).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(Row(folder.Key, [.. folder]));
        }

        Console.WriteLine(Row("all", results));
        return Score(results) >= Wanted ? 0 : 1;
    }

    private static string Row(string name, (string Folder, bool Caught, bool Argued)[] results)
    {
        int caught = results.Count(result => result.Caught);
        int argued = results.Count(result => result.Argued);
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {results.Length} | {caught} | {results.Length - caught - argued} | {argued} | {Score(results):P0} |");
    }

    private static double Score((string Folder, bool Caught, bool Argued)[] results)
    {
        int counted = results.Count(result => !result.Argued);
        return counted == 0 ? 1 : (double)results.Count(result => result.Caught) / counted;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "NeuralEdge.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("No NeuralEdge.sln above this program.");
    }
}
