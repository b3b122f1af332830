using System.CommandLine;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Cli.Verbs;

namespace NeuralEdge.Tests.Cli;

/// <summary>What somebody gets who types the wrong thing: exit code 1 and one sentence.</summary>
[TestClass]
public sealed class UsageTests
{
    [TestMethod]
    [DataRow("nosuch", "nosuch")]
    [DataRow("mointor", "There is no verb mointor (did you mean monitor?)")]
    [DataRow("trian a.csv", "did you mean train?")]
    [DataRow("prov", "did you mean prove?")]
    [DataRow("help trian", "There is no verb trian (did you mean train?)")]
    [DataRow("completion fish", "bash")]
    [DataRow("record --chan 0 --port P -o a.csv", "did you mean --channels?")]
    [DataRow("info --prot P", "did you mean --port?")]
    [DataRow("train a.csv --target y --out b.nenn", "did you mean --output?")]
    [DataRow("info --port", "--port")]
    [DataRow("info --port P --nosuch", "--nosuch")]
    [DataRow("upload --port P", "M.nedge")]
    [DataRow("ask --port P", "V")]
    [DataRow("help --json", "help knows no --json; see neuraledge help --help.")]
    [DataRow("help --trian", "help knows no --trian (did you mean train?)")]
    [DataRow("--vers", "There is no option --vers without a verb (did you mean --version?)")]
    [DataRow("--inof", "(did you mean info?)")]
    [DataRow("name -- --port P", "name takes no word that begins with a dash, as --port does, behind --")]
    [DataRow("flash", "There is no verb flash (upload sends a model to a board that has the firmware; firmware/README.md says")]
    [DataRow("deploy m.nedge", "firmware/README.md")]
    [DataRow("predict m.nedge", "There is no verb predict (did you mean run?)")]
    [DataRow("run", "M.nedge and --input DATA.csv are missing; see neuraledge run --help.")]
    [DataRow("status", "--boards FILE is missing; see neuraledge status --help.")]
    [DataRow("run m.nedge", "--input")]
    [DataRow("export m.nedge", "--csharp")]
    [DataRow("export --csharp A.cs", "M.nedge")]
    [DataRow("train a.csv --target b -o c --task foo", "classify or regress")]
    [DataRow("train a.csv --target b -o c --profile big", "exact, compact, fast")]
    [DataRow("train a.csv --target b -o c --profile 7", "exact, compact, fast")]
    [DataRow("train a.csv --target b -o c --profile exact,fast", "exact, compact, fast")]
    [DataRow("train a.csv --target b -o c --seed x", "--seed")]
    [DataRow("train a.csv", "--target")]
    [DataRow("train --target b -o c", "DATA.csv is missing; see neuraledge train --help.")]
    [DataRow("monitor --port P --count abc", "--count")]
    [DataRow("monitor --port P --count 99999999999", "--count")]
    [DataRow("simulate --duration soon", "--duration")]
    [DataRow("simulate --duration 0,5", "--duration 0,5 is not a number of seconds like 0.5; see")]
    [DataRow("simulate --day 1,5", "--day 1,5 is not a number of seconds like 0.5; see")]
    [DataRow("train a.csv --targt b -o c", "did you mean --target?")]
    [DataRow("train a.csv --target b -o c --hidden 8 4", "--hidden 8,4")]
    [DataRow("run m.nedge --input x.csv y.csv", "run knows no y.csv; see")]
    [DataRow("--port P ask 2", "options stand behind the verb")]
    public void WrongUsageIsOneSentenceAndExitCode1(string commandLine, string named)
    {
        using Scratch scratch = new();
        string sentence = scratch.Run(commandLine.Split(' ')).MustFail(1);
        StringAssert.Contains(sentence, named);
        Assert.DoesNotContain("System.", sentence);
        StringAssert.Contains(sentence, "--help");
    }

    /// <summary>The library would take a word with a dash for a file that is still wanted.</summary>
    [TestMethod]
    public void AnUnknownOptionIsNoFileForAnyVerb()
    {
        using Scratch scratch = new();
        foreach (string verb in Verbs.All)
        {
            foreach (string unknown in new[] { "--nosuch", "-q" })
            {
                string sentence = scratch.Run(verb, unknown).MustFail(1);
                StringAssert.StartsWith(sentence, $"{verb} knows no {unknown}");
            }
        }

        StringAssert.StartsWith(scratch.Run("revert", "--anywy", "--port", "P").MustFail(1), "revert knows no --anywy; see");
        StringAssert.StartsWith(scratch.Run("confirm", "--anywy", "--port", "P").MustFail(1), "confirm knows no --anywy (did you mean --anyway?)");
        StringAssert.Contains(scratch.Run("ask", "-2", "-.5", "--port", "socket://127.0.0.1:1").MustFail(3), "127.0.0.1:1");
        scratch.Write("-m.nedge", "no model");
        StringAssert.Contains(scratch.Run("inspect", "./-m.nedge").MustFail(2), "-m.nedge");
    }

