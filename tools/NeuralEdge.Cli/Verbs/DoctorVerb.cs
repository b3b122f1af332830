using System.CommandLine;
using NeuralEdge.Cli.Diagnosis;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What is wrong with a board, its cable or this computer, and the next step.</summary>
internal static class DoctorVerb
{
    internal static Command Create()
    {
        Option<string?> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<bool> json = CommonOptions.Json();
        Command command = new("doctor", "Find out what is wrong with a board, its cable or this computer, and what to do next.") { port, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            Doctor doctor = Doctor.Examine(new BoardPort(parse.GetValue(port)).Named, CommonOptions.Keys(parse, keyFile), cancellation);
            if (parse.GetValue(json))
            {
                Show.Json(new
                {
                    state = doctor.State,
                    port = doctor.Port,
                    checks = doctor.Checks.Select(check => new { name = check.Name, state = check.State, text = check.Text, next = check.Next }),
                    next = doctor.Next,
                    board = doctor.Report is null ? null : BoardText.Document(doctor.Report, doctor.Model),
                });
            }
            else
            {
                Write(doctor);
            }

            return Task.FromResult(doctor.State == CheckState.Ok ? ExitCode.Done : ExitCode.BoardFailed);
        });
        return command;
    }

    private static void Write(Doctor doctor)
    {
        TextTable table = new("", "", "");
        foreach (Check check in doctor.Checks)
        {
            table.Add(Word(check.State), check.Name, check.Text);
        }

        table.Write(Console.Out, indent: "");
        Screen.Write($"Next: {doctor.Next}\n");
    }

    private static string Word(CheckState state) => state switch
    {
        CheckState.TooEarly => "-",
        CheckState.Ok => "ok",
        CheckState.Warning => "warning",
        _ => "trouble",
    };
}
