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
        Option<string> port = CommonOptions.Port();
        Option<bool> json = CommonOptions.Json();
        Argument<string[]> values = new("values") { Arity = ArgumentArity.OneOrMore, HelpName = "V", Description = "One value for each input of the board's model, in its units." };
        Command command = new("ask", "Have the board run its model once on given inputs; no pin moves.") { port, json, values };
        command.SetAction((parse, cancellation) =>
        {
            using BoardSession board = new(parse.GetRequiredValue(port), cancellation);
            int[] raw = ToRaw(board.Model, parse.GetRequiredValue(values));
            Answer answer = board.Link.Ask(raw, cancellation);
            Write(board.Model, raw, answer, parse.GetValue(json));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static int[] ToRaw(ModelFile model, string[] texts)
    {
        ModelInput[] inputs = model.Inputs;
        if (texts.Length != inputs.Length)
        {
            throw new InputRefusedException($"The board's model has {NumberText.Count(inputs.Length, "input")} ({string.Join(", ", inputs.Select(i => i.Name))}), but {NumberText.Count(texts.Length, "value")} came; give one for each.");
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

    private static void Write(ModelFile model, int[] rawInputs, Answer answer, bool json)
    {
        int[] rawOutputs = answer.Outputs;
        double[] values = model.ToValues(rawOutputs);
        string? best = model.IsClassifier ? model.Outputs[ModelFile.ClassOf(rawOutputs)].Name : null;
        if (json)
        {
            Show.Json(new
            {
                outputs = model.Outputs.Select((o, i) => new { name = o.Name, value = values[i], raw = rawOutputs[i], unit = o.Unit }),
                @class = best,
                rawInputs,
                saturated = answer.Saturated,
            });
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            Console.Out.WriteLine($"{model.Outputs[i].Name} = {Show.WithUnit(values[i], model.Outputs[i].Unit)}");
        }

        if (best is not null)
        {
            Console.Out.WriteLine($"class: {best}");
        }

        if (answer.Saturated)
        {
            Console.Out.WriteLine("A value inside the network met its ceiling: the answer may be wrong by more than the certificate says.");
        }
    }
}
