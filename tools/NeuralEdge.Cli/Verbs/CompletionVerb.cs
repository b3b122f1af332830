using System.CommandLine;
using NeuralEdge.Cli.Completion;
using NeuralEdge.Cli.Output;

namespace NeuralEdge.Cli.Verbs;

/// <summary>A script with which a shell completes the tool's verbs, options and values.</summary>
internal static class CompletionVerb
{
    private static readonly Dictionary<string, Func<IReadOnlyList<CompletedVerb>, string>> Shells = new()
    {
        ["bash"] = ShellScripts.Bash,
        ["zsh"] = ShellScripts.Zsh,
        ["pwsh"] = ShellScripts.PowerShell,
    };

    internal static Command Create()
    {
        Argument<string> shell = new("shell") { HelpName = "bash, zsh or pwsh", Description = "The shell." };
        shell.AcceptOnlyFromAmong([.. Shells.Keys]);
        Command command = new("completion", "Print a script with which bash, zsh or PowerShell completes this tool's command lines.") { shell };
        command.SetAction(parse =>
        {
            Console.Out.Write(Shells[parse.GetRequiredValue(shell)](CompletedVerb.All(CommandTree.Create())));
            return ExitCode.Done;
        });
        return command;
    }
}
