using System.CommandLine;
using System.CommandLine.Help;

namespace NeuralEdge.Cli.Verbs;

/// <summary>All verbs and their options: the one table that parsing, help and completion are made of.</summary>
internal static class CommandTree
{
    private const string Help = "help";

    private static readonly KeyValuePair<string, Func<Command>>[] Verbs =
    [
        new("demo", DemoVerb.Create),
        new("train", TrainVerb.Create),
        new("import", ImportVerb.Create),
        new("inspect", InspectVerb.Create),
        new("run", RunVerb.Create),
        new("verify", VerifyVerb.Create),
        new("export", ExportVerb.Create),
        new("simulate", SimulateVerb.Create),
        new("ports", PortsVerb.Create),
        new("doctor", DoctorVerb.Create),
        new("upload", UploadVerb.Create),
        new("download", DownloadVerb.Create),
        new("info", InfoVerb.Create),
        new("status", StatusVerb.Create),
        new("name", NameVerb.Create),
        new("calibrate", CalibrateVerb.Create),
        new("confirm", DecisionVerbs.Confirm),
        new("revert", DecisionVerbs.Revert),
        new("reset", DecisionVerbs.Reset),
        new("provision", ProvisionVerb.Create),
        new("monitor", MonitorVerb.Create),
        new("record", RecordVerb.Create),
        new("ask", AskVerb.Create),
        new("studio", StudioVerb.Create),
        new("prove", ProveVerb.Create),
        new("completion", CompletionVerb.Create),
        new(Help, HelpVerb.Create),
        new("version", HelpVerb.Version),
    ];

    /// <summary>Makes it.</summary>
    internal static RootCommand Create() => Of(Verbs);

    /// <summary>
    /// Makes as much of it as a command line needs. Making all verbs takes longer than most verbs take, and one that is named is all that
    /// its line is about; only help looks at the others, and whoever names none may have meant any.
    /// </summary>
    /// <param name="args">What follows the tool's name.</param>
    internal static RootCommand For(string[] args)
    {
        int verb = args.Length == 0 || args[0] == Help ? -1 : Array.FindIndex(Verbs, known => known.Key == args[0]);
        return verb < 0 ? Create() : Of([Verbs[verb]]);
    }

    private static RootCommand Of(ReadOnlySpan<KeyValuePair<string, Func<Command>>> verbs)
    {
        RootCommand root = new("Small neural networks from a table of sensor readings to the pins of a board.");
        foreach (KeyValuePair<string, Func<Command>> verb in verbs)
        {
            root.Add(verb.Value());
        }

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
