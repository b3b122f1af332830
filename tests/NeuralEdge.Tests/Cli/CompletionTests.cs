using System.CommandLine;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Cli;
using NeuralEdge.Cli.Completion;
using NeuralEdge.Cli.Verbs;

namespace NeuralEdge.Tests.Cli;

/// <summary>Completion scripts have every verb and option of the help, and bash runs its own.</summary>
[TestClass]
[DoNotParallelize]
public sealed class CompletionTests
{
    [TestMethod]
    [DataRow("bash")]
    [DataRow("zsh")]
    [DataRow("pwsh")]
    public void EveryVerbAndOptionIsInEveryScript(string shell)
    {
        string script = VerbRun.Run(null, "completion", shell).MustSucceed().Output;
        foreach (Command verb in CommandTree.Create().Subcommands)
        {
            string line = script.Split('\n').First(l => l.TrimStart().StartsWith(shell == "pwsh" ? $"'{verb.Name}' =" : $"{verb.Name}) ", StringComparison.Ordinal));
            foreach (Option option in verb.Options)
            {
                StringAssert.Contains(line, option.Name);
            }
        }

        Assert.IsGreaterThan(20, CommandTree.Create().Subcommands.Count);
    }

    [TestMethod]
    public void AnotherShellIsRefusedWithTheOnesThereAre() =>
        StringAssert.Contains(VerbRun.Run(null, "completion", "fish").MustFail(1), "bash");

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("neuraledge up", "upload")]
    [DataRow("neuraledge re", "revert reset record")]
    [DataRow("neuraledge train --targ", "--target")]
    [DataRow("neuraledge train --profile c", "compact")]
    [DataRow("neuraledge train --profile ", "exact compact fast")]
    [DataRow("neuraledge simulate --chip esp32-s", "esp32-s2 esp32-s3 esp32-s3-octal")]
    [DataRow("neuraledge train --activation rel", "relu")]
    [DataRow("neuraledge completion ", "bash zsh pwsh")]
    [DataRow("neuraledge help moni", "monitor")]
    [DataRow("neuraledge monitor --reco", "--reconnect")]
    [DataRow("neuraledge inspect tools/examples/gree", "tools/examples/greenhouse-board.json tools/examples/greenhouse.csv")]
    public void BashCompletes(string typed, string expected)
    {
        using Scratch scratch = new();
        scratch.CopyExamples();
        scratch.Write("completion.bash", ShellScripts.Bash(CompletedVerb.All(CommandTree.Create())));
        scratch.Write("try.bash", """
            set -u
            source ./completion.bash
            complete -p neuraledge >/dev/null || exit 9
            read -r -a COMP_WORDS <<< "$1"
            [[ "$1" == *' ' ]] && COMP_WORDS+=("")
            COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            _neuraledge
            echo "${COMPREPLY[*]}"
            """);
        ToolResult result = Tool.Run("bash", scratch.Folder, ["try.bash", typed], Tool.Patience);
        Assert.AreEqual("", result.Error);
        CollectionAssert.AreEquivalent(expected.Split(' '), result.MustSucceed().Output.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries), result.ToString());
    }

    [TestMethod]
    public void EveryVerbHasAnExampleThatParses()
    {
        RootCommand root = CommandTree.Create();
        foreach (Command verb in root.Subcommands)
        {
            IReadOnlyList<string> examples = NeuralEdge.Cli.Verbs.Examples.Of(verb.Name);
            Assert.IsGreaterThan(0, examples.Count, verb.Name);
            foreach (string example in examples)
            {
                string[] words = example.Split(" >")[0].Split(' ');
                Assert.AreEqual("neuraledge", words[0], example);
                Assert.AreEqual(verb.Name, words[1], example);
                ParseResult parsed = root.Parse(words[1..]);
                Assert.IsEmpty(parsed.Errors, example);
                Assert.IsNull(UsageText.UnknownOption(parsed), example);
            }
        }

        foreach (string example in NeuralEdge.Cli.Verbs.Examples.First)
        {
            Assert.IsEmpty(root.Parse(example.Split(' ')[1..]).Errors, example);
        }
    }
}
