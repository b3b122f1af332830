using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What is in a model file.</summary>
internal static class InspectVerb
{
    internal static Command Create()
    {
        Argument<string> file = CommonOptions.Model();
        Option<bool> json = CommonOptions.Json();
        Option<bool> verify = new("--verify") { Description = "Check the certificate again: accumulators, headroom, golden vectors." };
        Option<string?> reference = new("--reference")
        {
            HelpName = "FILE",
            Description = "With --verify: the network it was made of (.onnx, .keras, .h5, .tflite, .json, .net), from which an independent checker proves the error bound anew.",
        };
        Command command = new("inspect", "Show what is in a model file.") { file, verify, reference, json };
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(file);
            ModelFile model = ModelFile.Load(path);
            string? proof = null;
            if (parse.GetValue(verify))
            {
                CertificateCheck.Require(model, path);
                proof = parse.GetValue(reference) is string real ? Prove(model, path, real, parse.GetValue(json), cancellation) : CertificateCheck.NotProven;
            }
            else if (parse.GetValue(reference) is not null)
            {
                throw new InputRefusedException("--reference is what --verify proves the error bound from; give both.");
            }

            if (parse.GetValue(json))
            {
                Show.Json(ModelDocument.Of(model));
            }
            else
            {
                ModelText.Write(Console.Out, model, path);
                if (proof is not null)
                {
                    CertificateCheck.WriteDone(Console.Out, model, proof);
                }
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static string Prove(ModelFile model, string path, string reference, bool json, CancellationToken cancellation)
    {
        using ProgressDisplay display = new(json);
        return CertificateCheck.Prove(model, path, ModelImport.Read(reference).Model.Network, reference, display, cancellation);
    }
}
