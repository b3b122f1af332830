using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>What somebody gets who types the wrong thing: exit code 1 and one sentence.</summary>
[TestClass]
public sealed class UsageTests
{
    [TestMethod]
    [DataRow("nosuch", "nosuch")]
    [DataRow("info", "--port")]
    [DataRow("info --port", "--port")]
    [DataRow("info --port P --nosuch", "--nosuch")]
    [DataRow("upload --port P", "M.nedge")]
    [DataRow("ask --port P", "V")]
    [DataRow("run m.nedge", "--input")]
    [DataRow("export m.nedge", "--csharp")]
    [DataRow("export --csharp A.cs", "M.nedge")]
    [DataRow("train a.csv --target b -o c --task foo", "classify or regress")]
    [DataRow("train a.csv --target b -o c --profile big", "exact, compact, fast")]
    [DataRow("train a.csv --target b -o c --profile 7", "exact, compact, fast")]
    [DataRow("train a.csv --target b -o c --profile exact,fast", "exact, compact, fast")]
    [DataRow("train a.csv --target b -o c --seed x", "--seed")]
    [DataRow("train a.csv", "--target")]
    [DataRow("monitor --port P --count abc", "--count")]
    [DataRow("monitor --port P --count 99999999999", "--count")]
    [DataRow("simulate --duration soon", "--duration")]
    [DataRow("simulate --duration 0,5", "--duration 0,5: a number like 2.5 is wanted")]
    [DataRow("simulate --day 1,5", "--day 1,5: a number like 2.5 is wanted")]
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

    [TestMethod]
    public void WithoutAVerbTheVerbsAreNamed()
    {
        using Scratch scratch = new();
        string sentence = scratch.Run().MustFail(1);
        foreach (string verb in Verbs.All)
        {
            StringAssert.Contains(sentence, verb);
        }
    }

    [TestMethod]
    public void EveryVerbHasHelpAndJson()
    {
        using Scratch scratch = new();
        string root = scratch.Run("--help").MustSucceed().Output;
        foreach (string verb in Verbs.All)
        {
            StringAssert.Contains(root, $"\n  {verb} ");
            ToolResult help = scratch.Run(verb, "--help").MustSucceed();
            StringAssert.Contains(help.Output, "--json");
            Assert.AreEqual("", help.Error);
        }
    }

    [TestMethod]
    public void TheVersionIsOneLine()
    {
        using Scratch scratch = new();
        StringAssert.Matches(scratch.Run("--version").MustSucceed().Output, new System.Text.RegularExpressions.Regex(@"^\d+\.\d+\.\d+\S*\r?\n$"));
    }
}
