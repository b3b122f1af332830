using System.CommandLine;
using System.CommandLine.Help;

namespace NeuralEdge.Cli.Verbs;

/// <summary>All verbs and their options: the one table that parsing, help and completion are made of.</summary>
internal static class CommandTree
{
    /// <summary>Makes it.</summary>
    internal static RootCommand Create()
    {
        RootCommand root = new("Small neural networks from a table of sensor readings to the pins of a board.")
        {
            DemoVerb.Create(),
            TrainVerb.Create(),
            ImportVerb.Create(),
            InspectVerb.Create(),
            RunVerb.Create(),
            VerifyVerb.Create(),
            ExportVerb.Create(),
            SimulateVerb.Create(),
            PortsVerb.Create(),
            DoctorVerb.Create(),
            UploadVerb.Create(),
            DownloadVerb.Create(),
            InfoVerb.Create(),
            StatusVerb.Create(),
            NameVerb.Create(),
            CalibrateVerb.Create(),
            DecisionVerbs.Confirm(),
            DecisionVerbs.Revert(),
            DecisionVerbs.Reset(),
            ProvisionVerb.Create(),
            MonitorVerb.Create(),
            RecordVerb.Create(),
            AskVerb.Create(),
            StudioVerb.Create(),
            ProveVerb.Create(),
            CompletionVerb.Create(),
        };
        root.Add(HelpVerb.Create());
        root.Add(HelpVerb.Version());
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
