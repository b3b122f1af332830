namespace NeuralEdge.PlantedDefects;

/// <summary>How a defect was met.</summary>
/// <param name="Stage">Where it was caught, null when it was not.</param>
/// <param name="By">The test that failed.</param>
internal sealed record Verdict(string? Stage, string By);

/// <summary>The tests, run on a copy of their output folders of its own, so that nothing else ever meets a defect.</summary>
internal sealed class Suite : IDisposable
{
    /// <summary>Which tests are about which folder.</summary>
    private static readonly Dictionary<string, string[]> OwnTests = new()
    {
        ["Numerics"] = ["Documents.Format", "Kernels", "Proofs"],
        ["Networks"] = ["Kernels", "Documents.Format", "Link.MemoryTests", "Models"],
        ["Models"] = ["Documents.Format", "Models", "Link.MemoryTests", "Control"],
        ["Storage"] = ["Storage", "Control", "Link"],
        ["Link"] = ["Link", "Control", "Security"],
        ["Control"] = ["Control", "Documents.Format", "Link", "Security"],
        ["Turbo"] = ["Turbo"],
        ["Firmware"] = ["Firmware", "Simulator"],
        ["Security"] = ["Security", "Link"],
        ["Features"] = ["Features", "Certificates.Window", "Documents.Format.Window"],
        ["Series"] = ["Series", "Cli.WindowTable"],
        ["Evaluation"] = ["Evaluation", "Series"],
        ["Normality"] = ["Normality"],
    };

    private static readonly string[] AllTests = ["Control", "Documents.Format", "Kernels", "Link", "Models", "Storage", "Turbo", "Firmware", "Simulator", "Security", "Boards", "Features"];

    /// <summary>Tests of many seconds come last, whatever they are about.</summary>
    private static readonly string[] Campaigns =
    [
        "ManyModelsOfOneShape", "ASecondCutInTheRecovery", "OneCutAnywhere", "PowerCutAtEveryChange", "AlsoAfterPatching", "EveryFlipOfTwoBits", "MutatedFilesWithCorrectChecksums",
        "InferencesGoOnThroughAnUpload", "UploadsOverFaultyLines", "TemperaturesAndLight", "ForgeryTests", "DecisionCampaignTests",
        "LongLifeTests", "StorageCampaignTests", "APowerCutAnywhere", "TheCutsFind", "NoDamagedFrameIsAccepted", "WhatIsEncodedIsDecoded", "NoBranchOfItDepends",
    ];

    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    private readonly string _folder;

    /// <summary>Copies the test output.</summary>
    public Suite(string root, string name)
    {
        // Beside the real ones: tests find the working copy above them, and each other beside them.
        _folder = Path.Combine(root, ".artifacts", name);
        string from = Path.Combine(root, ".artifacts", "bin");
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetDirectoryName(file)!.Contains("debug")))
        {
            string to = Path.Combine(_folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Plants assemblies, asks the tests, and puts the sound ones back.</summary>
    /// <param name="folder">Whose own tests come first.</param>
    /// <param name="planted">File names and images.</param>
    /// <param name="isQuick">True to leave out all tests but the folder's own.</param>
    public Verdict Try(string folder, IReadOnlyDictionary<string, byte[]> planted, bool isQuick)
    {
        List<(string File, byte[] Sound)> replaced = [];
        try
        {
            foreach ((string name, byte[] image) in planted)
            {
                // Not where the surface of the device's libraries is looked at: those are other assemblies of the same names.
                foreach (string file in Directory.EnumerateFiles(_folder, name, SearchOption.AllDirectories).Where(file => !file.Contains(".PlatformCheck")))
                {
                    replaced.Add((file, File.ReadAllBytes(file)));
                    File.WriteAllBytes(file, image);
                }
            }

            return Ask(folder, isQuick);
        }
        finally
        {
            foreach ((string file, byte[] sound) in replaced)
            {
                File.WriteAllBytes(file, sound);
            }
        }
    }

    /// <summary>The test that fails without any defect, or null.</summary>
    public string? FailsAnyway(IEnumerable<string> folders) =>
        Run("NeuralEdge.DeviceTests.Desktop", "NeuralEdge.DeviceTests", null) ?? Run("NeuralEdge.Tests", "NeuralEdge.Tests", OwnOf(folders));

    private static string OwnOf(IEnumerable<string> folders) =>
        $"({Filter(folders.SelectMany(folder => OwnTests[folder]).Distinct())}){string.Concat(Campaigns.Select(name => $"&FullyQualifiedName!~{name}"))}";

    private Verdict Ask(string folder, bool isQuick)
    {
        if (FirstFailure("NeuralEdge.DeviceTests.Desktop", "NeuralEdge.DeviceTests", null) is string device)
        {
            return new("device", device);
        }

        if (FirstFailure("NeuralEdge.Tests", "NeuralEdge.Tests", OwnOf([folder])) is string desktop)
        {
            return new("desktop", desktop);
        }

        string rest = string.Join('|', [Filter(AllTests.Except(OwnTests[folder])), .. Campaigns.Select(name => $"FullyQualifiedName~{name}")]);
        return !isQuick && FirstFailure("NeuralEdge.Tests", "NeuralEdge.Tests", rest) is string other ? new("others", other) : new(null, string.Empty);
    }

    private static string Filter(IEnumerable<string> names) => string.Join('|', names.Select(name => $"FullyQualifiedName~NeuralEdge.Tests.{name}"));

    // What waits for real clocks has to fail twice: a busy computer is no defect.
    private string? FirstFailure(string project, string assembly, string? filter)
    {
        string? failed = Run(project, assembly, filter);
        bool mayBeChance = failed is not null && filter is not null && failed[0] != '(' && (filter.Contains("Simulator") || filter.Contains("Link"));
        if (!mayBeChance)
        {
            return failed;
        }

        string name = failed!.Split(' ', '(')[0];
        return Run(project, assembly, $"({filter})&FullyQualifiedName~{name}") ?? Run(project, assembly, filter);
    }

    private string? Run(string project, string assembly, string? filter)
    {
        string? failed = null;
        string[] arguments = ["vstest", Path.Combine(_folder, project, "debug", assembly + ".dll"), "--logger:console;verbosity=normal"];
        int? code = Command.Watch(
            _folder,
            Silence,
            line =>
            {
                failed = line.StartsWith("  Failed ", StringComparison.Ordinal) ? line[9..].Trim() : null;
                return failed is not null;
            },
            "dotnet",
            filter is null ? arguments : [.. arguments, "--TestCaseFilter:" + filter]);
        return failed ?? (code is null ? "(no test ended for two minutes)" : code == 0 ? null : "(the test host failed)");
    }
}
