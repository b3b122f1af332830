using System.CommandLine;
using System.Text;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The board's own arithmetic on the desktop, for a whole table.</summary>
internal static class RunVerb
{
    internal static Command Create()
    {
        Argument<string> file = CommonOptions.Model();
        Option<string> input = new("--input") { Required = true, HelpName = "DATA.csv", Description = "Rows of input values; of a model with windows a time series of its channels, or a recording in each row. Other columns are ignored." };
        Option<double?> rate = CommonOptions.Rate("Rows of a time series in a second, where no column of times says it.");
        Option<string?> output = new("--output") { HelpName = "OUT.csv", Description = "Where to write; standard output when left out." };
        Option<bool> raw = new("--raw") { Description = "Print the integers the board computes." };
        Option<bool> withClass = new("--class") { Description = "Add a column with the name of the output with the largest value." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("run", "Run a model on the rows of a table, with the board's own arithmetic.") { file, input, rate, output, raw, withClass, json };
        command.SetAction((parse, cancellation) =>
        {
            string? path = parse.GetValue(output);
            if (path is not null)
            {
                OutputFile.Require(output.Name, path, parse.GetRequiredValue(file), parse.GetRequiredValue(input));
            }

            ModelFile model = ModelFile.Load(parse.GetRequiredValue(file));
            using ProgressDisplay progress = new(parse.GetValue(json));
            InputRows table = InputRows.Read(parse.GetRequiredValue(input), model, parse.GetValue(rate), progress, cancellation);
            double[][] rows = table.Rows;
            TellUnlike(parse.GetRequiredValue(input), table, model);
            LongTask running = new($"{table.Noun}s run", progress, cancellation);
            bool showRaw = parse.GetValue(raw);
            bool showClass = parse.GetValue(withClass);
            int[][] results = [.. rows.Select((row, r) =>
            {
                running.At((double)r / rows.Length);
                return model.Run(model.ToRaw(row));
            })];
            progress.Clear();
            if (parse.GetValue(json))
            {
                Show.Json(new
                {
                    outputs = model.Outputs.Select(o => o.Name),
                    rows = results.Select((r, i) => new
                    {
                        line = table.AreWindows ? table.Lines[i] : (int?)null,
                        values = model.ToValues(r),
                        raw = r,
                        @class = model.IsClassifier || showClass ? model.Outputs[model.ClassOf(r)].Name : null,
                    }),
                });
                return Task.FromResult(ExitCode.Done);
            }

            string text = Csv(model, results, showRaw, showClass, table.AreWindows ? table.Lines : null);
            if (path is null)
            {
                Console.Out.Write(text);
            }
            else
            {
                OutputFile.Write(path, Encoding.UTF8.GetBytes(text));
                Console.Error.WriteLine($"Wrote {NumberText.Count(results.Length, table.Noun)} to {path}.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void TellUnlike(string path, InputRows table, ModelFile model)
    {
        if (OutsideText.Unlike(model, table.Rows) is int unlike && OutsideText.IsAlarming(unlike, table.Rows.Length))
        {
            Console.Error.WriteLine($"{path}: {unlike} of {NumberText.Count(table.Rows.Length, table.Noun)} are unlike those the model was trained on.");
        }
    }

    /// <summary>The answers as a table.</summary>
    /// <param name="model">The model.</param>
    /// <param name="results">Raw outputs, row by row.</param>
    /// <param name="raw">True for integers in place of values.</param>
    /// <param name="withClass">True for a last column with the class.</param>
    /// <param name="lines">Of windows: the line that each ends in, a first column; null for none.</param>
    internal static string Csv(ModelFile model, int[][] results, bool raw, bool withClass, int[]? lines = null)
    {
        StringBuilder text = new();
        IEnumerable<string> names = model.Outputs.Select(o => o.Name);
        text.Append(lines is null ? "" : "line,").AppendJoin(',', (withClass ? names.Append("class") : names).Select(CsvText.Quote)).Append('\n');
        for (int r = 0; r < results.Length; r++)
        {
            int[] result = results[r];
            IEnumerable<string> cells = raw
                ? result.Select(r => r.ToString(System.Globalization.CultureInfo.InvariantCulture))
                : model.ToValues(result).Select(Show.Value);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(lines is null ? "" : $"{lines[r]},")}").AppendJoin(',', withClass ? cells.Append(CsvText.Quote(model.Outputs[model.ClassOf(result)].Name)) : cells).Append('\n');
        }

        return text.ToString();
    }
}
