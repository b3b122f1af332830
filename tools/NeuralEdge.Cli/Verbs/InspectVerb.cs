using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Files;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What is in a model file.</summary>
internal static class InspectVerb
{
    internal static Command Create()
    {
        Argument<string> file = CommonOptions.Model();
        Option<bool> json = CommonOptions.Json();
        Option<bool> verify = new("--verify") { Description = "Check the certificate again: accumulators, headroom, golden vectors." };
        Command command = new("inspect", "Show what is in a model file.") { file, verify, json };
        command.SetAction(parse =>
        {
            string path = parse.GetRequiredValue(file);
            ModelFile model = ModelFile.Load(path);
            if (parse.GetValue(verify))
            {
                CertificateCheck.Require(model, path);
            }

            if (parse.GetValue(json))
            {
                Show.Json(ModelDocument.Of(model));
            }
            else
            {
                ModelText.Write(Console.Out, model, path);
                if (parse.GetValue(verify))
                {
                    CertificateCheck.WriteDone(Console.Out);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }
}
