using System.CommandLine;
using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>One inference on the board with given inputs.</summary>
internal static class AskVerb
{
    internal static Command Create()
    {
        Option<string?> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<bool> json = CommonOptions.Json();
        Argument<string[]> values = new("values") { Arity = ArgumentArity.OneOrMore, HelpName = "V", Description = "One value for each input of the board's model, in its units." };
        Command command = new("ask", "Have the board run its model once on given inputs; no pin moves.") { port, keyFile, json, values };
        command.SetAction((parse, cancellation) =>
        {
            using BoardSession board = new(parse.GetValue(port), CommonOptions.Keys(parse, keyFile), cancellation);
            int[] raw = ToRaw(board.Model, parse.GetRequiredValue(values));
            Answer answer = board.Ask(raw, cancellation);
            board.ThrowIfReplaced(cancellation);
            if (parse.GetValue(json))
            {
                WriteJson(board.Model, raw, answer);
            }
            else
            {
                Console.Out.Write(Text(board.Model, answer));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static int[] ToRaw(ModelFile model, string[] texts)
    {
        ModelInput[] inputs = model.Inputs;
        if (texts.Length != inputs.Length)
        {
            throw new InputRefusedException($"The board's model has {NumberText.Count(inputs.Length, "input")} ({string.Join(", ", inputs.Select(i => i.Name))}), but got {NumberText.Count(texts.Length, "value")}; give one for each.");
        }

        double[] values = new double[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (!double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
            {
                throw new InputRefusedException($"\"{texts[i]}\" for the input {inputs[i].Name} is not a number; write it like 2 or -0.5.");
            }

            if (!inputs[i].Covers(values[i]))
            {
                throw new InputRefusedException($"{texts[i]} is outside the range {Show.Value(inputs[i].Minimum)}..{Show.Value(inputs[i].Maximum)} of the input {inputs[i].Name}; give a value inside, or make the model for a wider range.");
            }
        }

        return model.ToRaw(values);
    }

    /// <summary>The answer, a line for each output, and the class where outputs stand for classes.</summary>
    /// <param name="model">The board's model.</param>
    /// <param name="answer">What it answered.</param>
    internal static string Text(ModelFile model, Answer answer)
    {
        StringWriter writer = new(CultureInfo.InvariantCulture);
        double[] values = model.ToValues(answer.Outputs);
        for (int i = 0; i < values.Length; i++)
        {
            writer.WriteLine($"{model.Outputs[i].Name} = {Show.WithUnit(values[i], model.Outputs[i].Unit)}");
        }

        if (ClassOf(model, answer.Outputs) is string best)
        {
            writer.WriteLine($"class: {best}");
        }

        if (answer.Saturated)
        {
            writer.WriteLine("A value inside the network met its ceiling: the answer may be wrong by more than the certificate says.");
        }

        return writer.ToString();
    }

    private static void WriteJson(ModelFile model, int[] rawInputs, Answer answer)
    {
        int[] rawOutputs = answer.Outputs;
        double[] values = model.ToValues(rawOutputs);
        Show.Json(new
        {
            outputs = model.Outputs.Select((o, i) => new { name = o.Name, value = values[i], raw = rawOutputs[i], unit = o.Unit }),
            @class = ClassOf(model, rawOutputs),
            rawInputs,
            saturated = answer.Saturated,
        });
    }

    private static string? ClassOf(ModelFile model, int[] rawOutputs) => model.IsClassifier ? model.Outputs[model.ClassOf(rawOutputs)].Name : null;
}
