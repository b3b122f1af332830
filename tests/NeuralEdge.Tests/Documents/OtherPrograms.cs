using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Documents;

/// <summary>Command lines that cannot be run by a test: their verbs, options, projects and files are looked for.</summary>
internal static class OtherPrograms
{
    // Of nanoff 2.5 and nanoclr 1.x; they cannot be run here.
    private static readonly string[] NanoffOptions = ["--update", "--platform", "--serialport", "--deploy", "--image", "--nanodevice", "--target", "--listports", "--devicedetails", "--identifyfirmware", "--checkpsram", "--masserase"];
    private static readonly string[] DotNetTools = ["nanoff", "nanoclr", "NeuralEdge.Cli"];

    private static readonly ConcurrentDictionary<string, string> Helps = new();

    internal static void MustBePossible(string line)
    {
        string[] words = CommandTests.Words(line);
        string[] options = [.. words.Where(word => word.StartsWith('-'))];
        switch (words[0])
        {
            case "neuraledge":
                if (words[1].StartsWith('-'))
                {
                    break;
                }

                Assert.Contains(words[1], (string[])[.. Verbs.All, .. Verbs.OfTheTool], line);
                string help = Helps.GetOrAdd(words[1], verb => Tool.Run(Repository.Root, verb, "--help").MustSucceed().Output);
                Violations.AssertNone($"Unknown to the tool in: {line}", options.Where(option => !Regex.IsMatch(help, $@"(^|[\s,]){Regex.Escape(option)}[\s,]")));
                break;
            case "nanoff":
                Violations.AssertNone($"Unknown to nanoff in: {line}", options.Except(NanoffOptions));
                break;
            case "nanoclr":
                Violations.AssertNone($"Unknown to nanoclr in: {line}", options.Except(["--assemblies"]));
                break;
            case "nuget" or "msbuild":
                // Windows' tools take backslashes, the same ones of Mono slashes.
                string[] files = [.. words.Where(word => !word.TrimStart('"').StartsWith('-')).Select(word => word.Replace('\\', '/')).Where(word => word.Contains('/', StringComparison.Ordinal))];
                Assert.IsNotEmpty(files, line);
                Violations.AssertNone($"No such file in: {line}", files.Where(file => !File.Exists(Repository.PathOf(file))));
                MustBeUsed(words, line);
                break;
            case "tar" or "unzip":
                StringAssert.Contains(line, "nanoFramework.Tools.VS2022.Extension.vsix");
                StringAssert.Contains(line, "$MSBuild");
                break;
            case "dotnet" when words[1] == "tool":
                Assert.Contains(words[^1].StartsWith('.') ? words[^3] : words[^1], DotNetTools, line);
                break;
            case "dotnet" when Array.IndexOf(words, "--project") is int at and > 0:
                Assert.IsTrue(Directory.Exists(Repository.PathOf(words[at + 1])), line);
                break;
            case "dotnet":
                Assert.IsTrue(Array.Exists(words[2..], word => File.Exists(Repository.PathOf(word)) || Directory.Exists(Repository.PathOf(word))), line);
                break;
            default:
                Assert.Fail($"no such program: {line}");
                break;
        }
    }

    // A property that no project of ours reads would do nothing, without a word.
    private static void MustBeUsed(string[] words, string line)
    {
        string project = File.ReadAllText(Repository.PathOf("firmware/NeuralEdge.Firmware/NeuralEdge.Firmware.nfproj"));
        IEnumerable<string> properties = words.Where(word => word.Contains("-p:", StringComparison.Ordinal)).Select(word => word.Trim('"')["-p:".Length..].Split('=')[0]);
        Violations.AssertNone($"Properties that are not read in: {line}", properties.Where(property => !project.Contains($"$({property})", StringComparison.Ordinal)));
    }
}
