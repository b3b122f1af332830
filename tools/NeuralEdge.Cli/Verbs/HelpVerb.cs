using System.CommandLine;

namespace NeuralEdge.Cli.Verbs;

/// <summary>help and version, for those who try them without dashes.</summary>
internal static class HelpVerb
{
    internal static Command Create()
    {
        Argument<string?> verb = new("verb") { Arity = ArgumentArity.ZeroOrOne, HelpName = "VERB", Description = "The verb; all of them when left out." };
        Command command = new("help", "Show what the tool, or one verb, can do.") { verb };
        command.Validators.Add(result =>
        {
            if (result.GetValue(verb) is string name && CommandTree.Create().Subcommands.All(known => known.Name != name))
            {
                result.AddError(UsageText.NoVerb(CommandTree.Create(), name));
            }
        });
        command.SetAction(parse => CommandTree.Create()
            .Parse(parse.GetValue(verb) is string name ? [name, "--help"] : ["--help"])
            .Invoke(parse.InvocationConfiguration));
        return command;
    }

    internal static Command Version()
    {
        Command command = new("version", "Show the tool's version.");
        command.SetAction(parse => CommandTree.Create().Parse("--version").Invoke(parse.InvocationConfiguration));
        return command;
    }
}
