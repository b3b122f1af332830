using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Proofs;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Proves what is promised of the board's functions, by looking at every input where that can be done.</summary>
internal static class ProveVerb
{
    private const int SoftmaxVectors = 400_000;

    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("prove", "Prove the promises of tanh (all 2^32 inputs), sigmoid, exp and softmax.") { json };
        command.SetAction((parse, cancellation) =>
        {
            Stopwatch watch = Stopwatch.StartNew();

            // Not on standard output: that is for the figures.
            if (!parse.GetValue(json))
            {
                Console.Error.WriteLine("Looking at all 2^32 inputs of tanh, then at sigmoid, exp and softmax; this takes some seconds to minutes.");
            }

            List<ProofFigure> figures;
            using (ProgressDisplay progress = new(parse.GetValue(json)))
            {
                LongTask Looking(string function) => new($"looking at {function}", progress, cancellation);
                figures = [.. TanhProof.Run(1, Looking("tanh")), .. ExponentialProof.Run(Looking("exp")), .. SoftmaxProof.Run(SoftmaxVectors, Looking("softmax"))];
            }

            bool holds = figures.TrueForAll(figure => figure.Holds);
            if (parse.GetValue(json))
            {
                Show.Json(new { holds, figures });
            }
            else
            {
                Write(figures);
                string seconds = watch.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
                Console.Out.WriteLine(holds ? $"all promises hold ({seconds} s)" : $"a promise does not hold ({seconds} s)");
            }

            return Task.FromResult(holds ? ExitCode.Done : ExitCode.InputRefused);
        });
        return command;
    }

    private static void Write(IEnumerable<ProofFigure> figures)
    {
        TextTable table = new("", "figure", "value", "promised", "");
        string function = "";
        foreach (ProofFigure figure in figures)
        {
            string verdict = figure.Promise.Length == 0 ? "" : figure.Holds ? "holds" : "BROKEN";
            table.Add(figure.Function == function ? "" : figure.Function, figure.Name, figure.Text, figure.Promise, verdict);
            function = figure.Function;
        }

        table.Write(Console.Out);
    }
}