    [TestMethod]
    public void WithoutAVerbThereIsHelpButNoSuccess()
    {
        using Scratch scratch = new();
        ToolResult result = scratch.Run();
        Assert.AreEqual(1, result.ExitCode);
        Assert.AreEqual("", result.Output);
        Assert.AreEqual(scratch.Run("--help").MustSucceed().Output, result.Error);
    }

    [TestMethod]
    public void HelpSaysWhatExitCodesMeanAndHasExamples()
    {
        using Scratch scratch = new();
        ToolResult all = scratch.Run("help").MustSucceed();
        Assert.AreEqual(scratch.Run("--help").MustSucceed().Output, all.Output);
        foreach (string line in (string[])["Exit codes:", "0  done", "1  the command line", "2  a file or a value", "3  the link or the board", "Examples:"])
        {
            StringAssert.Contains(all.Output, line);
        }

        foreach (string optional in (string[])["confirm [<M.nedge>] ", "revert [<M.nedge>] ", "name [<NAME>] ", "help [<VERB>] ", "upload <M.nedge> "])
        {
            StringAssert.Contains(all.Output, $"\n  {optional}");
        }

        // The descriptions stand below each other all the same.
        Assert.HasCount(1, all.Output.Split('\n').Where(line => line.StartsWith("  confirm ", StringComparison.Ordinal) || line.StartsWith("  upload ", StringComparison.Ordinal)).Select(line => line.IndexOf(line.Contains("Keep", StringComparison.Ordinal) ? "Keep" : "Send", StringComparison.Ordinal)).Distinct().ToArray());
        ToolResult one = scratch.Run("help", "train").MustSucceed();
        Assert.AreEqual(scratch.Run("train", "--help").MustSucceed().Output, one.Output);
        StringAssert.Contains(one.Output, "neuraledge train bed.csv");
        Assert.AreEqual(scratch.Run("--version").MustSucceed().Output, scratch.Run("version").MustSucceed().Output);
    }

    [TestMethod]
    public void EveryVerbHasHelpAndJson()
    {
        using Scratch scratch = new();
        string root = scratch.Run("--help").MustSucceed().Output;
        foreach (string verb in Verbs.OfTheTool)
        {
            StringAssert.Contains(root, $"\n  {verb} ");
            StringAssert.Contains(scratch.Run(verb, "--help").MustSucceed().Output, $"\n  neuraledge {verb}");
        }

        foreach (string verb in Verbs.All)
        {
            StringAssert.Contains(root, $"\n  {verb} ");
            ToolResult help = scratch.Run(verb, "--help").MustSucceed();
            StringAssert.Contains(help.Output, "--json");
            StringAssert.Contains(help.Output, $"\n  neuraledge {verb}");
            Assert.AreEqual("", help.Error);
        }
    }

    [TestMethod]
    public void TheVersionIsOneLine()
    {
        using Scratch scratch = new();
        StringAssert.Matches(scratch.Run("--version").MustSucceed().Output, new System.Text.RegularExpressions.Regex(@"^\d+\.\d+\.\d+\S*\r?\n$"));
    }

    /// <summary>What a command line does not need is not made, and what it needs is whole.</summary>
    [TestMethod]
    public void OfTheVerbsOnlyTheOneThatIsNamedIsMade()
    {
        RootCommand all = CommandTree.Create();
        CollectionAssert.AreEqual(Verbs.All.Concat(Verbs.OfTheTool).Order().ToArray(), Names(all).Order().ToArray());
        foreach (Command verb in all.Subcommands.Where(verb => verb.Name != "help"))
        {
            RootCommand one = CommandTree.For([verb.Name, "--nosuch"]);
            CollectionAssert.AreEqual(new[] { verb.Name }, Names(one));
            CollectionAssert.AreEqual(verb.Options.Select(option => option.Name).ToArray(), one.Subcommands[0].Options.Select(option => option.Name).ToArray());
            CollectionAssert.AreEqual(all.Options.Select(option => option.Name).ToArray(), one.Options.Select(option => option.Name).ToArray());
        }

        foreach (string[] words in (string[][])[[], ["help", "train"], ["trian"], ["Train"], ["--help"], ["--version", "train"]])
        {
            CollectionAssert.AreEqual(Names(all), Names(CommandTree.For(words)), string.Join(' ', words));
        }

        static string[] Names(RootCommand root) => [.. root.Subcommands.Select(verb => verb.Name)];
    }
}
